"""Which years a chart names: seen in the drawing, since the browser works them out."""

import re

import pytest
import vl_convert

from analytics.output.charts.city import growth_spec
from analytics.output.charts.track_record import odds_spec
from tests.support.specifications import values_under

FIRST, LAST = 2010, 2025
ROWS = [{"year": year, "value": 1.5, "nature": "公布"} for year in range(FIRST, LAST + 1)]


def years_named(width: int) -> list[int]:
    spec = growth_spec("增速", "%", dark=False)
    drawn = vl_convert.vegalite_to_svg(
        {**spec, "width": width, "datasets": {"growth": ROWS}}, allowed_base_urls=[]
    )
    return sorted(int(year) for year in re.findall(r">(20[0-9]{2})</text>", drawn))


@pytest.mark.parametrize("width", [200, 330, 520])
def test_the_last_year_is_named_however_narrow_the_chart(width):
    """It is the target's; Vega's own choice of round years left it out on a phone."""
    assert years_named(width)[-1] == LAST


def test_where_there_is_room_every_year_is_named():
    assert years_named(900) == [*range(FIRST, LAST + 1)]


def test_where_there_is_none_years_are_left_out_at_even_steps():
    named = years_named(330)  # room for nine labels of 36 pixels, so every second year
    assert named == [*range(2011, LAST + 1, 2)]


def test_a_legend_has_as_many_columns_as_there_is_room_for():
    """On a phone it ran out of the picture."""
    spec = odds_spec("几成", ("甲", "乙"), dark=False)
    columns = {legend["columns"]["expr"] for legend in values_under(spec["layer"], "legend")}
    assert columns == {"max(1, floor(width / 130))"}
