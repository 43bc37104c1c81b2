"""Kinds of briefing and the texts they share, read from ``data/catalog/briefings.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from analytics.catalog.toml import FOLDER, CatalogError, read, record, tables_of
from analytics.domain import Frozen

FILE = "briefings.toml"


class Pick(StrEnum):
    """Which targets a briefing starts with."""

    URGENT = "urgent"
    ALL = "all"


class Chapter(StrEnum):
    """One section of a briefing."""

    SUMMARY = "summary"  # how many targets of each action stand how
    TARGETS = "targets"
    CHARTS = "charts"
    COMPARISON = "comparison"
    ASSUMPTIONS = "assumptions"
    METHOD = "method"
    SOURCES = "sources"
    GLOSSARY = "glossary"
    NOTES = "notes"  # assumptions, method and sources in a few lines


class Preset(Frozen):
    """One kind of briefing: what it starts with and which sections it has."""

    id: str
    name_zh: str
    title: str
    pick: Pick
    most_targets: int
    most_charts: int
    most_highlights: int
    parts: tuple[Chapter, ...]
    by_action: bool = False
    compact: bool = False
    letter: bool = False

    @property
    def file_name(self) -> str:
        """Name the document for its file."""
        return self.name_zh if self.letter else f"{self.name_zh}简报"


class Texts(Frozen):
    """Texts shared by every briefing: the method in words, and terms explained."""

    method: tuple[str, ...]
    glossary: dict[str, str]


@dataclass(frozen=True)
class Library:
    """All presets by id, in the order of the file, and the shared texts."""

    presets: Mapping[str, Preset]
    texts: Texts

    def named(self, name_zh: str) -> Preset:
        """Return the preset of that Chinese name or id; raise CatalogError."""
        for preset in self.presets.values():
            if name_zh in (preset.name_zh, preset.id):
                return preset
        known = "、".join(preset.name_zh for preset in self.presets.values())
        raise CatalogError(FILE, "briefings", f"没有“{name_zh}”这种简报，可用：{known}")


def load_library(root: Path) -> Library:
    """Read and check the presets of the project at ``root``; raise CatalogError."""
    data = read(root / FOLDER, FILE)
    shared = {key: value for key, value in data.items() if key != "briefings"}
    texts = record(Texts, FILE, "", shared)
    listed = {key: value for key, value in data.items() if key == "briefings"}
    presets = {
        key: record(Preset, FILE, f"briefings.{key}", table, id=key)
        for key, table in tables_of(listed, FILE)
    }
    return Library(presets, texts)
