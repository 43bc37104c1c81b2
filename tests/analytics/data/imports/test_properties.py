"""Whatever stands in a readable table, validation ends with rows and faults, never an error."""

import csv
import io
import math
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.data.imports.batch import KEY, FaultKind
from analytics.data.imports.preview import preview
from analytics.data.imports.standing import Standing
from analytics.data.releases.standing import standing
from analytics.data.sources.schema import validate_observations
from analytics.data.sources.tables import SCHEMAS
from tests.support.drawn_imports import TODAY, project_catalog, take, take_against

CATALOG = project_catalog()
NAMES = [item.name_zh for item in CATALOG.indicators.values()]
HEAD = ["指标", "指标标识", "地区", "年份", "期间", "类型", "数值", "单位", "口径", "价格"]
HEAD += ["发布日期", "说明"]
ODD = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=5),
    st.sampled_from(["—", "=1", "0", "\u3000", "NaN", "1e999"]),
)


def mostly(*usual: str) -> st.SearchStrategy[str]:
    """Draw one of the usual words, now and then something odd."""
    return st.one_of(*[st.sampled_from(usual)] * 6, ODD)


NUMBERS = st.one_of(
    st.floats(0.01, 1e5).map(lambda x: f"{x:.3f}"),
    st.integers(-5, 10**6).map(str),
    st.sampled_from(["0", "-0", "0.35", "35", "1,234.5", "１２", "9e14", "1e-300"]),
)
ROW = st.tuples(
    mostly(*NAMES[:6], *NAMES[36:46]),
    st.sampled_from(["", "", "", "gdp", "x"]),
    mostly("", "", "金山区", "上海市"),
    mostly("2020", "2021", "2022", "2023年", "2024.0", "2025", "2025-03-31"),
    mostly("全年", "全年", "", "1—2月", "1—3月", "3月", "4月", "1—4月", "时点2024-09", "1—12月"),
    st.sampled_from(["", "", "累计", "当月"]),
    st.one_of(NUMBERS, NUMBERS, ODD),
    mostly("亿元", "万元", "%", "家", "亩", "公顷", "平方公里", "个"),
    mostly("", "", "在地"),
    mostly("", "", "现价"),
    mostly("", "", "2026-01-20", "2026/3/1", "2025年"),
    mostly("", "", "修订：核减", "口径有变化"),
)


def table(rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *rows])
    return text.getvalue().encode("utf-8", "ignore")


@pytest.fixture(scope="module")
def in_use(release_root) -> Callable[[], Standing]:
    """What the built demo release holds; behind a call, as its print-out would be endless."""
    held = standing(release_root)
    return lambda: held


FUZZ = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@FUZZ
@given(rows=st.lists(ROW, max_size=14))
def test_any_readable_table_ends_in_rows_and_faults(in_use, rows):
    batch = take_against(table(rows), in_use())
    refused = {(fault.cell[1:]) for fault in batch.of_kind(FaultKind.REFUSED)}
    kept = {cell[1:] for cell in batch.rows["cell"]}
    assert not refused & kept  # what is refused in any of its cells is no row
    assert all(math.isfinite(value) for value in batch.rows["value"])
    assert all(end <= TODAY for end in batch.rows["period_end"])
    assert all(fault.message_zh and fault.rule for fault in batch.faults)
    found = preview(batch.confirm_all(), in_use().current)
    newest = batch.rows.drop_duplicates(KEY)
    assert len(found.new) + len(found.revised) + len(found.unchanged) == len(newest)


@FUZZ
@given(rows=st.lists(ROW, min_size=1, max_size=10))
def test_accepted_rows_are_what_a_release_takes(in_use, rows):
    batch = take_against(table(rows), in_use())
    if batch.rows.empty:
        return
    frame = pd.DataFrame(batch.observations()).assign(vintage=1)
    validated = validate_observations(frame[SCHEMAS["observations"].names])
    assert set(validated["status"]) == {"submitted"}
    for row in batch.rows.itertuples():
        item = CATALOG.indicators[row.indicator_id]
        assert row.unit == item.unit
        assert item.lower is None or row.value >= item.lower
        assert item.upper is None or row.value <= item.upper


DISORDERED = [
    *(
        ["规模以上工业在地产值", "", "", str(2020 + n), "全年", "", str(100 + n), "亿元"]
        for n in range(4)
    ),
    ["规模以上工业属地产值", "", "", "2021", "全年", "", "500", "亿元"],
    *(["规模以上工业在地产值", "", "", "2025", f"1—{m}月", "", str(m), "亿元"] for m in (2, 4, 3)),
]


def said(batch) -> list[tuple]:
    """Every fault as said, in an order of its own."""
    return sorted((fault.kind, fault.rule, fault.message_zh) for fault in batch.faults)


def kept(batch) -> list[tuple]:
    """Every row kept, in an order of its own."""
    return sorted(batch.rows[["indicator_id", "period_end", "value"]].itertuples(index=False))


@pytest.fixture(scope="module")
def straight():
    """The rows read in the order of their years."""
    return take(table(DISORDERED))


def test_a_row_that_contradicts_another_is_not_kept(straight):
    own = {end for name, end, _ in kept(straight) if name == "gross_output_territorial"}
    assert date(2021, 12, 31) not in own


@settings(max_examples=8, deadline=None)
@given(rows=st.permutations(DISORDERED))
def test_the_order_of_rows_changes_no_fault_and_no_row(straight, rows):
    shuffled = take(table(rows))
    assert said(shuffled) == said(straight)
    assert kept(shuffled) == kept(straight)
