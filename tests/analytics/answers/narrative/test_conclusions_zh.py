"""The sentences that pages once worded by themselves; figures are written out by hand."""

from types import SimpleNamespace

import pytest

from analytics.answers.consistency.conclusion_zh import by_data_zh, findings_zh, tightest_zh
from analytics.answers.narrative.city_zh import joint_lead_zh
from analytics.answers.narrative.data_zh import held_zh, wanted_zh
from analytics.answers.narrative.scenarios_zh import best_zh
from tests.support.drawn import metric


@pytest.mark.parametrize(
    ("names", "expected", "said"),
    [
        (["基准"], [12.0], ""),
        (["基准", "甲"], [12.0, None], ""),
        (["基准", "甲"], [12.0, 11.5], "基准下预计达成12.0项。其余情景都不多于基准。"),
        (
            ["基准", "甲", "乙"],
            [12.0, 13.4, 13.3],
            "基准下预计达成12.0项。预计达成最多的是“甲”，13.4项，比基准多1.4项。",
        ),
    ],
)
def test_the_scenario_with_most_targets_met_is_named_with_its_lead_over_the_baseline(
    names, expected, said
):
    assert best_zh(names, expected) == said


def test_three_leads_are_judged_together_on_the_same_draws():
    """In one draw of four all three are a point ahead."""
    ahead = metric({2025: 0.0}, [0.02], [0.02], [0.0], [0.0], first=2035, has_probability=True)
    other = metric({2025: 0.0}, [0.02], [0.0], [0.02], [0.0], first=2035, has_probability=True)
    said = joint_lead_zh([ahead, other, ahead], 3, 2035, 0.01)
    assert said == "到2035年三项同时显著快于全市不太可能（25%）。"


def test_where_one_lead_is_unknown_the_known_are_counted():
    known = metric({2025: 0.0}, [0.02], first=2035, has_probability=True)
    said = joint_lead_zh([known, metric({2025: 0.0}), known], 2, 2035, 0.01)
    assert said == "三项中2项有概率，三项同时显著快于全市的概率无法计算。"


def test_what_is_wanted_is_said_only_while_something_is():
    assert wanted_zh(0, 0, replaces_illustration=False) == ""
    assert wanted_zh(2, 7, replaces_illustration=False) == (
        "要补齐空缺，还需2个序列的7个年度数值，见页末清单。"
    )
    assert wanted_zh(2, 7, replaces_illustration=True).startswith("要替换全部演示值并补齐空缺，")


def test_indicators_are_counted_once_by_what_is_held_of_them():
    statuses = {"a": {"official"}, "b": {"official", "illustrative"}, "c": set()}
    targets = {n: SimpleNamespace(indicator=x) for n, x in enumerate("aabc")}
    bench = SimpleNamespace(
        catalog=SimpleNamespace(targets=targets),
        history=lambda name: SimpleNamespace(statuses=statuses[name]),
    )
    assert held_zh(bench) == (
        "4项目标涉及3个区级指标：1个全部为实际数据，1个用到演示数据，1个没有任何数据。"
    )


def test_the_plans_findings_and_what_the_data_add_are_told_apart():
    assert findings_zh([]).startswith("方案文本有")
    nothing = SimpleNamespace(findings=(), tightest=None)
    assert by_data_zh([], nothing) == (
        "按本数据版本，另有0项目标偏低，未见难以并立的目标。数值相同的重复表述不算不一致，不列入。"
    )
    assert tightest_zh(nothing) == ""
