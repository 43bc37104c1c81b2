"""The page in Panel, for ``panel serve``."""

import panel as pn
from bokeh.models import ColumnDataSource
from bokeh.plotting import figure

from benchmarks.peers_made.page import HIGH, LEVERS, LOW, STEP, YEARS, Shown, shown

pn.extension()


def _rows(page: Shown) -> str:
    return "".join(f"<tr><td>{name}</td><td>{chance}</td></tr>" for name, chance in page.odds)


now = shown([0.0] * len(LEVERS))
sentence = pn.pane.HTML(f"<p id='sentence'>{now.sentence}</p>")
odds = pn.pane.HTML(f"<table>{_rows(now)}</table>")
numbers = ColumnDataSource({"year": list(YEARS), **now.bands})
fan = figure(height=340, sizing_mode="stretch_width", toolbar_location=None)
for width in ("95", "80", "50"):
    fan.varea("year", f"low{width}", f"high{width}", source=numbers, fill_alpha=0.2)
fan.line("year", "median", source=numbers, line_width=2)
levers = [
    pn.widgets.FloatSlider(name=name, start=LOW, end=HIGH, step=STEP, value=0.0) for name in LEVERS
]


def _move(*values: float) -> None:
    after = shown(list(values))
    sentence.object = f"<p id='sentence'>{after.sentence}</p>"
    odds.object = f"<table>{_rows(after)}</table>"
    numbers.data = {"year": list(YEARS), **after.bands}


pn.bind(_move, *levers, watch=True)
pn.Column(sentence, odds, pn.pane.Bokeh(fan), *levers).servable()
