"""Whatever is moved, figures stay possible, and more of what helps never lowers a chance."""

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from analytics.answers.steering.influence import influences
from analytics.answers.steering.margin import margin
from analytics.catalog.load import load_catalog
from analytics.domain import JINSHAN, Measure, ReasonGiven
from analytics.model.scenarios.levers import snapped
from tests.support.paths import ROOT

SETTINGS = 50  # per target
RAISED = 4  # levers, one after the other, in each of them: some 6,000 combinations in all
FEW = 120  # draws are independent of each other, so a few show what all would
TARGETS = list(load_catalog(ROOT).targets)


@pytest.fixture(scope="module")
def thin_bench(demo_bench):
    """The demo release with few draws."""
    return replace(
        demo_bench,
        baseline=MappingProxyType(
            {
                region: MappingProxyType(
                    {x: replace(one, draws=one.draws[:FEW]) for x, one in own.items()}
                )
                for region, own in demo_bench.baseline.items()
            }
        ),
    )


def _random_settings(bench, rng, names, share=0.5) -> dict[str, float]:
    """Set some levers anywhere on their sliders, the ends more often than by chance."""
    settings = {}
    for name in names:
        one = bench.catalog.adjustables[name]
        if rng.random() < share:
            at = rng.choice([one.minimum, one.maximum, rng.uniform(one.minimum, one.maximum)])
            settings[name] = snapped(one, float(at))
    return settings


@pytest.mark.parametrize("target_id", TARGETS)
def test_raising_a_lever_moves_the_probability_its_way_whatever_else_is_set(thin_bench, target_id):
    target = thin_bench.catalog.targets[target_id]
    signs = {name: sign for name, sign in influences(thin_bench, target).items() if sign}
    if target.measure is Measure.QUALITATIVE or not signs:
        return
    if isinstance(margin(thin_bench, {}, target_id), ReasonGiven):
        return
    rng = np.random.default_rng(2027 + target.order)
    others = [*influences(thin_bench, target), *thin_bench.catalog.stresses]
    for _ in range(SETTINGS):
        settings = _random_settings(thin_bench, rng, others)
        found = margin(thin_bench, settings, target_id)
        for name in rng.choice(sorted(signs), RAISED):
            lever = thin_bench.catalog.levers[str(name)]
            low, high = sorted(rng.uniform(lever.minimum, lever.maximum, size=2).tolist())
            less, more = found.outcome({lever.id: low}), found.outcome({lever.id: high})
            worse, better = (less, more) if signs[lever.id] > 0 else (more, less)
            assert np.isfinite([less[0], more[0]]).all()
            assert better[0] >= worse[0] * (1 - np.sign(worse[0]) * 1e-12), (settings, lever.id)
            if None not in (less[1], more[1]):
                assert better[1] >= worse[1], (settings, lever.id)


def test_the_combinations_tried_are_thousands(thin_bench):
    tried = [
        name
        for name in TARGETS
        if thin_bench.catalog.targets[name].measure is not Measure.QUALITATIVE
        and not isinstance(margin(thin_bench, {}, name), ReasonGiven)
    ]
    assert len(tried) * SETTINGS * RAISED >= 5000


@pytest.mark.parametrize("seed", range(5))
def test_no_setting_gives_nan_a_negative_level_or_a_share_above_the_whole(thin_bench, seed):
    rng = np.random.default_rng(seed)
    catalog = thin_bench.catalog
    for _ in range(30):
        settings = _random_settings(thin_bench, rng, catalog.adjustables)
        projections = thin_bench.projections(settings)
        for own in projections.values():
            for name, one in own.items():
                indicator = catalog.indicators[name]
                assert np.isfinite(one.draws).all(), (name, settings)
                assert (one.draws >= 0).all(), (name, settings)
                if indicator.upper is not None:
                    assert (one.draws <= indicator.upper + 1e-12).all(), (name, settings)


@pytest.mark.parametrize("seed", range(4))
def test_linked_figures_agree_in_every_draw_of_every_scenario(thin_bench, seed):
    rng = np.random.default_rng(100 + seed)
    settings = _random_settings(thin_bench, rng, thin_bench.catalog.adjustables)
    own = thin_bench.projections(settings)[JINSHAN]

    def draws(name: str, year: int = 2027) -> np.ndarray:
        return own[name].draws[:, own[name].years.index(year)]

    np.testing.assert_allclose(
        draws("strategic_emerging_share") * draws("gross_output_registered"),
        draws("strategic_emerging_output"),
    )
    np.testing.assert_allclose(
        draws("enterprise_land_output") * draws("enterprise_land"), draws("enterprise_output")
    )
    assert (draws("gross_output_territorial") >= draws("gross_output_registered")).all()
    clusters = [
        "new_materials_output",
        "intelligent_equipment_output",
        "life_health_output",
        "information_technology_output",
    ]
    counted = sum((draws(name) >= 500).astype(float) for name in clusters)
    np.testing.assert_array_equal(draws("clusters_over_50bn"), counted)


def test_the_same_scenario_gives_the_same_digits_again(demo_bench):
    rng = np.random.default_rng(7)
    settings = _random_settings(demo_bench, rng, demo_bench.catalog.adjustables, share=0.3)
    once, again = (demo_bench.view(settings).verdicts() for _ in range(2))
    shown = [(x.median, x.probability, x.verdict) for x in once.values()]
    assert shown == [(x.median, x.probability, x.verdict) for x in again.values()]
