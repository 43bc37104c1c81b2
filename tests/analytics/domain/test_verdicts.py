"""One phrase a target: it says what the odds say, whatever the progress."""

import pytest

from analytics.domain import Prospect, Standing, Verdict, phrase
from analytics.model.judgement.prospects import prospect

# What a phrase promises of the odds, read off its words. 有望, 良好: two in three and more;
# 难以, 后劲不足: less than one in three; 把握不大: between. The rest names no odds.
PROMISES = {"有望": (0.66, 1), "良好": (0.66, 1), "难以": (0, 0.33), "后劲": (0, 0.33)} | {
    "把握": (0.33, 0.66)
}
OPEN_STANDINGS = [one for one in Standing if one not in (Standing.MET, Standing.MISSED)]
ODDS = [None, 0.0, 0.329, 0.33, 0.5, 0.659, 0.66, 0.9, 1.0]


def promised(verdict: Verdict) -> tuple[float, float] | None:
    """The odds that a phrase lets its reader expect."""
    return next((odds for word, odds in PROMISES.items() if word in verdict), None)


def agrees(verdict: Verdict, probability: float | None) -> bool:
    """Tell whether a phrase fits its odds; without odds it may promise none."""
    odds = promised(verdict)
    if probability is None or odds is None:
        return probability is None and odds is None
    return odds[0] <= probability <= odds[1]


@pytest.mark.parametrize("standing", OPEN_STANDINGS)
@pytest.mark.parametrize("probability", ODDS)
def test_no_phrase_contradicts_its_odds(standing, probability):
    assert agrees(phrase(standing, prospect(standing, probability)), probability)


@pytest.mark.parametrize(
    ("standing", "probability", "said"),
    [
        # methods: progress on the side, outlook on top
        (Standing.AHEAD, 0.66, "势头良好"),
        (Standing.EARLY, 0.65, "进度达标、把握不大"),
        (Standing.ON_TRACK, 0.32, "进度达标、后劲不足"),
        (Standing.BEHIND, 0.66, "眼下偏慢、到期有望"),
        (Standing.BEHIND, 0.33, "偏慢、把握不大"),
        (Standing.BEHIND, 0.32, "滞后、难以达成"),
        # what is settled has no odds any more, and what is not known says so
        (Standing.MET, 1.0, "已完成"),
        (Standing.MISSED, None, "到期未达到"),
        (Standing.ON_TRACK, None, "进度达标、前景不明"),
        (Standing.BEHIND, None, "进度滞后、前景不明"),
        (Standing.UNDETERMINED, 0.7, "进度不明、到期有望"),
        (Standing.UNDETERMINED, None, "无法判定"),
        (Standing.NO_DATA, None, "数据不足"),
        (Standing.NO_DATA, 0.2, "进度不明、难以达成"),
    ],
)
def test_progress_and_outlook_make_one_phrase(standing, probability, said):
    assert phrase(standing, prospect(standing, probability)) == said


@pytest.mark.parametrize("bench", ["demo_bench", "published_bench"])
def test_no_row_of_a_release_carries_a_phrase_that_contradicts_its_odds(bench, request):
    for item in request.getfixturevalue(bench).view({}).verdicts().values():
        if item.prospect not in (Prospect.DONE, Prospect.MISSED):
            assert agrees(item.verdict, item.probability), item.target.id
