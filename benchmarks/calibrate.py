"""Estimate growth priors and spread on public annual series and write calibration.json.

    python -m benchmarks.calibrate --date 2026-11-26

For every pool of like series: the mean and the spread of growth, then the
factors of the intervals given them. What is quoted as coverage is nested: for
every fifth of the series both are estimated again on the other four fifths.
The shipped constants use all series of the files.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import norm, rankdata

from analytics.model.projection import models, spread
from analytics.model.projection.prior import GrowthPrior
from analytics.model.projection.result import Coverage
from analytics.model.projection.spread import Factors
from benchmarks import panel
from benchmarks.panel import Origins, PublicSeries, Replays

SHORT_LENGTHS = (1, 2, 3, 4)
FULL_LENGTHS = (5, 6, 8, 10, 14, 20)
LENGTHS = SHORT_LENGTHS + FULL_LENGTHS
_PRIOR_LENGTHS = (5, 8, 14)  # histories on which the growth prior is chosen
_PRIOR_HORIZON = 6
FEWEST_SERIES = 12  # a cell with fewer series neither shapes the fit nor is published
MEANS = (-0.02, 0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10, 0.12)
SPREADS = (0.01, 0.02, 0.03, 0.04, 0.05, 0.07, 0.10)
MOVE_POWERS = (0.5, 0.65, 0.8, 1.0)
_CHOSEN_AT = (8, 4)  # points and years ahead at which the power is chosen
_MOST_LEAN = 0.95  # both sides keep some width, even where nearly all outcomes are on one
_UNIT_POWER = 0.65  # errors are measured in this power of the move while the prior is chosen
OUTPUT = Path(spread.__file__).parent / "calibration.json"


@dataclass(frozen=True)
class PoolPlan:
    """What a pool is made of, and among which constants its series choose.

    ``move_powers`` say how far a series' own move may be believed. On the additive
    scale "large" has no common meaning, so there the spread is proportional to it.
    """

    name: str
    name_zh: str
    scale: str
    panels: tuple[str, ...]
    move_powers: tuple[float, ...] = MOVE_POWERS
    since: int | None = None
    means: tuple[float, ...] = MEANS
    spreads: tuple[float, ...] = SPREADS
    # Where all series grow alike at a time, one point says nothing of the time it comes from
    # and four say much: every short length then has factors of its own, from the six years
    # ahead that the newest origin has too (beyond them only the old times would speak).
    lengths_apart: bool = False
    field: str = ""  # only series of this field: what they are says more than what they did

    @property
    def unit_power(self) -> float:
        """Return the power of the move in which errors are measured for the growth prior."""
        return 1.0 if self.scale == "linear" else _UNIT_POWER

    @property
    def series(self) -> list[PublicSeries]:
        """All series of the pool, panel after panel."""
        found = (one for name in self.panels for one in panel.read_panel(name, self.since))
        return [one for one in found if self.field in ("", one.domain)]


COMPETITIONS = (panel.M3, panel.M1)  # panels that say which field a series is of
_MIXED = ("m3_yearly", "m1_yearly", "tourism_yearly")
POOLS = (
    PoolPlan("pooled", "M3、M1与旅游竞赛", "log", _MIXED),
    PoolPlan("real", "各国不变价GDP", "log", ("pwt_rgdpna",)),
    PoolPlan("physical", "各国就业人数", "log", ("pwt_emp",)),
    PoolPlan(
        "china_nominal",
        "中国省市现价GDP，1990年起",
        "log",
        ("china_province_gdp", "china_city_gdp"),
        since=1990,
        # Provinces speed up and slow down together: that they differ little from one
        # another says nothing of how far the growth they share can move.
        spreads=(0.03, 0.04, 0.05, 0.07, 0.10),
        lengths_apart=True,
    ),
    PoolPlan("industry", "M3与M1的行业序列", "log", COMPETITIONS, field="INDUSTRY"),
    PoolPlan("macro", "M3与M1的宏观序列", "log", COMPETITIONS, field="MACRO"),
    PoolPlan("firm", "M3与M1的企业序列", "log", COMPETITIONS, field="MICRO"),
    PoolPlan("demographic", "M3与M1的人口序列", "log", COMPETITIONS, field="DEMOGRAPHIC"),
    # Shares, and what may be negative, have no usual direction.
    PoolPlan(
        "share",
        "各国投资占比与中国各省第二产业占比",
        "logit",
        ("pwt_csh_i", "china_province_secondary_share"),
        means=(0.0,),
    ),
    PoolPlan(
        "additive", "M3、M1与旅游竞赛，加法尺度", "linear", _MIXED, move_powers=(1.0,), means=(0.0,)
    ),
)
# No public counts are at hand: their rates grow and scatter like the pooled levels.
COUNTS_LIKE, COUNTS_ZH = "pooled", "M3、M1与旅游竞赛，作为计数的率"


@dataclass(frozen=True)
class Fitted:
    """What one pool is calibrated to."""

    growth: GrowthPrior
    short: tuple[Factors, ...]  # for one point, for two, up to four
    full: Factors

    def factors(self, points: int) -> Factors:
        """Return the factors for a history of this many points."""
        return self.short[points - 1] if points <= models.SHORT else self.full


class Calibrator:
    """Estimates one pool on any part of its series; replays are made once a prior."""

    def __init__(
        self,
        plan: PoolPlan,
        growth: GrowthPrior | None = None,
        replay: Callable[[Origins, GrowthPrior], Replays] = panel.replay,
    ) -> None:
        """Cut the pool's series at every origin; a given growth prior is not estimated."""
        self.plan = plan
        self._given = growth
        self._replay = replay
        series = plan.series
        self.n_series = len(series)
        self.cuts = {points: panel.origins(series, points, plan.scale) for points in LENGTHS}
        steps = [np.diff(panel.on_scale(one.whole, plan.scale)) for one in series]
        size = [np.abs(one.whole).max() if plan.scale == "linear" else 1.0 for one in series]
        self._panel = np.array([plan.panels.index(one.panel) for one in series])
        self._noise = np.array([s.std(ddof=1) / u for s, u in zip(steps, size, strict=True)])
        pairs = () if growth else product(plan.means, plan.spreads)
        self._losses = {pair: self._loss(*pair) for pair in pairs}
        self._replays: dict[GrowthPrior, dict[int, Replays]] = {}

    def _loss(self, mean: float, width: float) -> np.ndarray:
        """Return each series' standardised absolute error with one growth prior."""
        prior = GrowthPrior(mean, width, 0.0)
        total, weight = np.zeros(self.n_series), np.zeros(self.n_series)
        for points in _PRIOR_LENGTHS:
            cuts = self.cuts[points]
            path = panel.combined(cuts.past, prior, _PRIOR_HORIZON)
            error = np.abs(cuts.future[:, :_PRIOR_HORIZON] - path) / self._unit(cuts)
            each = np.nanmean(error, axis=1)
            weights = panel.origin_weights(cuts, np.ones(len(each), dtype=bool))
            total += np.bincount(cuts.series, each * weights, minlength=self.n_series)
            weight += np.bincount(cuts.series, weights, minlength=self.n_series)
        return total / np.maximum(weight, 1.0)

    def _unit(self, cuts: Origins) -> np.ndarray:
        """Return the size an error is measured in: the move around no growth, by horizon."""
        none = np.zeros(len(cuts.past))
        move = spread.typical_move(cuts.past, none, GrowthPrior(0.0, 1.0, 0.0))
        ahead = np.sqrt(np.arange(1, _PRIOR_HORIZON + 1))
        return move[:, None] ** self.plan.unit_power * ahead

    def fit(self, training: np.ndarray) -> Fitted:
        """Estimate the pool on the series marked in ``training`` (bool, [n_series])."""
        growth = self._given or self._growth(training)
        replays = self.replays(growth)
        power = choose_move_power(replays[_CHOSEN_AT[0]], training, self.plan.move_powers)
        full = fit_factors([replays[n] for n in FULL_LENGTHS], training, power)
        return Fitted(growth, self._short(replays, training, power), full)

    def _short(
        self, replays: dict[int, Replays], training: np.ndarray, power: float
    ) -> tuple[Factors, ...]:
        """Fit the short lengths, every one apart or all at once."""
        if self.plan.lengths_apart:
            return tuple(
                fit_factors([replays[n]], training, power, panel.HELD_OUT) for n in SHORT_LENGTHS
            )
        together = fit_factors([replays[n] for n in SHORT_LENGTHS], training, power)
        return (together,) * len(SHORT_LENGTHS)

    def _growth(self, training: np.ndarray) -> GrowthPrior:
        """Choose the prior with the smallest error."""
        mean, width = min(self._losses, key=lambda pair: self._mean_loss(pair, training))
        return GrowthPrior(mean, width, round(float(np.median(self._noise[training])), 4))

    def _mean_loss(self, pair: tuple[float, float], training: np.ndarray) -> float:
        """Average over panels, so that the largest does not speak for all."""
        counted = np.bincount(self._panel, training)
        sums = np.bincount(self._panel, training * self._losses[pair])
        return float(np.mean(sums / counted))

    def replays(self, growth: GrowthPrior) -> dict[int, Replays]:
        """Return the errors at every length with one growth prior."""
        if growth not in self._replays:
            made = {points: self._replay(cuts, growth) for points, cuts in self.cuts.items()}
            self._replays[growth] = made
        return self._replays[growth]

    @property
    def everything(self) -> np.ndarray:
        """Mark all series."""
        return np.ones(self.n_series, dtype=bool)

    def nested(self) -> list[Fitted]:
        """Return what is estimated without each fold in turn."""
        folds = panel.fold_of(self.n_series)
        return [self.fit(folds != fold) for fold in range(panel.FOLDS)]


