"""Definitions put aside under a name for the whole office, and a page's own in a link."""

import base64
import json
import zlib
from collections.abc import Iterable
from pathlib import Path

from analytics.catalog.toml import CatalogError, record
from analytics.data import whole_files
from analytics.data.releases.kept_imports import BRIEFINGS as FOLDER
from analytics.domain import Frozen
from analytics.output.briefing import definition, named_figures
from analytics.output.briefing.definition import Definition, DefinitionError
from analytics.output.export.file_names import part

LONGEST = 6000  # letters of a link, which servers in between still let through
MOST_BYTES = 200_000  # of one definition
_PLACE = "简报定义"


class Carried(Frozen):
    """All that a link keeps of the page of briefings; the first definition is the one at hand."""

    about: str = ""  # scenario written about
    beside: tuple[str, ...] = ()
    kinds: tuple[Definition, ...] = ()


def packed(carried: Carried) -> str:
    """Write what a link carries, nothing where it would be too long."""
    held = carried.model_dump(mode="json", exclude_defaults=True)
    text = json.dumps(held, ensure_ascii=False)
    link = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    return link if len(link) <= LONGEST else ""


def unpacked(link: str) -> Carried:
    """Read what a link carries; raise DefinitionError."""
    try:
        content = base64.urlsafe_b64decode(link[:LONGEST] + "=" * (-len(link) % 4))
        text = zlib.decompressobj().decompress(content, MOST_BYTES)
        return record(Carried, _PLACE, "", json.loads(text))
    except CatalogError as error:
        raise DefinitionError(f"链接中的简报设置：{error.key}有误") from None
    except (ValueError, TypeError, zlib.error):
        raise DefinitionError("链接中的简报设置不完整，已用本类简报的默认设置") from None


def names(root: Path) -> tuple[str, ...]:
    """Name the definitions put aside."""
    return tuple(sorted(path.stem for path in (root / FOLDER).glob("*.toml")))


def keep(root: Path, name: str, own: Definition) -> str:
    """Put a definition aside, in place of one of that name; return the name as kept."""
    kept = part(name)
    try:
        whole_files.write_whole(root / FOLDER / f"{kept}.toml", definition.written(own))
    except OSError as error:
        raise DefinitionError(f"“{kept}”没有存下：{whole_files.reason_zh(error)}") from None
    return kept


def load(root: Path, name: str) -> Definition:
    """Fetch a definition that was put aside; raise DefinitionError."""
    if name not in names(root):
        raise DefinitionError(f"没有名为“{name}”的简报定义")
    return definition.read((root / FOLDER / f"{name}.toml").read_bytes(), f"{name}.toml")


def unknown(own: Definition, known: Iterable[str]) -> tuple[str, ...]:
    """Return the targets a definition names that the plan does not have."""
    charted = map(named_figures.target_of, own.charts or ())
    named = (*(own.targets or ()), *charted, *own.responsible)
    held = set(known)
    return tuple(name for name in dict.fromkeys(named) if name not in held)
