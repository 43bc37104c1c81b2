"""All quantiles in one file: those of the draws, with their origin in every row."""

import csv
import io

import numpy as np
import pytest

from analytics.output.export.quantiles import draws_csv, quantiles_csv
from tests.support.outlooks import stamp_of

TARGET = "gross_output_registered_2027"


def rows(bench) -> list[dict[str, str]]:
    """The file's rows, read as a spreadsheet would."""
    content = quantiles_csv(bench.view({}), stamp_of(bench)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_each_row_holds_the_quantiles_of_one_year_and_where_they_come_from(demo_bench):
    found = rows(demo_bench)
    row = next(x for x in found if x["目标编号"] == TARGET and x["年份"] == "2027")
    draws = demo_bench.view({}).full_path(demo_bench.catalog.targets[TARGET]).at(2027)
    assert float(row["50%分位"]) == pytest.approx(np.median(draws), rel=1e-5)
    assert float(row["97.5%分位"]) == pytest.approx(np.quantile(draws, 0.975), rel=1e-5)
    assert (row["单位"], row["数据版本"]) == ("亿元", demo_bench.release.id)
    assert "演示" in row["数据性质"]
    assert {x["年份"] for x in found} >= {"2027", "2030", "2035"}


def test_shares_are_in_percent_and_quantiles_never_fall(demo_bench):
    found = rows(demo_bench)
    levels = [name for name in found[0] if name.endswith("分位")]
    assert len(levels) == 7
    for row in found:
        values = [float(row[name]) for name in levels]
        assert values == sorted(values)
    shares = [x for x in found if x["目标编号"] == "strategic_emerging_share_2027"]
    assert all(1 < float(x["50%分位"]) < 100 for x in shares)


def test_without_projections_the_file_has_its_headings_only(published_bench):
    assert all(row["目标编号"] for row in rows(published_bench))


def test_the_draws_of_a_target_are_its_paths_one_row_each_with_their_origin(demo_bench):
    view, target = demo_bench.view({}), demo_bench.catalog.targets[TARGET]
    content = draws_csv(view, target, stamp_of(demo_bench), "本工作台").decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(content)))
    path = view.full_path(target)
    assert len(found) == len(path.draws)
    for number in (0, 7):
        written = [float(found[number][f"{year}年"]) for year in path.years]
        np.testing.assert_allclose(written, path.draws[number], rtol=1e-5)
    last = found[-1]
    assert (last["抽样序号"], last["方法"], last["单位"]) == (str(len(found)), "本工作台", "亿元")
    assert "演示" in last["数据性质"]
