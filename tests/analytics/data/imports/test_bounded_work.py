"""Hostile or hopeless tables cost work in proportion to their size, counted in operations."""

import difflib

import pytest

from analytics.data.imports.batch import FaultKind
from analytics.data.imports.checks import findings as findings_module
from analytics.data.imports.checks.findings import Findings
from analytics.data.imports.mapping import questions as questions_module
from tests.support.drawn_imports import as_csv, take

HEAD = "指标,年份,期间,数值,单位"


@pytest.fixture
def counted(monkeypatch):
    """Count the calls of a function of a module or class."""

    def count(owner, name: str) -> list[int]:
        calls, real = [0], getattr(owner, name)

        def wrapped(*args, **more):
            calls[0] += 1
            return real(*args, **more)

        monkeypatch.setattr(owner, name, wrapped)
        return calls

    return count


def repeats(rows: int) -> bytes:
    lines = (f"规模以上工业属地产值,2024,全年,{1500 + n},亿元" for n in range(rows))
    return "\n".join([HEAD, *lines]).encode()


def test_unequal_repeats_of_one_key_are_linear(counted):
    places = counted(Findings, "place")
    take(repeats(50))
    few = places[0]
    places[0] = 0
    take(repeats(500))
    assert places[0] <= 11 * few


def test_at_most_so_many_faults_are_listed_and_none_is_taken_unseen(monkeypatch):
    monkeypatch.setattr(findings_module, "MOST", 20)
    batch = take(repeats(50))
    assert len(batch.of_kind(FaultKind.REFUSED)) == 21
    (left,) = [fault for fault in batch.faults if fault.rule == "问题过多"]
    assert left.message_zh == "另有30处同类问题没有列出"
    assert batch.rows.empty


def test_what_nobody_can_confirm_is_not_taken(monkeypatch):
    monkeypatch.setattr(findings_module, "MOST", 2)
    lines = "\n".join(
        f"规模以上工业属地产值 | {year} | 预计数 | 1500 | 亿元" for year in range(2019, 2024)
    )
    batch = take(f"指标 | 年份 | 说明 | 数值 | 单位\n{lines}")
    assert len(batch.of_kind(FaultKind.HELD)) == 2
    assert sorted(batch.rows["year"]) == [2019, 2020]
    assert not batch.confirm_all().publishable


def test_looking_for_likely_names_is_bounded(counted):
    close = counted(difflib, "get_close_matches")
    lines = (f"未知指标{'甲' * n},2024,全年,1,亿元" for n in range(1, 400))
    batch = take("\n".join([HEAD, *lines]).encode())
    assert len(batch.questions) == questions_module.MOST
    assert close[0] <= 50 + 399  # beyond the first fifty against nothing


def test_a_column_of_blanks_is_no_list_of_faults():
    batch = take(as_csv("指标 | 单位 | 2024年\n" + "规模以上工业属地产值 | 亿元 | —\n" * 50))
    assert (batch.faults, batch.tallies[0].blank) == ((), 50)
