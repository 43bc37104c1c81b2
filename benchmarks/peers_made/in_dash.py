"""The page in Dash, for gunicorn: ``benchmarks.peers_made.in_dash:server``."""

from typing import Any

from dash import Dash, Input, Output, dcc, html

from benchmarks.peers_made.page import HIGH, LEVERS, LOW, STEP, Shown, shown
from benchmarks.peers_made.plotly_fan import figure

app = Dash(__name__, serve_locally=True)
server = app.server


def _table(page: Shown) -> list[Any]:
    return [html.Tr([html.Td(name), html.Td(chance)]) for name, chance in page.odds]


def _layout() -> html.Div:
    page = shown([0.0] * len(LEVERS))
    sliders = [
        dcc.Slider(LOW, HIGH, STEP, value=0.0, marks=None, id=f"lever{number}", updatemode="drag")
        for number in range(len(LEVERS))
    ]
    return html.Div(
        [
            html.P(page.sentence, id="sentence"),
            html.Table(_table(page), id="odds"),
            dcc.Graph(figure=figure(page), id="fan", config={"displayModeBar": False}),
            *sliders,
        ]
    )


app.layout = _layout


@app.callback(
    Output("sentence", "children"),
    Output("odds", "children"),
    Output("fan", "figure"),
    [Input(f"lever{number}", "value") for number in range(len(LEVERS))],
    prevent_initial_call=True,
)
def _moved(*levers: float) -> tuple[str, list[Any], dict[str, Any]]:
    page = shown(list(levers))
    return page.sentence, _table(page), figure(page)
