"""How judgements in a scenario stand beside those without it."""

from dataclasses import replace

import pytest

from analytics.answers.narrative.changes_zh import change_zh
from pages.common.prospects import touched

SETTINGS = {
    "a lever of the city": {"gross_output_above_scale.g2027": -0.005},
    "a lever of the district": {"gross_output_registered.g2027": 0.02},
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_what_a_scenario_changes_is_said_alike_though_the_release_was_told_to_forget(
    demo_bench, settings
):
    bench = replace(demo_bench)
    before = bench.view({})
    view = bench.view(settings, before)
    items = list(view.verdicts().values())
    pairs = touched(view, items)
    assert {new.target.id for _, new in pairs} == {
        item.target.id for item in items if before.verdict(item.target.id) is not item
    }
    said = change_zh(pairs, view.outlook(), before.outlook())
    before.forget()  # as when it is closed, or more is known of it, while a page runs
    assert change_zh(touched(view, items), view.outlook(), before.outlook()) == said
