"""The ladder: what a history can bear decides what is offered."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.domain import Reason, ReasonGiven, Reasons
from analytics.model.projection import (
    calibration,
    counts,
    doubts,
    models,
    scales,
    series,
    spread,
    structural,
)
from analytics.model.projection.calibration import Pool
from analytics.model.projection.doubts import Doubt
from analytics.model.projection.result import Projection, Rung

_MEASURED = 12  # years ahead up to which coverage was measured
_LARGEST_COUNT = 1e9
KINDS = ("level", "flow", "ratio", "index", "share", "count", "stock")
METHODS = {
    "combined": "带收缩漂移的随机游走、阻尼趋势、Theta三模型平均",
    "drift": "带收缩漂移的随机游走",
    "damped": "阻尼趋势",
    "theta": "Theta",
    "local_level": "局部水平模型（statsmodels）",
    "local_trend": "局部线性趋势模型（statsmodels）",
}


def project(
    history: pd.Series,
    *,
    end_year: int,
    kind: str = "level",
    n_draws: int = 4000,
    seed: int = 0,
    lower: float | None = None,
    upper: float | None = None,
    method: str = "combined",
    prior: str = "pooled",
) -> Projection:
    """Simulate the years after a history up to ``end_year``.

    Parameters
    ----------
    history : Series
        Indexed by ascending whole years; NaN marks a missing year.
    end_year : int
        Last year to simulate; an earlier end than the history gives no draws.
    kind : str
        ``level``, ``flow``, ``ratio``, ``index`` (log scale), ``share`` (logit
        between ``lower`` and ``upper``), ``count`` (yearly increments) or
        ``stock`` (a stock of counted things that never falls).
    n_draws, seed : int
        Paths, at most 100 000, and the seed that reproduces them.
    lower, upper : float, optional
        Bounds of a share, 0 and 1 unless given.
    method : str
        ``combined`` or one of ``METHODS`` as a second opinion; the spread
        stays the combination's.
    prior : str
        Pool of public series whose usual growth and spread the series is drawn
        to: ``pooled``, ``real``, ``physical``, ``china_nominal``, or a field of
        statistics (``industry``, ``macro``, ``firm``, ``demographic``); shares have
        their own.

    Returns
    -------
    Projection
        Reasons for every fallback are in ``warnings``; never NaN.

    Raises
    ------
    ValueError
        In Chinese, for an unusable index or value, an unknown kind, method or
        prior, or an unreasonable number of draws or years.
    """
    observed = series.check_history(history)
    series.check_request(observed, end_year, n_draws)
    if kind not in KINDS:
        raise ValueError(f"未知的指标类型：{kind}")
    if method not in METHODS:
        raise ValueError(f"未知的预测方法：{method}")
    calibration.load_pool(prior)  # refuses an unknown one before anything else is done
    bounds = scales.share_bounds(lower, upper)
    found = doubts.find_doubts(observed, kind, bounds[1])
    sound, gap = _consecutive(observed, doubts.without_doubtful(observed, found), kind)
    reason = _why_nothing(sound, end_year, kind, bounds)
    if reason:
        return _with_doubts(no_projection(observed, n_draws, reason), found)
    years = tuple(range(int(observed.index[-1]) + 1, end_year + 1))
    if series.is_constant(sound):
        return _with_doubts(_constant(observed, years, n_draws), found)
    kind, notes = _countable(sound, kind)
    prior = "pooled" if prior == calibration.COUNT and kind == "level" else prior
    rng = np.random.default_rng(seed)
    if kind in ("count", "stock"):
        result = _project_counts(sound, years, kind, prior, n_draws, rng)
    else:
        scale = scales.choose_scale(sound, kind, *bounds)
        widening = doubts.widening(found, int(sound.index[-1]))
        result = _project_scaled(sound, years, scale, prior, method, widening, n_draws, rng)
    said = (*gap, *_horizon_warning(len(years)), *notes, *result.warnings)
    return _with_doubts(replace(result, history=observed, warnings=said), found)


def _consecutive(observed: pd.Series, sound: pd.Series, kind: str) -> tuple[pd.Series, Reasons]:
    """Leave out what lies before a recent gap; yearly counts are rates, not steps, and stay."""
    if kind == "count":
        return sound, ()
    run, gap = series.recent_run(observed)
    since = sound[sound.index >= run.index[0]] if gap else sound
    return (since, gap) if len(since) else (sound, ())


def no_projection(history: pd.Series, n_draws: int, reason: ReasonGiven) -> Projection:
    """Return a projection without draws and the reason for it."""
    return Projection((), np.empty((n_draws, 0)), history, "不作预测", Rung.NONE, False, (reason,))


def _why_nothing(
    observed: pd.Series, end_year: int, kind: str, bounds: tuple[float, float]
) -> ReasonGiven | None:
    if observed.empty:
        return Reason.NO_DATA.given()
    if end_year <= int(observed.index[-1]):
        return Reason.PAST_THE_END.given(last=int(observed.index[-1]), end=end_year)
    if kind == "share" and not observed.between(*bounds).all():
        return Reason.SHARE_OUT_OF_BOUNDS.given(lower=bounds[0], upper=bounds[1])
    if kind in ("count", "stock") and (observed < 0).any():
        return Reason.NEGATIVE_COUNT.given()
    return None


def _countable(observed: pd.Series, kind: str) -> tuple[str, Reasons]:
    """Return the kind to use for what was declared to be counted, and why another."""
    if kind not in ("count", "stock"):
        return kind, ()
    values = observed.to_numpy()
    if values.max() > _LARGEST_COUNT:
        return "level", (Reason.TOO_LARGE_TO_COUNT.given(),)
    if kind == "stock" and len(values) == 1:
        return "level", (Reason.ONE_STOCK.given(),)
    if kind == "stock" and (np.diff(values) < 0).any():
        return "level", (Reason.STOCK_FELL.given(),)
    return kind, ()


def _horizon_warning(n_years: int) -> Reasons:
    if n_years <= _MEASURED:
        return ()
    return (Reason.LONG_HORIZON.given(years_ahead=n_years, measured=_MEASURED),)


def _with_doubts(result: Projection, found: tuple[Doubt, ...]) -> Projection:
    return replace(
        result,
        doubts=found,
        warnings=doubts.reasons(found) + result.warnings,
        has_probability=result.has_probability and not doubts.withheld(found),
    )


def _rung(points: int) -> Rung:
    return Rung.FULL if points > models.SHORT else Rung.REFERENCE


def leans_on_kind(points: int, pool: Pool) -> Reasons:
    """Say that a short history leans on its kind (参照推算); nothing for a longer one."""
    if points > models.SHORT:
        return ()
    return (Reason.REFERENCE.given(points=points, pool=pool.name_zh),)


def _constant(observed: pd.Series, years: tuple[int, ...], n_draws: int) -> Projection:
    draws = np.full((n_draws, len(years)), observed.iloc[-1])
    reason = Reason.CONSTANT.given()
    return Projection(years, draws, observed, "保持不变", Rung.CONSTANT, False, (reason,))


def _project_counts(
    observed: pd.Series,
    years: tuple[int, ...],
    kind: str,
    prior: str,
    n_draws: int,
    rng: np.random.Generator,
) -> Projection:
    added, warnings = _yearly_additions(observed) if kind == "stock" else (observed, ())
    pool = calibration.pool_for("log", prior)
    draws = counts.draw_counts(
        added.index.to_numpy(), added.to_numpy(), len(years), n_draws, rng, pool
    )
    if kind == "stock":
        draws = observed.iloc[-1] + np.cumsum(draws, axis=1)
    what = "逐年新增" if kind == "count" else "存量的逐年增量"
    return Projection(
        years,
        draws,
        observed,
        f"计数模型：{what}服从Gamma–Poisson（过度离散时为负二项）分布，近年权重较大，"
        "增长向常见水平收缩；区间由模型推出，未经公开计数序列校准",
        _rung(len(observed)),
        True,
        (*warnings, *leans_on_kind(len(observed), pool)),
        prior=pool.name,
    )


def _yearly_additions(stock: pd.Series) -> tuple[pd.Series, Reasons]:
    """Return a stock's additions, those over missing years spread evenly."""
    whole = series.fill_gaps(stock.index.to_numpy(), stock.to_numpy())
    last = int(stock.index[-1])
    index = pd.RangeIndex(last - len(whole.values) + 2, last + 1)
    return pd.Series(np.diff(whole.values), index=index), whole.warnings


