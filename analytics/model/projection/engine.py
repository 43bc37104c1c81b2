"""The ladder: what a history can bear decides what is offered."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.domain import Reason, ReasonGiven, Reasons
from analytics.model.projection import (
    calibration,
    counts,
    models,
    scales,
    series,
    spread,
    structural,
)
from analytics.model.projection.result import Projection

FEWEST = 3  # below this nothing is projected
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

    Returns
    -------
    Projection
        Reasons for every fallback are in ``warnings``; never NaN.

    Raises
    ------
    ValueError
        In Chinese, for an unusable index or value, an unknown kind or method,
        or an unreasonable number of draws or years.
    """
    observed = series.check_history(history)
    series.check_request(observed, end_year, n_draws)
    if kind not in KINDS:
        raise ValueError(f"未知的指标类型：{kind}")
    if method not in METHODS:
        raise ValueError(f"未知的预测方法：{method}")
    bounds = scales.share_bounds(lower, upper)
    reason = _why_nothing(observed, end_year, kind, bounds)
    if reason:
        return no_projection(observed, n_draws, reason)
    years = tuple(range(int(observed.index[-1]) + 1, end_year + 1))
    warnings = series.unit_jumps(observed) + _horizon_warning(len(years))
    if series.is_constant(observed):
        return _constant(observed, years, n_draws)
    kind, notes = _countable(observed, kind)
    warnings += notes
    rng = np.random.default_rng(seed)
    if kind in ("count", "stock"):
        result = _project_counts(observed, years, kind, n_draws, rng)
    else:
        scale = scales.choose_scale(observed, kind, *bounds)
        result = _project_scaled(observed, years, scale, method, n_draws, rng)
    return _with_warnings(result, warnings)


def no_projection(history: pd.Series, n_draws: int, reason: ReasonGiven) -> Projection:
    """Return a projection without draws and the reason for it."""
    return Projection((), np.empty((n_draws, 0)), history, "不作预测", "none", False, (reason,))


def _why_nothing(
    observed: pd.Series, end_year: int, kind: str, bounds: tuple[float, float]
) -> ReasonGiven | None:
    if observed.empty:
        return Reason.NO_DATA.given()
    if len(observed) < FEWEST:
        return Reason.TOO_FEW.given(points=len(observed), fewest=FEWEST)
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
    if kind == "stock" and (np.diff(values) < 0).any():
        return "level", (Reason.STOCK_FELL.given(),)
    return kind, ()


def _horizon_warning(n_years: int) -> Reasons:
    if n_years <= _MEASURED:
        return ()
    return (Reason.LONG_HORIZON.given(years_ahead=n_years, measured=_MEASURED),)


def _with_warnings(result: Projection, warnings: Reasons) -> Projection:
    doubtful = any(warning.code is Reason.UNIT_JUMP for warning in warnings)
    return replace(
        result,
        warnings=warnings + result.warnings,
        has_probability=result.has_probability and not doubtful,
    )


def _constant(observed: pd.Series, years: tuple[int, ...], n_draws: int) -> Projection:
    draws = np.full((n_draws, len(years)), observed.iloc[-1])
    reason = Reason.CONSTANT.given()
    return Projection(years, draws, observed, "保持不变", "constant", False, (reason,))


def _project_counts(
    observed: pd.Series,
    years: tuple[int, ...],
    kind: str,
    n_draws: int,
    rng: np.random.Generator,
) -> Projection:
    added, warnings = _yearly_additions(observed) if kind == "stock" else (observed, ())
    draws = counts.draw_counts(
        added.index.to_numpy(),
        added.to_numpy(),
        len(years),
        n_draws,
        rng,
        calibration.load_factors(),
    )
    if kind == "stock":
        draws = observed.iloc[-1] + np.cumsum(draws, axis=1)
    enough = len(observed) > models.SHORT
    what = "逐年新增" if kind == "count" else "存量的逐年增量"
    return Projection(
        years,
        draws,
        observed,
        f"计数模型：{what}服从Gamma–Poisson（过度离散时为负二项）分布，近年权重较大；"
        "区间由模型推出，未经公开序列校准",
        "full" if enough else "short",
        enough,
        warnings if enough else (*warnings, Reason.TOO_SHORT.given(points=len(observed))),
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
    method: str,
    n_draws: int,
    rng: np.random.Generator,
) -> Projection:
    regular = series.fill_gaps(observed.index.to_numpy(), scale.forward(observed.to_numpy()))
    enough = regular.points > models.SHORT
    method = method if enough else "drift"
    path, notes = central_path(regular, len(years), method)
    draws = scale.backward(path + simulated_errors(regular, scale.family, len(years), n_draws, rng))
    warnings = (*scale.warnings, *regular.warnings, *notes)
    return Projection(
        years,
        draws,
        observed,
        f"{scale.name_zh}尺度；{METHODS[method]}；{calibration.describe_calibration()}",
        "full" if enough else "short",
        enough,
        warnings if enough else (*warnings, Reason.TOO_SHORT.given(points=regular.points)),
        calibration.load_calibration(scale.family, regular.points),
    )


def central_path(regular: series.Regular, n_steps: int, method: str) -> tuple[np.ndarray, Reasons]:
    """Return the median path [n_steps] and the reason of every fallback."""
    z = regular.values[None, :]
    growth = models.shrunken_growth(z, regular.points)
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
    regular: series.Regular, family: str, n_steps: int, n_draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Draw calibrated errors around the central path, [n_draws, n_steps]."""
    z = regular.values[None, :]
    growth = models.shrunken_growth(z, regular.points)
    move = spread.typical_move(z, growth, regular.gaps)
    factors = calibration.load_factors(family)
    width = spread.half_width_80(factors, regular.points, move, n_steps)
    return spread.draw_errors(factors, width, n_draws, rng)
