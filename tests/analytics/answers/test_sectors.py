"""An output by sector: shares and pulls of what is held, and never what is left over."""

import pytest

from analytics.answers.reports.sectors import sectors
from analytics.domain import SectorsBlock


def blocks(bench) -> list[SectorsBlock]:
    """The blocks that the plan's page of scale declares."""
    found = bench.catalog.actions["expand_scale"].blocks
    return [block for block in found if isinstance(block, SectorsBlock)]


def test_each_sector_is_set_against_the_whole_of_its_year(demo_bench):
    view = demo_bench.view({})
    for block in blocks(demo_bench):
        whole = demo_bench.history(block.whole).values
        found = sectors(view, block)
        assert [one.indicator.id for one in found] == list(block.parts)
        for one in found:
            values = demo_bench.history(one.indicator.id).values
            assert one.value == values[one.year]
            assert one.share * whole[one.year] == pytest.approx(one.value)
            # what the whole would have grown by, had only this sector changed
            before = whole[one.year - 1]
            alone = before + values[one.year] - values[one.year - 1]
            assert one.pull == pytest.approx(alone / before - 1)
        assert sum(one.share for one in found) <= 1


def test_a_release_without_the_sectors_own_values_has_none(published_bench):
    assert [sectors(published_bench.view({}), one) for one in blocks(published_bench)] == [(), ()]
