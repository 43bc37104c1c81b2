"""One figure: what a page shows of a subject, and what its files hold besides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import pandas as pd

from analytics import text_zh
from analytics.output.charts.styling import Spec
from analytics.output.figures.native import NativeChart
from analytics.output.figures.note import Note, Stamp


@dataclass(frozen=True)
class Assumption:
    """One thing a number rests on that is not data: a moved lever, a chosen option."""

    name: str
    value: str
    why: str = ""


@dataclass(frozen=True)
class Definition:
    """What one indicator or term of the figure means."""

    name: str
    unit: str
    scope: str
    text: str


@dataclass(frozen=True, eq=False)
class Details:
    """What only the files of a figure hold."""

    table: pd.DataFrame  # the numbers drawn, with Chinese headings
    note: Note
    native: tuple[NativeChart, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    definitions: tuple[Definition, ...] = ()


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure as it is shown on a page and saved to a file; neither adds anything of its own.

    ``draw`` builds the specification for a background, told by ``dark``;
    ``work_out`` says what only files hold, and is not called before a file is
    asked for.
    """

    name: str  # short subject, for file names
    title: str  # what is drawn
    unit: str
    takeaway: str  # what it shows; also said to those who cannot see it
    demo: bool  # illustrative numbers are among those shown
    datasets: Mapping[str, pd.DataFrame]  # name in the specification -> numbers
    draw: Callable[..., Spec]
    work_out: Callable[[], Details]
    caption: str = ""  # the takeaway where the title stands above it
    height: int | None = None  # of the drawing on paper in CSS pixels; None leaves it as on screen

    @cached_property
    def details(self) -> Details:
        """What only the files hold, worked out once."""
        return self.work_out()

    @property
    def finding(self) -> str:
        """Return the headline that files put above the figure."""
        return self.details.note.finding

    @property
    def heading(self) -> str:
        """Name subject, unit and mark in the line below the headline."""
        return "｜".join(part for part in (self.title, f"单位：{self.unit}", self.mark) if part)

    @property
    def mark(self) -> str:
        """Return the mark of illustrative data, nothing where there are none."""
        return text_zh.DEMO_MARK if self.demo else ""

    def spec(self, *, dark: bool) -> Spec:
        """Return the specification for a page; it does not change with the numbers."""
        return self.draw(dark=dark)

    def paper_spec(self) -> Spec:
        """Return the specification for paper: light, and as high as paper asks."""
        spec = self.draw(dark=False)
        return {**spec, "height": self.height} if self.height and "height" in spec else spec

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the numbers as plain rows, as a specification can hold them."""
        return {name: _plain_rows(frame) for name, frame in self.datasets.items()}

    def stamped(self, stamp: Stamp) -> Stamp:
        """Return the state a file is made from: the scenarios drawn, where it names its own."""
        drawn = self.details.note.scenarios
        return replace(stamp, scenario=drawn[-1], beside=drawn[:-1]) if drawn else stamp

    def lines(self, stamp: Stamp) -> tuple[str, ...]:
        """Return what is printed below the figure, one line a topic."""
        return self.details.note.lines(self.stamped(stamp))

    def retold(self, **changes: Any) -> "Figure":
        """Return the figure with some of its details told otherwise."""
        return replace(self, work_out=partial(replace, self.details, **changes))


def _plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows as plain values; what is not a number becomes ``None``."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): row[name] for name in row} for row in plain.to_dict(orient="records")]
