"""The page in NiceGUI: ``python -m benchmarks.peers_made.in_nicegui PORT``."""

import sys

from nicegui import ui

from benchmarks.peers_made.page import HIGH, LEVERS, LOW, STEP, shown
from benchmarks.peers_made.plotly_fan import figure


@ui.page("/")
def page() -> None:
    """Show the page to one visitor."""
    levers = [0.0] * len(LEVERS)
    now = shown(levers)
    sentence = ui.label(now.sentence).props("id=sentence")
    rows = [ui.label(f"{name} {chance}") for name, chance in now.odds]
    chart = ui.plotly(figure(now))

    def move(number: int, value: float) -> None:
        levers[number] = value
        after = shown(levers)
        sentence.set_text(after.sentence)
        for row, (name, chance) in zip(rows, after.odds, strict=True):
            row.set_text(f"{name} {chance}")
        chart.update_figure(figure(after))

    for number in range(len(LEVERS)):
        ui.slider(
            min=LOW,
            max=HIGH,
            step=STEP,
            value=0.0,
            on_change=lambda event, number=number: move(number, event.value),
        )


ui.run(host="127.0.0.1", port=int(sys.argv[1]), show=False, reload=False)
