"""The shipped calibration: factors of the spread and the coverage they reached.

``calibration.json`` is written by ``benchmarks/calibrate.py`` and
``track_record.json`` by ``benchmarks/accuracy.py``; both are part of the
program like any constant, and this is the only place that reads them.
"""

import json
from functools import cache
from importlib import resources
from typing import Any

from analytics.model.projection.result import Calibration, Coverage
from analytics.model.projection.spread import Factors


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def _document() -> dict[str, Any]:
    return _read("calibration.json")


def load_track_record() -> dict[str, Any]:
    """Return the benchmark's summary: our accuracy and coverage beside the alternatives.

    Keys: ``dated``, ``n_series``, ``rows`` (one a method and history length,
    ``points`` None for whole histories, coverage as fractions, ``smape`` in
    percent), ``members`` (our models alone), ``counts``.
    """
    return _read("track_record.json")


@cache
def load_factors(family: str = "log") -> Factors:
    """Return the factors that shape every interval on a scale family."""
    return Factors(**_document()["factors"][family])


@cache
def load_calibration(family: str, points: int) -> Calibration:
    """Return what was measured for histories of this many points.

    The longest measured length not above ``points`` is used (the shortest
    measured one below it), which never promises more than was seen.
    """
    document = _document()
    rows = [row for row in document["coverage"] if row["family"] == family]
    lengths = {row["points"] for row in rows}
    used = max((n for n in lengths if n <= points), default=min(lengths))
    ours = [row for row in rows if row["points"] == used]
    cells = [Coverage(**{k: v for k, v in row.items() if k != "family"}) for row in ours]
    cells.sort(key=lambda cell: cell.horizon)
    return Calibration(document["dated"], document["n_series"], tuple(cells))


def describe_calibration() -> str:
    """Return one Chinese phrase on where the intervals come from."""
    document = _document()
    return f"区间按{document['n_series']}条公开年度序列的滚动预测误差校准（{document['dated']}）"
