"""A figure saved to a file, in the formats on offer."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from analytics.output.export import chart_tables, image
from analytics.output.export.file_names import file_name
from analytics.output.export.preset import STANDARD, Preset
from analytics.output.figures.figure import Figure
from analytics.output.figures.note import Stamp


class FileKind(StrEnum):
    """Formats of a figure's files, by file ending."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"

    @property
    def is_picture(self) -> bool:
        """Tell whether the file is a picture, which needs our font."""
        return self in (FileKind.PNG, FileKind.SVG, FileKind.PDF)


MIME: Mapping[FileKind, str] = MappingProxyType(
    {
        FileKind.PNG: "image/png",
        FileKind.SVG: "image/svg+xml",
        FileKind.PDF: "application/pdf",
        FileKind.CSV: "text/csv",
        FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)
_PICTURES: Mapping[FileKind, Callable[[Figure, Stamp, Preset], bytes]] = MappingProxyType(
    {FileKind.PNG: image.png, FileKind.SVG: image.svg, FileKind.PDF: image.pdf}
)
_TABLES: Mapping[FileKind, Callable[[Figure, Stamp], bytes]] = MappingProxyType(
    {FileKind.CSV: chart_tables.csv_bytes, FileKind.XLSX: chart_tables.xlsx}
)


def save(figure: Figure, kind: FileKind, stamp: Stamp, preset: Preset = STANDARD) -> bytes:
    """Return a figure's file, made in the state and on the day of the stamp."""
    if kind.is_picture:
        return _PICTURES[kind](figure, stamp, preset)
    return _TABLES[kind](figure, stamp)


def name_of(figure: Figure, kind: FileKind, stamp: Stamp) -> str:
    """Return the name of a figure's file."""
    made = figure.stamped(stamp)
    return file_name(figure.name, made.scenario, made.made_on, kind)
