"""The batches that tests make by hand stand in for read ones: their rows have the same types."""

import pandas as pd

from analytics.data.imports.batch import Fault, FaultKind
from tests.support import drawn_imports, import_fixtures

TABLE = """
    指标标识 | 地区 | 年份 | 期间 | 数值 | 单位 | 口径 | 价格
    gross_output_registered | 金山区 | 2024 | 全年 | 1700 | 亿元 | 属地 | 当年价格
"""


def types(rows: pd.DataFrame) -> dict[str, tuple[str, type]]:
    """Return the type of every column and of its first value."""
    return {name: (str(rows[name].dtype), type(rows[name].iloc[0])) for name in rows}


def test_a_row_made_by_hand_has_the_columns_and_types_of_a_read_one():
    read = drawn_imports.take(TABLE).rows
    made = import_fixtures.batch({import_fixtures.OUTPUT: {2024: 1700.0}}).rows
    assert types(made) == types(read)


def test_a_row_made_by_hand_names_the_doubts_about_its_cell_only():
    doubt = Fault(FaultKind.HELD, "数量级", "偏大", file="填报.csv", cell="F3")
    values = {import_fixtures.OUTPUT: {2023: 1650.0, 2024: 17000.0}}
    made = import_fixtures.batch(values, faults=(doubt,)).rows
    assert list(made["faults"]) == ["", doubt.id]
