"""A lever's effect is seen where the lever is: card, chart and side effects follow each lever."""

from itertools import pairwise

import pytest

from analytics.catalog.load import load_catalog
from analytics.domain import Kind
from pages.common import required
from tests.support.pages import drawings, open_page, session_of
from tests.support.paths import ROOT

CATALOG = load_catalog(ROOT)
ACTIONS = [one for one in CATALOG.actions.values() if one.page.startswith("actions/")]
SIDE_EFFECTS = ("带动", "拖累", "其他目标的达成概率不变")


def chart(app) -> bytes:
    """The numbers that the page's chart draws."""
    charts = app.get("vega_lite_chart")  # a target without any figure has none
    return b"".join(data.data.data for one in charts for data in one.proto.datasets)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_each_lever_of_the_page_moves_its_chart_and_cards_and_names_its_side_effects(
    action, monkeypatch
):
    """Those that act before the first targets of the page are due; the others are alike."""
    monkeypatch.setattr(required, "panel", lambda *_: None)  # what a target asks takes long
    app = open_page(f"pages/{action.page}")
    moved: set[str] = set()
    for target in CATALOG.targets_of(action.id)[:3]:
        levers = CATALOG.levers_of(target.indicator)
        acting = {one.id for one in levers if one.first_year <= target.due_year} - moved
        if not acting:
            continue
        whole = CATALOG.indicators[target.indicator].kind is Kind.COUNT  # steps, not slopes
        session_of(app).choose_target(target.id)
        session_of(app).reset_levers()
        app.run()
        for slider in [one for one in app.slider if one.key[2:] in acting]:
            lever = slider.key[2:]
            before, cards = chart(app), drawings(app)
            up = slider.value < slider.max
            app.slider(key=slider.key).set_value(slider.max if up else slider.min).run()
            assert not app.exception
            assert whole or not before or chart(app) != before, lever
            assert drawings(app) != cards, lever
            assert any(words in drawings(app) for words in SIDE_EFFECTS), lever
            moved.add(lever)
    assert moved


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_where_nothing_is_held_a_lever_moves_the_reference_line(action, monkeypatch):
    monkeypatch.setattr(required, "panel", lambda *_: None)
    app = open_page(f"pages/{action.page}", release="published")
    assert "参照推演" in drawings(app)
    assert any(said in drawings(app) for said in ("须有", "公布下限", "不是本区统计数"))
    assert "达成可能性" not in drawings(app)  # odds of a start that nobody counted say nothing
    slider = app.slider[0]
    before, cards = chart(app), drawings(app)
    app.slider(key=slider.key).set_value(slider.max).run()
    assert not app.exception
    assert chart(app) != before
    assert drawings(app) != cards
    assert "较基准" in drawings(app)
    assert any(words in drawings(app) for words in SIDE_EFFECTS)
    assert [*session_of(app).settings] == [slider.key[2:]]  # the reference start is no setting


def test_each_of_ten_presses_arrives_and_none_is_written_over(monkeypatch):
    """A lever of whole things whose rate goes by 0.975 with each, so that 0.1 does not hold it.

    What is written into a slider that shows it already would take back the press after.
    """
    monkeypatch.setattr(required, "panel", lambda *_: None)
    lever = CATALOG.levers["large_projects.f2027"]
    target = next(x for x in CATALOG.targets.values() if x.indicator == lever.applies_to)
    app = open_page(f"pages/{CATALOG.actions[target.action].page}", target=target.id)
    key = f"s:{lever.id}"
    slider = app.slider(key=key)
    places = [round(slider.min + slider.step * n, 4) for n in range(1, 200)]
    ahead = [place for place in places if slider.value < place <= slider.max][:10]
    assert len(ahead) == 10
    settings = []
    for place in ahead:
        app.slider(key=key).set_value(place).run()
        assert app.slider(key=key).value == place
        assert app.number_input(key=f"n:{lever.id}").value == pytest.approx(place, abs=0.1)
        settings.append(session_of(app).settings[lever.id])
    steps = [later - earlier for earlier, later in pairwise(settings)]
    assert steps == [lever.step] * 9
