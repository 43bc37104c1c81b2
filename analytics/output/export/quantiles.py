"""Quantiles of every target, and all draws of one, as CSV for further work."""

import csv
import io
from collections.abc import Sequence

import numpy as np

from analytics import text_zh
from analytics.data.reading.spreadsheet_text import neutral
from analytics.domain import FRACTION, Target
from analytics.output.figures import origin
from analytics.output.figures.note import Stamp
from analytics.workbench import View

LEVELS = (0.025, 0.10, 0.25, 0.50, 0.75, 0.90, 0.975)
_HEADINGS = ("目标编号", "指标", "度量", "单位", "年份", *(f"{x * 100:g}%分位" for x in LEVELS))
_ORIGIN = ("数据性质", "情景", "情景编号", "数据版本", "版本校验", "制作日期")


def of(draws: np.ndarray, levels: Sequence[float] = LEVELS) -> np.ndarray:
    """Return quantiles of the draws of one year, shape ``[n_draws]`` in, ``[len(levels)]`` out."""
    found: np.ndarray = np.quantile(draws, levels)
    return found


def quantiles_csv(view: View, stamp: Stamp) -> bytes:
    """Write one row a target and projected year; shares and growth are in percent.

    Quantiles are those of the draws of the scenario shown, ``numpy.quantile`` with linear
    interpolation, rounded to six significant digits.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([*_HEADINGS, *_ORIGIN])
    for target in view.bench.catalog.targets.values():
        path, told, names = view.full_path(target), _told(view, target, stamp), _names(target)
        for year in path.years:
            found = of(path.over([year])[:, 0]) * _scale(target)
            writer.writerow([*names, year, *_written(found), *told])
    return buffer.getvalue().encode("utf-8-sig")


def draws_csv(view: View, target: Target, stamp: Stamp, method: str) -> bytes:
    """Write one row a draw and one column a year; shares and growth are in percent.

    A row is one path; the same row number in another target or scenario is the same chance.
    Values are rounded to six significant digits.
    """
    path, told = view.full_path(target), _told(view, target, stamp)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    years = [f"{year}年" for year in path.years]
    writer.writerow(["抽样序号", *years, *_HEADINGS[:4], "方法", *_ORIGIN])
    values = path.over(path.years) * _scale(target)
    for number, row in enumerate(values, 1):
        writer.writerow([number, *_written(row), *_names(target), method, *told])
    return buffer.getvalue().encode("utf-8-sig")


def _names(target: Target) -> tuple[str, ...]:
    return target.id, target.name_zh, str(target.measure), text_zh.unit_zh(target.unit)


def _told(view: View, target: Target, stamp: Stamp) -> list[str]:
    """Say what the numbers of a target are and what they were made from."""
    statuses = view.verdict(target.id).statuses
    made = (stamp.scenario.name, stamp.scenario.id, stamp.release.id, stamp.release.hash)
    natures = "、".join(origin.natures(statuses, origin.ahead(view)))
    return [natures, *map(neutral, made), f"{stamp.made_on:%Y-%m-%d}"]


def _scale(target: Target) -> int:
    return 100 if target.unit == FRACTION else 1


def _written(values: np.ndarray) -> list[str]:
    return [f"{x:.6g}" for x in values]
