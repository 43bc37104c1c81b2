"""Growth rates: 水平法 and 累计法.

Rates are fractions (0.05 is 5 %). The base year is not counted: 2024–2027 on
base 2023 is four years.
"""

import math

from analytics.model.judgement.crossing import crossing


def cagr(first: float, last: float, years: float) -> float:
    """Return the compound annual growth rate ``(last/first)**(1/years) - 1``.

    Parameters
    ----------
    first, last : float
        Values at the base and at the end, same unit, both positive.
    years : float
        Years between them, positive; the base year is not counted.

    Returns
    -------
    float
        Fraction a year (水平法).

    Raises
    ------
    ValueError
        If a value or the span is not positive and finite.
    """
    _require_positive(基期值=first, 末期值=last, 年数=years)
    return math.expm1(math.log(last / first) / years)


def required_growth(current: float, target: float, years: float) -> float:
    """Return the yearly growth that leads from the current value to the target.

    Same formula, units and errors as :func:`cagr`; ``years`` are those left.
    """
    _require_positive(现值=current, 目标值=target, 剩余年数=years)
    return cagr(current, target, years)


def cumulative_average_growth(base: float, total: float, years: int) -> float:
    """Return the average growth by the cumulative method (累计法).

    Parameters
    ----------
    base : float
        Value of the base year, positive.
    total : float
        Sum of the following ``years`` values, positive, same unit.
    years : int
        Number of years summed, at least 1.

    Returns
    -------
    float
        Fraction a year: the g solving ``sum((1+g)**i, i=1..years) = total/base``,
        the official convention for fixed-asset investment.

    Raises
    ------
    ValueError
        If an input is not positive and finite, or ``years`` is not whole.
    """
    _require_positive(基期值=base, 累计值=total, 年数=years)
    if years != int(years):
        raise ValueError(f"年数须为整数，收到 {years}")
    ratio = total / base

    def excess(factor: float) -> float:
        return sum(factor**i for i in range(1, int(years) + 1)) - ratio

    # Every term is at most the sum, and the first term alone bounds it above.
    return crossing(excess, 0.0, ratio + 1.0, close=1e-14, relative=1e-13) - 1.0


def _require_positive(**values: float) -> None:
    for name, value in values.items():
        if not (math.isfinite(value) and value > 0):
            raise ValueError(f"{name}须为正数，收到 {value}，无法计算增长率")
