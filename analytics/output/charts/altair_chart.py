"""A specification with its data as an Altair chart, for notebooks and scripts."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from altair.typing import ChartType


def altair_chart(
    spec: Mapping[str, Any], datasets: Mapping[str, Sequence[Mapping[str, Any]]]
) -> ChartType:
    """Join a Vega-Lite specification and its named data."""
    chart: ChartType = alt.Chart.from_dict({**spec, "datasets": {**datasets}})
    return chart
