"""What a scenario does, said in the first sentence: its lever, who gains and who loses."""

import pytest

from analytics import text_zh
from analytics.answers.narrative import effect_zh
from analytics.catalog.load import load_catalog
from analytics.domain import Standing
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.due_outlook import DueOutlook
from analytics.model.scenarios.settings_zh import done_zh
from tests.support import golden_scenarios
from tests.support.paths import ROOT

CATALOG = load_catalog(ROOT)
A, B = "gross_output_registered_2027", "strategic_emerging_share_2027"


def judged(target: str, odds: float | None) -> Assessment:
    """A target with that probability."""
    due = DueOutlook(probability=odds, mc_error=0.0)
    return Assessment(CATALOG.targets[target], Standing.BEHIND, due=due)


def effect(*changes: tuple[str, float | None, float | None]) -> effect_zh.Effect:
    """The effect of a scenario that changes these odds."""
    return effect_zh.effect((judged(name, old), judged(name, new)) for name, old, new in changes)


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        (0.440, 0.450, True),  # a point
        (0.440, 0.4497, False),
        (0.660, 0.666, False),  # would print as 66% and 67%
        (0.002, 0.009, False),  # both print as less than one percent
        (0.560, 0.550, True),
        (None, 0.5, False),
    ],
)
def test_only_a_change_of_a_point_or_more_counts(old, new, counts):
    found = effect((A, old, new))
    assert len(found.risers) + len(found.fallers) == counts


def test_the_largest_change_comes_first_and_each_is_said_with_both_odds():
    found = effect((A, 0.44, 0.67), (B, 0.56, 0.20), ("drone_output_2027", 0.001, 0.014))
    assert [one.target.id for one in found.risers] == [A, "drone_output_2027"]
    assert found.risers[0].text_zh == ("2027年规模以上工业属地产值突破2000亿元的可能性由44%升至67%")
    assert found.risers[1].text_zh == "2027年无人机产值达到百亿级规模的可能性由不到1%升至1%"
    assert found.fallers[0].text_zh == (
        "2027年战略性新兴产业产值占规上工业产值比重达到30%以上的可能性由56%降至20%"
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("gross_output_registered.g2027", 0.02, "规模以上工业属地产值年均增速提高2个百分点"),
        ("park_land.g2027", -0.011, "工业园区工业用地面积年均增速降低1.1个百分点"),
        ("industrial_land_supply.f2027", 200.0, "新增工业用地供应每年多200亩"),
        ("large_projects.f2027", -5.0, "重点产业集群亿元以上引进项目每年少5个"),
        ("stress.repeat_2022", 1.0, "出现“重演2022年”"),
        (
            "start.gross_output_registered.2025",
            1835.0,
            "规模以上工业属地产值以2025年1,835.0亿元起算",
        ),
    ],
)
def test_what_is_moved_is_said_as_a_sentence_begins(name, value, said):
    assert done_zh(CATALOG, CATALOG.adjustables[name], value) == said


def test_where_only_an_assumed_start_gives_odds_they_are_said_without_a_comparison():
    gained = effect((A, None, 0.67), (B, None, 0.23))
    assert [one.target.id for one in gained.gained] == [A, B]
    assert effect_zh._who(gained) == (
        "2027年规模以上工业属地产值突破2000亿元的可能性为67%等2项可作判断；基准下均无概率，不作比较"
    )
    assert effect_zh._who(effect((A, None, None))) == "目标均无概率，不作比较"


# ── twelve scenarios ─────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def sentences(demo_bench):
    """Of every golden scenario its settings, both sets of odds and the sentence."""
    base = demo_bench.view({})
    found = {}
    for name, settings in golden_scenarios.scenarios(demo_bench).items():
        view = demo_bench.view(settings, base)
        odds = {
            target: (old.probability, view.verdict(target).probability)
            for target, old in base.verdicts().items()
        }
        found[name] = (settings, odds, effect_zh.effect_zh(base, view) if settings else "")
    return found


def test_twelve_scenarios_are_told(sentences):
    assert len(sentences) == 12
    assert [name for name, (*_, said) in sentences.items() if not said] == ["基准"]


def test_each_names_a_lever_and_the_largest_riser_and_faller_with_both_odds(sentences):
    for settings, odds, said in sentences.values():
        changes = {
            target: new - old
            for target, (old, new) in odds.items()
            if old is not None and new is not None
        }
        extremes = (max(changes, key=changes.__getitem__), min(changes, key=changes.__getitem__))
        first = said.split("。")[0]
        for target, sign in zip(extremes, (1, -1), strict=True):
            if settings and sign * changes[target] >= 0.01:
                old, new = (text_zh.odds_said(share) for share in odds[target])
                assert CATALOG.targets[target].name_zh in first
                assert f"由{old}{'升' if sign > 0 else '降'}至{new}" in first
        assert not settings or any(_subject(name) in first for name in settings), said


def _subject(name: str) -> str:
    one = CATALOG.adjustables[name]
    return one.name_zh if name.startswith("stress.") else CATALOG.indicators[one.applies_to].name_zh
