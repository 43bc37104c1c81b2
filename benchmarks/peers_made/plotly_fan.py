"""The fan chart as Plotly draws it, for Dash and NiceGUI."""

from typing import Any

from benchmarks.peers_made.page import YEARS, Shown


def figure(page: Shown) -> dict[str, Any]:
    """Lay out three bands and the median."""
    traces: list[dict[str, Any]] = []
    for width in ("95", "80", "50"):
        for side in ("low", "high"):
            traces.append(
                {
                    "x": list(YEARS),
                    "y": page.bands[side + width],
                    "mode": "lines",
                    "line": {"width": 0},
                    "fill": "tonexty" if side == "high" else None,
                    "fillcolor": "rgba(0,114,178,0.2)",
                    "showlegend": False,
                }
            )
    traces.append({"x": list(YEARS), "y": page.bands["median"], "mode": "lines"})
    layout = {"height": 340, "margin": {"l": 40, "r": 10, "t": 10, "b": 30}, "showlegend": False}
    return {"data": traces, "layout": layout}
