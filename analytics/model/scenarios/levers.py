"""Levers applied to draws with common random numbers.

Two scenarios differ only by what the user moved, because both start from the
same draws.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from analytics.domain import Adjustable, Lever, LeverEffect, Start
from analytics.model.projection import Projection

_SMALLEST_FACTOR = 0.01  # a path may shrink by 99 % a year, never turn negative


def apply_levers(
    projection: Projection,
    levers: Iterable[Lever],
    settings: Mapping[str, float],
    *,
    accumulates: bool = False,
    upper: float | None = None,
    shocks: Mapping[int, float] | None = None,
) -> Projection:
    """Shift a projection's draws by the levers that differ from zero and by stress tests.

    Parameters
    ----------
    projection : Projection
        Baseline draws, shape ``[n_draws, n_years]``.
    levers : iterable of Lever
        Levers that apply to this indicator.
    settings : mapping
        Lever id to value: growth levers in fraction a year, flow levers in the
        indicator's unit a year.
    accumulates : bool
        True when a year's value is that year's addition, so that a flow lever
        adds once; otherwise the value is a stock and additions pile up.
    upper : float, optional
        Natural upper bound of the indicator.
    shocks : mapping, optional
        Year to change of that year's growth (fraction), from stress tests.

    Returns
    -------
    Projection
        The same projection where nothing moved. Growth: each path's factor
        ``x[t]/x[t-1]`` is raised by the lever; of a running year that is partly
        published only the rest is multiplied by what its factor is, and additions
        are those of its open months. Monotone in every lever.
    """
    draws, fixed = projection.draws, _published(projection)
    active = [(lever, settings[lever.id]) for lever in levers if settings.get(lever.id)]
    if not (active or shocks) or draws.shape[1] == 0:
        return projection
    growth = _per_year(projection.years, active, LeverEffect.GROWTH_PP)
    growth += [(shocks or {}).get(year, 0.0) for year in projection.years]
    if growth.any():
        draws = _raise_growth(draws, float(projection.history.iloc[-1]), growth, fixed)
    open_share = _open_shares(projection)
    flow = _per_year(projection.years, active, LeverEffect.FLOW) * open_share
    if flow.any():
        draws = np.maximum(draws + (flow if accumulates else np.cumsum(flow)), fixed)
    level = _per_year(projection.years, active, LeverEffect.LEVEL) * open_share
    draws = np.maximum(draws + level, fixed) if level.any() else draws
    return replace(projection, draws=draws if upper is None else np.minimum(draws, upper))


def _published(projection: Projection) -> np.ndarray:
    """Return what of each year is published, shape ``[n_years]``; zero but in a running year."""
    running = projection.running
    return np.array(
        [running.value if running and running.year == x else 0.0 for x in projection.years]
    )


def _open_shares(projection: Projection) -> np.ndarray:
    """Return the share of each year that is open, shape ``[n_years]``."""
    running = projection.running
    return np.array(
        [running.open_share if running and running.year == x else 1.0 for x in projection.years]
    )


def _per_year(
    years: tuple[int, ...], active: list[tuple[Lever, float]], effect: LeverEffect
) -> np.ndarray:
    shifts = np.zeros(len(years))
    for lever, value in active:
        if lever.effect is effect:
            shifts += [value * (lever.first_year <= year <= lever.last_year) for year in years]
    return shifts


def _raise_growth(
    draws: np.ndarray, last: float, growth: np.ndarray, fixed: np.ndarray
) -> np.ndarray:
    """Raise each year's factor; where there is no factor (from or to zero) nothing moves.

    Of the first year only what exceeds its published part is multiplied.
    """
    before = np.column_stack([np.full(len(draws), last), draws[:, :-1]])
    known = (before > 0) & (draws > 0)
    factors = np.divide(draws, before, out=np.ones_like(draws), where=known)
    raised = np.maximum(factors + growth, np.minimum(factors, _SMALLEST_FACTOR))
    change = np.divide(raised, factors, out=np.ones_like(draws), where=known)
    moved = fixed[0] + (draws[:, 0] - fixed[0]) * change[:, 0]
    change[:, 0] = np.divide(moved, draws[:, 0], out=np.ones_like(moved), where=known[:, 0])
    return draws * np.cumprod(change, axis=1)


MAX_PROBLEMS = 8


def shown_value(lever: Adjustable, value: float) -> float:
    """Convert a lever's value to what the user sees: points for growth, else its unit."""
    return round(value * 100, 6) if _in_percent(lever) else value


