"""Quantiles of every target's measure, year by year, in one CSV for further work."""

import csv
import io
from collections.abc import Sequence

import numpy as np

from analytics import text_zh
from analytics.data.reading.spreadsheet_text import neutral
from analytics.domain import FRACTION
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
        path, item = view.full_path(target), view.verdict(target.id)
        natures = "、".join(origin.natures(item.statuses, origin.ahead(view)))
        made = (stamp.scenario.name, stamp.scenario.id, stamp.release.id, stamp.release.hash)
        told = [natures, *map(neutral, made), f"{stamp.made_on:%Y-%m-%d}"]
        scale = 100 if target.unit == FRACTION else 1
        names = (target.id, target.name_zh, str(target.measure), text_zh.unit_zh(target.unit))
        for year in path.years:
            found = of(path.over([year])[:, 0]) * scale
            writer.writerow([*names, year, *(f"{x:.6g}" for x in found), *told])
    return buffer.getvalue().encode("utf-8-sig")
