"""Files of ours that lie beside the pages' code and go to the browser as they are."""

from functools import cache
from pathlib import Path


@cache
def own_file(name: str) -> str:
    """Return the text of one of them, read once."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
