"""Writes the migrations that changed models need: python tools/makemigrations.py APP...

Django compares models with migrations without a workspace; the keys that the backend asks for are made for this run.
"""

import sys
import tempfile

from panah import proof
from panah.site.command import set_up


def main() -> None:
    """Write the migrations that the models ask for, against a database in memory."""
    set_up()
    from django.conf import settings
    from django.core.management import call_command

    from panah.vault import keyring, workspace

    with tempfile.TemporaryDirectory() as folder:
        settings.DATABASES["default"]["NAME"] = f"{folder}/workspace.db"
        workspace.hold(keyring.Keys(proof.random_key(), proof.new_signing_key()))
        call_command("makemigrations", *sys.argv[1:])


if __name__ == "__main__":
    main()