def choose_move_power(one: Replays, training: np.ndarray, move_powers: Sequence[float]) -> float:
    """Return the power whose pooled quantiles score best on the series in ``training``."""
    horizon = _CHOSEN_AT[1]
    usable = np.isfinite(one.errors[:, horizon - 1]) & training[one.cuts.series]
    weights = panel.origin_weights(one.cuts, usable)[usable]
    error = one.errors[usable, horizon - 1]

    def score(power: float) -> float:
        _, low, high, _ = _quantiles(one, horizon, usable, power)
        unit = one.move[usable] ** power
        scores = panel.interval_score(error, low * unit, high * unit)
        return float(np.average(scores, weights=weights))

    return min(move_powers, key=score)


def fit_factors(
    replays: Sequence[Replays],
    training: np.ndarray,
    move_power: float,
    longest: int = panel.LONGEST_HORIZON,
) -> Factors:
    """Fit the factors, up to so many years ahead, on the series in ``training`` [n_series]."""
    rows, reaches, leans, tails, weights = [], [], [], [], []
    for one in replays:
        for horizon in range(1, longest + 1):
            usable = np.isfinite(one.errors[:, horizon - 1]) & training[one.cuts.series]
            n_series = _n_series(one, usable)
            if n_series < FEWEST_SERIES:
                continue
            far_down, down, up, far_up = _quantiles(one, horizon, usable, move_power)
            rows.append((1.0, np.log(horizon), 1.0 / one.cuts.points))
            reaches.append(np.log((up - down) / 2.0))
            leans.append((up + down) / (up - down))
            tails.append(np.log((far_up - far_down) / (up - down)))
            weights.append(np.sqrt(n_series))
    weight = np.array(weights)
    design, response = np.array(rows) * weight[:, None], np.array(reaches) * weight
    solution = np.linalg.lstsq(design, response, rcond=None)[0]
    shape = Factors(
        intercept=float(solution[0]),
        horizon_power=float(solution[1]),
        shortness=float(solution[2]),
        tail=_tail(float(np.average(tails, weights=weight))),
        move_power=move_power,
        path_power=_path_power(replays, training, move_power, longest),
        lean=float(np.clip(np.average(leans, weights=weight), -_MOST_LEAN, _MOST_LEAN)),
    )
    missing = float(np.log(_stretch_to_cover(replays, training, shape)))
    return replace(shape, intercept=shape.intercept + missing)


