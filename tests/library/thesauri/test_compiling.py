"""The compiled form of the thesaurus says what its files say, and is loaded when somebody looks for words."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings

from panah.library.thesauri import compiled, files_in, opened, read
from support.concepts import compiled_in, small

_IMPORTS = """
import sys
from panah.site.command import set_up
set_up()
import panah.library.commands, panah.library.bulk.commands, panah.cases.commands
print([name for name in sys.modules if "thesauri" in name])
"""


def test_opens_as_what_it_was(tmp_path):
    assert opened(compiled_in(tmp_path)) == small()


def test_has_a_line_for_each_concept():
    lines = compiled(small()).decode().splitlines()
    assert len([line for line in lines if line.startswith('{"id":"') and '"note":' in line]) == 5


def test_the_one_that_is_shipped_is_what_its_files_give():
    path = Path(settings.THESAURUS)
    assert path.read_bytes() == compiled(read(files_in(path.parent)))


def test_is_not_loaded_by_commands_that_look_for_nothing():
    done = subprocess.run([sys.executable, "-c", _IMPORTS], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
