"""What widgets show: the visitor's choice, also where the browser still loads their code."""

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates

from pages.common import widgets
from tests.support.pages import EXPAND, HOME, open_page

LAB = "pages/outlook/scenario_lab.py"
OUTPUT = "gross_output_registered.g2027"
MOVED = {OUTPUT: "2.5", "target": "gross_output_registered_2027", "until": "2035"}
LEVERS = {"slider": f"s:{OUTPUT}", "number_input": f"n:{OUTPUT}"}
LINKED = [  # page, its link, and widgets of it that the link sets, by kind
    (EXPAND, MOVED, LEVERS | {"button_group": "horizon_choice"}),
    (HOME, {"action": "boost_supply"}, {"selectbox": "option_action"}),
    (LAB, {"section": "stress", "zy22": "1"}, {"toggle": "stress:stress.repeat_2022"}),
]


def written(app, kind: str, key: str) -> bool:
    """Whether the browser is told to show a value in this widget."""
    return getattr(app, kind)(key=key).proto.set_value


@pytest.mark.parametrize(("script", "link", "shown"), LINKED)
def test_a_widget_is_told_what_to_show_until_the_browser_has_it(script, link, shown):
    app = open_page(script, **link)
    app._run(WidgetStates())  # something asks for a run while the widgets' code is loaded
    assert all(written(app, *one) for one in shown.items())
    app.run()
    assert not any(written(app, *one) for one in shown.items())


@pytest.mark.parametrize(
    ("heard", "interrupted", "seconds", "rate"),
    [(False, False, 0, 5.7), (True, True, 0, 5.7), (True, False, 60, 5.7), (True, False, 0, 4.7)],
    ids=[
        "sent before it heard of the move: overtaken",
        "sent while the move was still being shown: overtaken",
        "sent before the field can have been drawn: overtaken",
        "sent after it: typed",
    ],
)
def test_a_typed_value_that_was_shown_before_counts_once_the_browser_shows_the_move(
    monkeypatch, heard, interrupted, seconds, rate
):
    monkeypatch.setattr(widgets, "DRAWN_SECONDS", seconds)
    app = open_page(EXPAND, target="gross_output_registered_2027").run()
    slider, field = app.slider(key=f"s:{OUTPUT}"), app.number_input(key=f"n:{OUTPUT}")
    shown, before = field.value, dict(app.query_params)
    slider.set_value(5.7).run()
    assert (shown, app.number_input(key=f"n:{OUTPUT}").value) == (4.7, 5.7)
    app.query_params = dict(app.query_params) if heard else before
    app.session_state["session"].is_running = interrupted
    app.number_input(key=f"n:{OUTPUT}").set_value(shown).run()
    assert app.slider(key=f"s:{OUTPUT}").value == rate
    assert app.number_input(key=f"n:{OUTPUT}").value == rate
