"""A visitor's notes: from the link on the chart, taken off and put on again."""

import json

from tests.support.pages import EXPAND, open_page, open_tab, query, warnings

TARGET = "gross_output_registered_2027"


def noted_years(app) -> int:
    """How many layers of the first chart are drawn of notes."""
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    return sum(layer.get("data") == {"name": "notes"} for layer in spec["layer"])


def test_a_note_of_a_link_is_drawn_taken_off_and_written_anew():
    app = open_page(EXPAND, target=TARGET, note1=f"{TARGET}~2022~封控", note2="无~2022~x")
    assert noted_years(app) == 2  # the line and the words
    assert "图上注记“无~2022~x”" in warnings(app)
    open_tab(app, "图上注记")
    app.button(key="note_drop_0").click().run()
    assert noted_years(app) == 0
    assert "note1" not in query(app)
    app.selectbox(key="note_year").set_value(2023)
    app.text_input(key="note_words").set_value("经济普查")
    app.button(key="note_add").click().run()
    assert query(app)["note1"] == f"{TARGET}~2023~经济普查"
    assert noted_years(app) == 2
    assert app.text_input(key="note_words").value == ""
