"""The shipped calibration: what each pool of public series says of growth and spread.

``calibration.json`` is written by ``benchmarks/calibrate.py`` and
``track_record.json`` by ``benchmarks/accuracy.py``; both are part of the
program like any constant, and this is the only place that reads them.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from analytics.model.projection.models import SHORT
from analytics.model.projection.prior import GrowthPrior
from analytics.model.projection.result import Calibration, Coverage
from analytics.model.projection.spread import Factors

SHARE, ADDITIVE, COUNT = "share", "additive", "count"  # pools with a scale of their own


@dataclass(frozen=True)
class Pool:
    """One pool of like series: its growth and its spread for short and longer histories."""

    name: str
    name_zh: str
    scale: str  # "log", "logit" or "linear"
    growth: GrowthPrior
    short: tuple[Factors, ...]  # for one point, for two, up to SHORT
    full: Factors
    n_series: int

    def factors(self, points: int) -> Factors:
        """Return the spread's factors for a history of this many points."""
        return self.short[points - 1] if points <= SHORT else self.full


def _read(name: str) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def _document() -> dict[str, Any]:
    return _read("calibration.json")


def load_track_record() -> dict[str, Any]:
    """Return the benchmark's summary, see ``benchmarks/accuracy.py``."""
    return _read("track_record.json")


@cache
def load_pool(name: str) -> Pool:
    """Return one pool of the shipped calibration.

    Raises
    ------
    ValueError
        In Chinese, for a name that is no pool.
    """
    pools = _document()["pools"]
    if name not in pools:
        raise ValueError(f"未知的增长先验：{name}；可用：{'、'.join(pools)}")
    one = pools[name]
    return Pool(
        name=name,
        name_zh=one["name_zh"],
        scale=one["scale"],
        growth=GrowthPrior(**one["growth"]),
        short=_by_length(one["factors"]["short"]),
        full=Factors(**one["factors"]["full"]),
        n_series=one["n_series"],
    )


def _by_length(short: dict[str, float] | list[dict[str, float]]) -> tuple[Factors, ...]:
    """Return the factors of each short length, which may be the same for all."""
    each = short if isinstance(short, list) else [short] * SHORT
    return tuple(Factors(**one) for one in each)


def pool_for(scale: str, prior: str) -> Pool:
    """Return the pool that serves a scale: the one asked for if it lives on that scale."""
    asked = load_pool(prior)
    if asked.scale == scale:
        return asked
    return load_pool({"logit": SHARE, "linear": ADDITIVE}.get(scale, "pooled"))


@cache
def load_calibration(pool: str, points: int) -> Calibration | None:
    """Return what was measured on a pool for histories of this many points.

    The longest measured length not above ``points`` is used (the shortest
    measured one below it), which never promises more than was seen. None for a
    pool on which coverage was not measured.
    """
    document = _document()
    rows = [row for row in document["coverage"] if row["pool"] == pool]
    if not rows:
        return None
    lengths = {row["points"] for row in rows}
    used = max((n for n in lengths if n <= points), default=min(lengths))
    ours = [row for row in rows if row["points"] == used]
    cells = [Coverage(**{k: v for k, v in row.items() if k != "pool"}) for row in ours]
    cells.sort(key=lambda cell: cell.horizon)
    return Calibration(document["dated"], load_pool(pool).n_series, tuple(cells), pool)


@cache
def measured() -> dict[str, dict[tuple[int, int], float]]:
    """Return the coverage of 80 % intervals by pool, then by points and years ahead."""
    found: dict[str, dict[tuple[int, int], float]] = {}
    for row in _document()["coverage"]:
        cells = found.setdefault(row["pool"], {})
        cells[row["points"], row["horizon"]] = row["coverage_80"]
    return found


def describe_calibration(pool: Pool) -> str:
    """Return one Chinese phrase on where growth and intervals come from."""
    return (
        f"增长向同类序列的常见水平收缩，区间按{pool.n_series}条公开年度序列"
        f"（{pool.name_zh}）的滚动预测误差校准（{_document()['dated']}）"
    )