def _project_scaled(
    observed: pd.Series,
    years: tuple[int, ...],
    scale: scales.Scale,
    prior: str,
    method: str,
    widening: float,
    n_draws: int,
    rng: np.random.Generator,
) -> Projection:
    pool = calibration.pool_for(scale.family, prior)
    regular = series.fill_gaps(observed.index.to_numpy(), scale.forward(observed.to_numpy()))
    method = method if regular.points > models.SHORT else "drift"
    path, notes = central_path(regular, len(years), method, pool)
    errors = widening * simulated_errors(regular, pool, len(years), n_draws, rng)
    return Projection(
        years,
        scale.backward(path + errors),
        observed,
        f"{scale.name_zh}尺度；{METHODS[method]}；{calibration.describe_calibration(pool)}",
        _rung(regular.points),
        True,
        (*scale.warnings, *regular.warnings, *notes, *leans_on_kind(regular.points, pool)),
        calibration.load_calibration(pool.name, regular.points),
        prior=pool.name,
    )


def central_path(
    regular: series.Regular, n_steps: int, method: str, pool: Pool
) -> tuple[np.ndarray, Reasons]:
    """Return the median path [n_steps] and the reason of every fallback."""
    z = regular.values[None, :]
    growth = models.shrunken_growth(z, pool.growth, regular.points)
    if method in structural.SPECIFICATIONS:
        path = structural.structural_path(regular.values, n_steps, method)
        if path is not None:
            return path, ()
        note = Reason.NOT_CONVERGED.given(method=METHODS[method], instead=METHODS["drift"])
        return models.random_walk(z, growth, n_steps)[0], (note,)
    chosen = models.MEMBERS if method == "combined" else {method: models.MEMBERS[method]}
    paths = {name: member(z, growth, n_steps)[0] for name, member in chosen.items()}
    failed = [name for name, path in paths.items() if not np.isfinite(path).all()]
    notes = tuple(Reason.NOT_FINITE.given(method=METHODS[name]) for name in failed)
    usable = [path for name, path in paths.items() if name not in failed]
    if usable:
        return np.mean(usable, axis=0), notes
    return np.full(n_steps, z[0, -1]), (*notes, Reason.LAST_VALUE_KEPT.given())


def simulated_errors(
    regular: series.Regular, pool: Pool, n_steps: int, n_draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Draw calibrated errors around the central path, [n_draws, n_steps]."""
    z, points = regular.values[None, :], regular.points
    growth = models.shrunken_growth(z, pool.growth, points)
    move = spread.typical_move(z, growth, pool.growth, regular.gaps, points)
    factors = pool.factors(points)
    width = spread.half_width_80(factors, points, move, n_steps)
    return spread.draw_errors(factors, width, n_draws, rng)