def _stretch_to_cover(replays: Sequence[Replays], training: np.ndarray, shape: Factors) -> float:
    """Return what the widths must be multiplied by to cover 80 % up to six years ahead.

    The factors follow lengths and horizons by a smooth curve; the last word on
    its height has the share that is covered.
    """
    sizes, weights = [], []
    for one in replays:
        points, ahead = one.cuts.points, panel.HELD_OUT
        low, high = (
            panel.reaches(shape, points, one.move, float(norm.ppf(level)), ahead)
            for level in (0.1, 0.9)
        )
        errors = one.errors[:, :ahead]
        usable = np.isfinite(errors).all(axis=1) & training[one.cuts.series]
        size = np.where(errors > 0, errors / high, errors / low)[usable]
        weight = panel.origin_weights(one.cuts, usable)[usable]
        sizes.append(size.ravel())
        weights.append(np.repeat(weight, ahead))
    size, weight = np.concatenate(sizes), np.concatenate(weights)
    order = np.argsort(size)
    covered = np.cumsum(weight[order]) / weight.sum()
    return float(size[order][np.searchsorted(covered, 0.8)])


def _n_series(one: Replays, usable: np.ndarray) -> int:
    """Return how many series the marked origins belong to."""
    return int(np.count_nonzero(np.bincount(one.cuts.series[usable])))


