"""A running year seen through its months, then the annual ladder from every draw of it."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.domain import Reason, ReasonGiven, Reasons
from analytics.model.projection import calibration, doubts, engine, models, months, series, spread
from analytics.model.projection.calibration import Pool
from analytics.model.projection.months import YearToDate
from analytics.model.projection.result import Projection, Rung, YearSoFar

_REFERENCE_YEARS = 6
# Log ratio of the rest of the year to the part seen. In the city's published
# half-year and full-year pairs it moved by 0.04-0.07 from year to year, and by
# 0.08-0.1 in 2020 and 2022; the prior counts as three such years.
_PRIOR_MOVE = 0.08
_PRIOR_YEARS = 3
_FEWEST_YEARS = 2  # full years before the running one
_NODES = 25  # running-year values at which the annual models are fitted
_KINDS = ("level", "flow")


def project_monthly(
    annual: pd.Series,
    monthly: pd.DataFrame,
    *,
    end_year: int,
    kind: str = "flow",
    n_draws: int = 4000,
    seed: int = 0,
    prior: str = "pooled",
) -> Projection:
    """Simulate the running year from its months, and the years after it.

    Parameters
    ----------
    annual : Series
        Yearly totals indexed by year.
    monthly : DataFrame
        Columns ``year``, ``month_from``, ``month_to``, ``value``: single
        months, January–February as one period (1, 2), cumulative (1, m).
    end_year, n_draws, seed, prior
        As in :func:`analytics.model.projection.project`.
    kind : str
        ``flow`` or ``level``: a quantity whose months add up to the year.

    Returns
    -------
    Projection
        The running year is what was published plus a simulated rest, whose
        ratio to the published part varies as in earlier years; each draw of it
        starts the annual models. Without usable months the annual projection
        is returned and the reason is in ``warnings``.

    Raises
    ------
    ValueError
        As ``project``; also for impossible or repeated periods.
    """
    if kind not in _KINDS:
        raise ValueError(f"月度推算只适用于各月可加总的数量，收到类型 {kind}")
    observed = series.check_history(annual)
    series.check_request(observed, end_year, n_draws)
    known = months.years_to_date(months.check_months(monthly))
    observed, warnings = _complete_years(observed, known)
    fallback = engine.project(
        observed, end_year=end_year, kind=kind, n_draws=n_draws, seed=seed, prior=prior
    )
    current, reason = _running_year(observed, known)
    if current is None:
        warnings += (reason,) if reason else ()
        return replace(fallback, warnings=(*warnings, *fallback.warnings))
    ratios = _rest_ratios(observed, known, current.last_month)
    consecutive, _ = series.recent_run(observed, running=1)
    unused = _why_annual(consecutive, current, ratios, end_year)
    if unused:
        return replace(fallback, warnings=(*warnings, unused, *fallback.warnings))
    rng = np.random.default_rng(seed)
    this_year = _draw_year(current.cumulative[current.last_month], ratios, n_draws, rng)
    pool = calibration.pool_for("log", prior)
    found = doubts.find_doubts(observed, kind)
    sound = doubts.without_doubtful(observed, found)
    widening = doubts.widening(found, int(observed.index[-1]))
    later = _draw_later(sound, this_year, end_year - current.year, rng, pool, widening)
    return Projection(
        tuple(range(current.year, end_year + 1)),
        np.column_stack([this_year, later]),
        observed,
        _describe(current, len(ratios), pool),
        Rung.MONTHLY,
        not current.falls and not doubts.withheld(found),
        (*warnings, *current.warnings, *doubts.reasons(found), *_gaps_and_length(sound, pool)),
        running=YearSoFar(current.year, current.last_month, current.cumulative[current.last_month]),
        doubts=found,
        prior=pool.name,
    )


def _complete_years(observed: pd.Series, known: dict[int, YearToDate]) -> tuple[pd.Series, Reasons]:
    """Add the years that months complete and compare those published twice."""
    warnings: Reasons = ()
    for year, one in sorted(known.items()):
        if one.last_month < 12:
            continue
        total = one.cumulative[12]
        if year not in observed.index and (observed.empty or year > observed.index[-1]):
            observed = pd.concat([observed, pd.Series([total], index=[year])])
        elif year in observed.index and abs(total / observed[year] - 1.0) > 0.01:
            warnings += (Reason.MONTHS_AGAINST_YEAR.given(year=year),)
    return observed, warnings


def _running_year(
    observed: pd.Series, known: dict[int, YearToDate]
) -> tuple[YearToDate | None, ReasonGiven | None]:
    last = int(observed.index[-1]) if len(observed) else None
    open_years = [year for year, one in known.items() if one.last_month and year != last]
    open_years = [year for year in open_years if last is None or year > last]
    if not open_years:
        return None, None
    year = max(open_years)
    if last is None or year != last + 1:
        return None, Reason.MONTHS_AFTER_A_GAP.given(missing=year - 1, year=year)
    return known[year], None


@dataclass(frozen=True)
class _Ratio:
    """Log of the rest of a past year over its part up to the same month."""

    year: int
    value: float


def _rest_ratios(observed: pd.Series, known: dict[int, YearToDate], month: int) -> list[_Ratio]:
    ratios = []
    for year, one in sorted(known.items()):
        part = one.cumulative.get(month, 0.0)
        total = one.cumulative.get(12, observed.get(year, np.nan))
        if year <= observed.index[-1] and not one.falls and 0 < part < total:
            ratios.append(_Ratio(year, float(np.log((total - part) / part))))
    return ratios[-_REFERENCE_YEARS:]


def _why_annual(
    observed: pd.Series, current: YearToDate, ratios: list[_Ratio], end_year: int
) -> ReasonGiven | None:
    month = current.last_month
    if end_year < current.year:
        return Reason.MONTHS_PAST_THE_END.given(year=current.year)
    if len(observed) < _FEWEST_YEARS:
        return Reason.MONTHS_TOO_FEW_YEARS.given(points=len(observed))
    if current.cumulative[month] <= 0 or (observed <= 0).any():
        return Reason.MONTHS_NOT_POSITIVE.given()
    if not ratios:
        return Reason.MONTHS_WITHOUT_PAST.given(month=month, year=current.year)
    return None


def _draw_year(
    part: float, ratios: list[_Ratio], n_draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Return totals of the running year: the part seen plus a simulated rest.

    The log ratio is Student t around the past mean, its scale blended with the
    prior, widened for the uncertainty of the mean.
    """
    values = np.array([ratio.value for ratio in ratios])
    freedom = _PRIOR_YEARS + len(values) - 1
    squares = ((values - values.mean()) ** 2).sum() + _PRIOR_YEARS * _PRIOR_MOVE**2
    scale = np.sqrt(squares / freedom * (1.0 + 1.0 / len(values)))
    half = rng.standard_t(freedom, size=(n_draws + 1) // 2)
    shocks = np.concatenate([half, -half])[:n_draws]
    totals: np.ndarray = part * (1.0 + np.exp(values.mean() + scale * shocks))
    return totals


def _draw_later(
    observed: pd.Series,
    this_year: np.ndarray,
    n_steps: int,
    rng: np.random.Generator,
    pool: Pool,
    widening: float,
) -> np.ndarray:
    """Continue every draw of the running year with the annual models, [n_draws, n_steps].

    Models are fitted at a few running-year values and interpolated between
    them, which is what makes thousands of starting points affordable.
    """
    if n_steps == 0:
        return np.empty((len(this_year), 0))
    start = np.log(this_year)
    nodes = np.unique(np.quantile(start, np.linspace(0.0, 1.0, _NODES)))
    points = len(observed) + 1
    every = [_with_node(observed, node) for node in nodes]
    z = np.stack([regular.values for regular in every])
    growth = models.shrunken_growth(z, pool.growth, points)
    ahead = models.combined(z, pool.growth, n_steps, points) - nodes[:, None]
    factors = pool.factors(points)
    moves = spread.typical_move(z, growth, pool.growth, every[0].gaps, points)
    widths = widening * spread.half_width_80(factors, points, moves, n_steps)
    path, width = (_between(start, nodes, values) for values in (ahead, widths))
    errors = spread.draw_errors(factors, width, len(this_year), rng)
    paths: np.ndarray = np.exp(np.clip(start[:, None] + path + errors, -700.0, 700.0))
    return paths


def _between(start: np.ndarray, nodes: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Interpolate [n_nodes, n_steps] to every draw, [n_draws, n_steps]."""
    return np.column_stack([np.interp(start, nodes, column) for column in values.T])


def _with_node(observed: pd.Series, node: float) -> series.Regular:
    years = np.append(observed.index.to_numpy(), observed.index[-1] + 1)
    return series.fill_gaps(years, np.append(np.log(observed.to_numpy()), node))


def _describe(current: YearToDate, n_reference: int, pool: Pool) -> str:
    return (
        f"{current.year}年＝1—{current.last_month}月累计数＋按往年（{n_reference}年）同期份额"
        f"模拟的余下月份；此后逐次接年度模型：{engine.METHODS['combined']}；"
        f"{calibration.describe_calibration(pool)}"
    )


def _gaps_and_length(observed: pd.Series, pool: Pool) -> Reasons:
    missing = series.fill_gaps(observed.index.to_numpy(), observed.to_numpy()).warnings
    return (*missing, *engine.leans_on_kind(len(observed) + 1, pool))
