"""One chart ready to be exported: the screen's specification, its numbers, its origin."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.output.figures.native import NativeChart
from analytics.output.figures.note import ExportNote


@dataclass(frozen=True)
class Assumption:
    """One thing a number rests on that is not data: a moved lever, a chosen option."""

    name: str
    value: str
    why: str = ""


@dataclass(frozen=True)
class Definition:
    """What one indicator or term of the chart means."""

    name: str
    unit: str
    scope: str
    text: str


@dataclass(frozen=True, eq=False)
class ExportFigure:
    """A chart with all that its files hold; the writers add nothing of their own."""

    name: str  # short subject, for file names
    spec: Mapping  # Vega-Lite as on screen, on a light background, without data
    datasets: Mapping[str, pd.DataFrame]  # name in the specification -> numbers
    frame: pd.DataFrame  # the same numbers with Chinese headings, as tables show them
    note: ExportNote
    native: tuple[NativeChart, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    definitions: tuple[Definition, ...] = ()

    @property
    def title(self) -> str:
        """Return what the chart says."""
        return self.note.title

    @property
    def unit(self) -> str:
        """Return the unit of the chart's numbers."""
        return self.note.unit

    def drawn(self) -> dict:
        """Return the specification with its data, without its own title."""
        spec = {key: value for key, value in self.spec.items() if key != "title"}
        return {**spec, "datasets": {name: records(x) for name, x in self.datasets.items()}}


def records(frame: pd.DataFrame) -> list[dict]:
    """Return a frame's rows as plain values; what is not a number becomes ``None``."""
    plain = frame.astype(object).where(frame.notna(), None)
    return plain.to_dict(orient="records")