def _quantiles(one: Replays, horizon: int, usable: np.ndarray, move_power: float) -> list[float]:
    """Return the weighted 2.5, 10, 90 and 97.5 % quantiles of the standardised errors."""
    weights = panel.origin_weights(one.cuts, usable)[usable]
    size = one.errors[usable, horizon - 1] / one.move[usable] ** move_power
    order = np.argsort(size)
    covered = np.cumsum(weights[order]) / weights.sum()
    levels = (0.025, 0.1, 0.9, 0.975)
    return [float(size[order][np.searchsorted(covered, level)]) for level in levels]


def _tail(log_ratio: float) -> float:
    """Return the Tukey h whose 95 % and 80 % quantiles have the given log ratio."""
    low, high = norm.ppf(0.9), norm.ppf(0.975)
    return max(0.0, float(2.0 * (log_ratio - np.log(high / low)) / (high**2 - low**2)))


def _path_power(
    replays: Sequence[Replays], training: np.ndarray, move_power: float, longest: int
) -> float:
    """Return the median exponent that explains the rank correlation of two horizons."""
    powers = []
    for one in replays:
        errors = one.errors[:, :longest]
        whole = np.isfinite(errors).all(axis=1) & training[one.cuts.series]
        if _n_series(one, whole) < FEWEST_SERIES:
            continue
        size = errors[whole] / one.move[whole, None] ** move_power
        ranks = np.column_stack([rankdata(column) for column in size.T])
        correlation = 2.0 * np.sin(np.pi / 6.0 * np.corrcoef(ranks.T))
        powers += [
            np.log(correlation[near, far]) / np.log((near + 1) / (far + 1))
            for near, far in combinations(range(longest), 2)
            if correlation[near, far] > 0
        ]
    return float(np.median(powers))


def measure(calibrator: Calibrator, points: int, fitted: Sequence[Fitted]) -> list[Coverage]:
    """Measure coverage and score of series that took no part in the estimate."""
    folds = panel.fold_of(calibrator.n_series)[calibrator.cuts[points].series]
    errors, low_80, high_80, low_95, high_95 = held_out(calibrator, points, fitted, folds)
    cells = []
    for horizon in range(1, panel.LONGEST_HORIZON + 1):
        at = horizon - 1
        usable = np.isfinite(errors[:, at])
        n_series = len(np.unique(calibrator.cuts[points].series[usable]))
        if n_series < FEWEST_SERIES:
            break
        weights = panel.origin_weights(calibrator.cuts[points], usable)[usable]
        error, *bounds = (a[usable, at] for a in (errors, low_80, high_80, low_95, high_95))
        scores = panel.interval_score(error, bounds[0], bounds[1])
        cells.append(
            Coverage(
                points=points,
                horizon=horizon,
                coverage_80=_share((bounds[0] <= error) & (error <= bounds[1]), weights),
                coverage_95=_share((bounds[2] <= error) & (error <= bounds[3]), weights),
                interval_score=_share(scores, weights),
                n_series=n_series,
            )
        )
    return cells