def _in_percent(lever: Adjustable) -> bool:
    return lever.in_percent if isinstance(lever, Start) else lever.effect is LeverEffect.GROWTH_PP


def code_value(lever: Adjustable, shown: float) -> float:
    """Convert what the user sees to code units, snapped to the step and the bounds."""
    value = shown / 100 if _in_percent(lever) else shown
    return snapped(lever, value)


def snapped(lever: Adjustable, value: float) -> float:
    """Return the nearest value a slider can take."""
    inside = min(max(value, lever.minimum), lever.maximum)
    return round(round(inside / lever.step) * lever.step, 9)


def code_of(lever: Adjustable) -> str:
    """Return a lever's name in links."""
    return lever.code or lever.id


def by_code(adjustables: Mapping[str, Adjustable]) -> dict[str, Adjustable]:
    """Index what settings may name by code as well as by id; old links hold ids."""
    return {**adjustables, **{code_of(one): one for one in adjustables.values()}}


def settings_to_query(
    settings: Mapping[str, float], levers: Mapping[str, Adjustable]
) -> dict[str, str]:
    """Write what is moved as URL parameters, by code and in the catalog's order."""
    return {
        code_of(lever): f"{shown_value(lever, settings[name]):.10g}"
        for name, lever in levers.items()
        if settings.get(name)
    }


def settings_from_query(
    params: Mapping[str, str], levers: Mapping[str, Adjustable]
) -> tuple[dict[str, float], list[str]]:
    """Read levers from URL parameters; say in Chinese what could not be taken.

    Nothing is replaced silently: unknown names, values that are no numbers,
    values outside the bounds and values off the step are each reported.
    """
    return read_settings(params.items(), levers)


def read_settings(
    pairs: Iterable[tuple[str, str]], levers: Mapping[str, Adjustable]
) -> tuple[dict[str, float], list[str]]:
    """Read name and text of each setting; the later of two for one lever is left out."""
    named = by_code(levers)
    settings: dict[str, float] = {}
    problems: list[str] = []
    seen: set[str] = set()
    for name, text in pairs:
        lever = named.get(name)
        if lever is not None and lever.id in seen:
            problems.append(f"“{lever.name_zh}”给出了两次，只取前一个")
            continue
        value, problem = read_setting(lever, name[:60], text[:30])
        if lever is not None:
            seen.add(lever.id)
            settings |= {lever.id: value} if value else {}
        if problem:
            problems.append(problem)
    return settings, first_problems(problems)


def first_problems(problems: list[str]) -> list[str]:
    """Return the first problems and how many more there are."""
    hidden = len(problems) - MAX_PROBLEMS
    return problems[:MAX_PROBLEMS] + ([f"另有{hidden}项未列出"] if hidden > 0 else [])


def read_setting(lever: Adjustable | None, name: str, text: str) -> tuple[float, str]:
    """Read one shown value; return it in code units and a Chinese problem, if any."""
    if lever is None:
        return 0.0, f"未知的参数“{name}”，已忽略"
    try:
        shown = float(text)
    except ValueError:
        shown = float("nan")
    if not np.isfinite(shown):
        return 0.0, f"“{lever.name_zh}”的值“{text}”不是数字，已按0处理"
    value = code_value(lever, shown)
    taken = shown_value(lever, value)
    if abs(taken - shown) <= 1e-9:
        return value, ""
    low, high = (shown_value(lever, x) for x in (lever.minimum, lever.maximum))
    why = f"范围{low:g}～{high:g}"
    if low <= shown <= high:
        why = f"步长{shown_value(lever, lever.step):g}"
    return value, f"“{lever.name_zh}”的值“{text}”不在可选值内（{why}），已取{taken:g}"
