"""A reader's own words at a year of a chart: in the link, in the picture, in its files."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pandas as pd

from analytics.output.charts.notes import with_notes
from analytics.output.charts.styling import Spec
from analytics.output.figures.figure import Assumption, Details, Figure

MOST_NOTES = 6
LONGEST_NOTE = 24
FIRST_YEAR, LAST_YEAR = 2000, 2035
OWN_WORDS = "图上注记"
_BETWEEN = "~"


@dataclass(frozen=True)
class ChartNote:
    """What a reader wrote at a year of a target's chart."""

    target: str
    year: int
    text: str

    @property
    def text_zh(self) -> str:
        """Write the note with its year."""
        return f"{self.year}年：{self.text}"


def clean_text(text: str) -> str:
    """Return a note's words as they may be kept: one line, no odd signs, 24 characters."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())[:LONGEST_NOTE].strip()


def pack(note: ChartNote) -> str:
    """Write a note for a link."""
    return _BETWEEN.join((note.target, str(note.year), note.text))


def unpack(packed: str, targets: Collection[str]) -> tuple[ChartNote | None, str]:
    """Read a note from a link; say in Chinese why it cannot be taken."""
    target, _, rest = packed.partition(_BETWEEN)
    year, _, text = rest.partition(_BETWEEN)
    words = clean_text(text)
    is_year = year.isascii() and year.isdecimal() and FIRST_YEAR <= int(year[:5]) <= LAST_YEAR
    if target in targets and is_year and words:
        return ChartNote(target, int(year), words), ""
    return None, f"{OWN_WORDS}“{packed[:40]}”不完整，或目标、年份不存在，已忽略"


def annotated(figure: Figure, notes: Sequence[ChartNote]) -> Figure:
    """Put notes on a figure whose chart runs over years; those of other years are left out."""
    if not notes:
        return figure
    drawn = pd.concat([frame["year"] for frame in figure.datasets.values() if "year" in frame])
    first, last = drawn.min(), drawn.max()
    shown = sorted((one for one in notes if first <= one.year <= last), key=lambda one: one.year)
    if not shown:
        return figure
    words = "；".join(one.text_zh for one in shown)
    return replace(
        figure,
        takeaway=f"{figure.takeaway}{OWN_WORDS}：{words}。",
        datasets={**figure.datasets, "notes": _places(shown, (first + last) / 2)},
        draw=partial(_draw, figure),
        work_out=partial(_work_out, figure, tuple(shown), words),
    )


def _places(notes: Sequence[ChartNote], middle: float) -> pd.DataFrame:
    """Say where each note stands: a row of its own, towards the middle of the chart."""
    return pd.DataFrame(
        {
            "year": [one.year for one in notes],
            "text": [one.text for one in notes],
            "row": range(len(notes)),
            "side": ["left" if one.year <= middle else "right" for one in notes],
        }
    )


def _draw(figure: Figure, *, dark: bool, **options: Any) -> Spec:
    return with_notes(figure.draw(dark=dark, **options), dark=dark)


def _work_out(figure: Figure, notes: Sequence[ChartNote], words: str) -> Details:
    """Tell the notes in the line below the picture and among what the figure rests on."""
    details = figure.details
    reading = "；".join(part for part in (details.note.reading, f"{OWN_WORDS}：{words}") if part)
    own = tuple(Assumption(OWN_WORDS, one.text_zh, "使用者所加，不是数据") for one in notes)
    return replace(
        details,
        note=replace(details.note, reading=reading),
        assumptions=(*details.assumptions, *own),
    )
