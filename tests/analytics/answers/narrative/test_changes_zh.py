"""The sentence about what a scenario changes; figures are written out by hand."""

from types import SimpleNamespace

from analytics.answers.narrative.changes_zh import change_zh, warning_zh
from analytics.domain import Verdict
from analytics.model.judgement.early_warning import Chance, LastChance


def item(name: str, probability: float | None, verdict: Verdict = Verdict.SLOW):
    """One judged target, reduced to what the sentence reads."""
    return SimpleNamespace(
        target=SimpleNamespace(name_zh=name), probability=probability, verdict=verdict
    )


def outlook(expected: float | None, joint: float = 0.2):
    """A group of targets together."""
    known = expected is not None
    return SimpleNamespace(
        joint=SimpleNamespace(probability=joint) if known else None, expected=expected
    )


def test_nothing_reached_is_said_plainly():
    said = change_zh([], outlook(5.0), outlook(5.0))
    assert said == "与基准相比：所作调整不影响本页各项目标。"


def test_targets_without_data_are_not_said_to_stay_as_judged():
    pairs = [(item("产值", None, Verdict.NO_DATA), item("产值", None, Verdict.NO_DATA))]
    said = change_zh(pairs, outlook(None), outlook(None))
    assert said == "与基准相比：数据不足，看不出所作调整的作用。"


def test_the_largest_change_of_a_probability_and_the_number_met_are_named():
    pairs = [
        (item("产值", 0.44), item("产值", 0.73)),
        (item("税收", 0.50), item("税收", 0.40)),
    ]
    assert change_zh(pairs, outlook(6.24, 0.031), outlook(5.81, 0.012)) == (
        "与基准相比：各项判断不变；达成概率变动最大的是产值，44%→73%（+29个百分点）；"
        "预计达成5.8→6.2项，全部达成的概率1.2%→3.1%。"
    )


def test_changed_verdicts_are_spelled_out_two_at_most():
    pairs = [
        (item(name, None, Verdict.SLOW), item(name, None, Verdict.STRONG)) for name in "甲乙丙"
    ]
    assert change_zh(pairs, outlook(None), outlook(None)) == (
        "与基准相比：甲由“偏慢、把握不大”变为“势头良好”，"
        "乙由“偏慢、把握不大”变为“势头良好”等3项判断改变。"
    )


def test_a_joint_probability_too_small_to_print_is_not_printed():
    pairs = [(item("产值", 0.4), item("产值", 0.4))]
    said = change_zh(pairs, outlook(5.02, 0.0002), outlook(4.98, 0.0))
    assert said == (
        "与基准相比：各项判断不变；达成概率不变；预计达成仍约5.0项，全部达成的概率均不到0.1%。"
    )


def test_what_only_a_scenario_meets_is_not_put_down_to_the_trend():
    safe = LastChance(Chance.SAFE, None, None, "按趋势即可按期达到")
    lost = LastChance(Chance.LOST, None, None, "仍不够")
    assert warning_zh(safe, moved=False) == "按趋势即可按期达到"
    assert warning_zh(safe, moved=True) == "按本情景可按期达到"
    assert warning_zh(lost, moved=True) == "仍不够"
    assert warning_zh(None, moved=True) == ""
