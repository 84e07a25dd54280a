"""Compiles the law from its YAML files, which take long to read.

python tools/lawbook.py            writes lawbook.json
python tools/lawbook.py --check    exits with 1 if the file there is not what the sources give

What it reads is refused where it is not as `law.reading` asks, with its file and its line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from making import made

from panah import proof
from panah.law.compiling import Lawbook, compiled
from panah.law.loading import COMPILED, SHIPPED
from panah.law.reading import gathered, read_framework
from panah.law.reading_regimes import FILE, read_regimes

LAW = Path(__file__).resolve().parents[1] / "src" / "panah" / "law"


def lawbook() -> Lawbook:
    """Everything that the files say. Raises `FrameworkBroken`."""
    sources = {each: (LAW / "frameworks" / f"{each}.yaml").read_bytes() for each in SHIPPED}
    frameworks = gathered(read_framework(f"{each}.yaml", source) for each, source in sources.items())
    editions = {each: str(proof.digest_of(source)) for each, source in sources.items()}
    return Lawbook(frameworks, editions, read_regimes(FILE, (LAW / FILE).read_bytes(), frameworks))


def main() -> int:
    """Write or compare the compiled form."""
    return made(LAW / COMPILED, compiled(lawbook()), "Compile the law.")


if __name__ == "__main__":
    sys.exit(main())
