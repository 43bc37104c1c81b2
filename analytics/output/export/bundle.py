"""All charts and tables of a page in one ZIP, with what they are made from told once."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analytics.output.export import files, image, plain_tables
from analytics.output.export.file_names import part
from analytics.output.export.files import FileKind
from analytics.output.export.glyphs import MissingGlyphs
from analytics.output.export.preset import STANDARD, Preset
from analytics.output.figures.figure import Figure
from analytics.output.figures.note import Stamp

METADATA = "说明.json"
_KINDS = (FileKind.PNG, FileKind.SVG, FileKind.CSV, FileKind.XLSX)


def bundle(
    figures: Sequence[Figure],
    tables: Mapping[str, pd.DataFrame],
    stamp: Stamp,
    preset: Preset = STANDARD,
) -> bytes:
    """Return a ZIP with every figure's files and every table; the same state, the same bytes.

    A figure with a character that our font lacks goes in without pictures.
    """
    made: dict[str, bytes] = {}
    for number, figure in enumerate(figures, start=1):
        subject = f"图{number}_{part(figure.name)}"
        for kind in _KINDS:
            if not kind.is_picture or _is_drawable(figure, stamp):
                made[f"{subject}.{kind}"] = files.save(figure, kind, stamp, preset)
    for number, (title, frame) in enumerate(tables.items(), start=1):
        made[f"表{number}_{part(title)}.csv"] = plain_tables.to_csv(frame, stamp.lines())
    told = json.dumps(_metadata(figures, tables, stamp), ensure_ascii=False, indent=2)
    return _zipped({METADATA: told.encode(), **made}, stamp.made_on)


def _is_drawable(figure: Figure, stamp: Stamp) -> bool:
    try:
        image.check(figure, stamp)
    except MissingGlyphs:
        return False
    return True


def _metadata(
    figures: Sequence[Figure], tables: Mapping[str, pd.DataFrame], stamp: Stamp
) -> dict[str, Any]:
    """Tell scenario, release and day once, and of each figure what it shows and its sources."""
    return {
        "制作": stamp.lines(),
        "图": [
            {
                "编号": number,
                "图名": figure.title,
                "结论": figure.finding,
                "单位": figure.unit,
                "演示": figure.mark,
                "说明": figure.lines(stamp),
                "来源": [
                    {"性质": one.nature, "名称": one.title, "日期": one.dated, "网址": one.url}
                    for one in figure.details.note.sources
                ],
            }
            for number, figure in enumerate(figures, start=1)
        ],
        "表": list(tables),
    }


def _zipped(members: Mapping[str, bytes], made_on: date) -> bytes:
    moment = (max(made_on.year, 1980), made_on.month, made_on.day, 0, 0, 0)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, moment)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return made.getvalue()