def held_out(
    calibrator: Calibrator, points: int, fitted: Sequence[Fitted], folds: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Return errors and the 80 and 95 % bounds [n_origins, 12], each fold by the others."""
    shape = calibrator.cuts[points].future.shape
    found = tuple(np.empty(shape) for _ in range(5))
    for fold, one in enumerate(fitted):
        mine = folds == fold
        replays = calibrator.replays(one.growth)[points]
        found[0][mine] = replays.errors[mine]
        for bound, level in zip(found[1:], (0.1, 0.9, 0.025, 0.975), strict=True):
            standard = float(norm.ppf(level))
            bound[mine] = panel.reaches(
                one.factors(points), points, replays.move[mine], standard, shape[1]
            )
    return found


def _share(values: np.ndarray, weights: np.ndarray) -> float:
    return round(float(np.average(values, weights=weights)), 4)


def calibrate_pool(plan: PoolPlan) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a pool's constants from all its series and the coverage of held-out ones."""
    calibrator = Calibrator(plan)
    nested = calibrator.nested()
    measured = [measure(calibrator, points, nested) for points in LENGTHS]
    cells = [cell for one in measured if len(one) >= panel.HELD_OUT for cell in one]
    whole = calibrator.fit(calibrator.everything)
    counted = Counter(one.panel for one in plan.series)
    return (
        {
            "name_zh": plan.name_zh,
            "scale": plan.scale,
            "panels": {name: counted[name] for name in plan.panels},
            "since": plan.since,
            "n_series": calibrator.n_series,
            "growth": asdict(whole.growth),
            "factors": {"short": written(whole.short), "full": rounded(whole.full)},
        },
        [{"pool": plan.name, **asdict(cell)} for cell in cells],
    )


def written(short: Sequence[Factors]) -> dict[str, float] | list[dict[str, float]]:
    """Return the factors of short lengths as they are shipped: once where all are the same."""
    each = [rounded(one) for one in short]
    return each if each[0] != each[-1] else each[0]


def rounded(factors: Factors) -> dict[str, float]:
    """Return factors as they are shipped."""
    return {name: round(value, 5) for name, value in asdict(factors).items()}


def main() -> None:
    """Estimate, cross-validate, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", type=date.fromisoformat, required=True)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    made = {plan.name: calibrate_pool(plan) for plan in POOLS}
    pools = {name: one for name, (one, _) in made.items()}
    pools["count"] = {**pools[COUNTS_LIKE], "name_zh": COUNTS_ZH}
    document = {
        "dated": arguments.date.isoformat(),
        "made_by": "python -m benchmarks.calibrate",
        "files": {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (panel.SERIES_CSV, panel.PANELS_CSV)
        },
        "folds": panel.FOLDS,
        "pools": pools,
        "coverage": [cell for _, cells in made.values() for cell in cells],
    }
    arguments.output.write_text(_dump(document), encoding="utf-8")
    _report(document)


def _dump(document: dict[str, Any]) -> str:
    """Return JSON with one coverage cell a line, which keeps diffs readable."""
    cells = ",\n".join("    " + json.dumps(cell) for cell in document["coverage"])
    head = json.dumps({**document, "coverage": "@"}, indent=2, ensure_ascii=False)
    return head.replace('"@"', f"[\n{cells}\n  ]") + "\n"


def _report(document: dict[str, Any]) -> None:
    print(json.dumps(document["pools"], indent=1, ensure_ascii=False))
    for cell in document["coverage"]:
        if cell["horizon"] in (1, 4, 6, 12):
            print(
                "{pool:13s} points {points:2d}  horizon {horizon:2d}  80%: {coverage_80:.3f}  "
                "95%: {coverage_95:.3f}  score {interval_score:.3f}  n={n_series}".format(**cell)
            )


if __name__ == "__main__":
    main()
