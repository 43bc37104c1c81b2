"""Mappings as they are declared and kept: TOML in the catalog and beside the kept imports."""

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from analytics.catalog import toml
from analytics.data.imports.errors import ImportFileError
from analytics.data.imports.reader.shapes import Hint, fits
from analytics.domain import Frozen

FOLDER = Path("data/imports/mappings")
LEAVE = ""  # what a word means that is not imported
_FILE = "mappings.toml"


class TableMapping(Frozen):
    """What the words of tables of one shape, or of one title, mean."""

    id: str
    name_zh: str
    shape: str = ""  # see reader.shapes.shape_of; kept mappings have it
    title_has: tuple[str, ...] = ()  # else words that the title must have
    names: Mapping[str, str] = {}  # name of a row or column as a pattern -> indicator, or LEAVE
    headings: Mapping[str, str] = {}  # heading as a pattern -> 累计, 当月, other words, or LEAVE
    places: Mapping[str, str] = {}  # place -> region, or LEAVE
    note_zh: str = ""
    saved_by: str = ""
    saved_on: str = ""

    @property
    def hint(self) -> Hint:
        """Return what the reading process needs of it."""
        return {
            "shape": self.shape,
            "title_has": list(self.title_has),
            "headings": dict(self.headings),
        }


def mapping_for(mappings: Sequence[TableMapping], shape: str, title: str) -> TableMapping | None:
    """Find the mapping of a table; what a person answered last comes before what is declared."""
    fitting = [one for one in mappings if fits(one.shape, one.title_has, shape, title)]
    newest_first = reversed(fitting)
    return max(newest_first, key=lambda one: (bool(one.shape), one.saved_on), default=None)


def load_mappings(root: Path, indicators: Iterable[str]) -> tuple[TableMapping, ...]:
    """Load the mappings of the catalog and the kept ones.

    Raises
    ------
    CatalogError
        When one of the catalog is wrong. A kept one that cannot be read is left out: it asks
        again what it knew, and loses nothing.
    """
    known = {*indicators, LEAVE}
    data = toml.read(root / toml.FOLDER, _FILE)
    declared = []
    for key, table in toml.tables_of(data, _FILE):
        one = toml.record(TableMapping, _FILE, f"mappings.{key}", table, id=key)
        for word, meant in one.names.items():
            if meant not in known:
                where = f"mappings.{key}.names.{word}"
                raise toml.CatalogError(_FILE, where, f"indicators.toml 中没有“{meant}”")
        declared.append(one)
    kept = (_kept(path) for path in sorted((root / FOLDER).glob("*.toml")))
    usable = (one for one in kept if one is not None and set(one.names.values()) <= known)
    return (*declared, *usable)


def _kept(path: Path) -> TableMapping | None:
    try:
        return TableMapping(**tomllib.loads(path.read_text(encoding="utf-8")) | {"id": path.stem})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError, TypeError):
        return None


def keep_mapping(root: Path, mapping: TableMapping) -> Path:
    """Write a mapping beside the kept imports, whole or not at all.

    Raises
    ------
    ImportFileError
        When the folder cannot be written.
    """
    path = root / FOLDER / f"{mapping.shape}.toml"
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(as_toml(mapping), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise ImportFileError(f"{path.name}：对应表没有存下（{error.strerror}）") from None
    return path


def as_toml(mapping: TableMapping) -> str:
    """Write a mapping as TOML, to keep, to read and to carry elsewhere."""
    said = mapping.model_dump(exclude={"id"}, exclude_defaults=True)
    flat = [f"{key} = {_toml(value)}" for key, value in said.items() if not isinstance(value, dict)]
    tables = [
        "\n".join([f"\n[{key}]", *(f"{_toml(k)} = {_toml(v)}" for k, v in value.items())])
        for key, value in said.items()
        if isinstance(value, dict)
    ]
    return "\n".join([*flat, *tables]) + "\n"


def _toml(value: Any) -> str:
    """Write a text or texts as TOML: its basic strings are those of JSON, DEL aside."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
