"""data/catalog/series.toml: which published series becomes which indicator."""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from analytics.catalog.toml import R
from analytics.domain import Frozen


class MappingError(ValueError):
    """series.toml cannot be read; the message names file and key in Chinese."""


class SeriesRule(Frozen):
    """Conditions on a published row and what becomes of it."""

    source: str
    regions: tuple[str, ...] = ()
    basis_has: str = ""
    note_has: str = ""
    indicator: str
    region: str | None = None
    revision: int = 0
    stock: bool = False
    name_zh: str = ""

    def matches(self, row: dict[str, str]) -> bool:
        """Say whether every condition holds for a row of a published file."""
        return (
            row["indicator"] == self.source
            and (not self.regions or row["region"] in self.regions)
            and self.basis_has in row["basis"]
            and self.note_has in row["definition_note"]
        )


class Break(Frozen):
    """Year from which a series is not comparable with its past."""

    indicator: str
    region: str
    year: int
    note_zh: str


@dataclass(frozen=True)
class SeriesMapping:
    """Rules in order of precedence, and the declared breaks."""

    rules: tuple[SeriesRule, ...]
    breaks: tuple[Break, ...]

    @cached_property
    def _rules_of(self) -> dict[str, list[SeriesRule]]:
        rules: dict[str, list[SeriesRule]] = {}
        for rule in self.rules:
            rules.setdefault(rule.source, []).append(rule)
        return rules

    def rule_for(self, row: dict[str, str]) -> SeriesRule:
        """Return the first rule that matches, or one that keeps the row's own id."""
        for rule in self._rules_of.get(row["indicator"], ()):
            if rule.matches(row):
                return rule
        return SeriesRule(source=row["indicator"], indicator=row["indicator"])


def load_mapping(path: Path) -> SeriesMapping:
    """Read and check series.toml.

    Raises
    ------
    MappingError
        When the file is missing, is not TOML, or an entry has a wrong or unknown key.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"{path.name}：无法读取（{error}）") from error
    unknown = entries.keys() - {"rules", "breaks"}
    if unknown:
        raise MappingError(f"{path.name}：未知的键 {'、'.join(sorted(unknown))}")
    return SeriesMapping(
        tuple(_checked(SeriesRule, path, "rules", entries)),
        tuple(_checked(Break, path, "breaks", entries)),
    )


def _checked(kind: type[R], path: Path, key: str, entries: dict[str, Any]) -> list[R]:
    records: list[R] = []
    for number, entry in enumerate(entries.get(key, []), start=1):
        try:
            records.append(kind.model_validate(entry))
        except ValidationError as error:
            place = "、".join(str(part) for part in error.errors()[0]["loc"])
            raise MappingError(f"{path.name}：{key} 第{number}条的“{place}”有误") from error
    return records
