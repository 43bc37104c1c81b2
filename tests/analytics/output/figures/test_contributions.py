"""The chart of what coming and going enterprises added to growth."""

import pandas as pd
import pytest

from analytics.catalog.load import load_catalog
from analytics.data.ledger.contract import load_contract
from analytics.model.projection.history import History
from analytics.output.figures import contributions as figures
from tests.support.paths import ROOT

SHOWN = {  # fractions, by indicator: 10 % comparable; 8 + 12 − 20 points make 0 %
    figures.COMPARED: {2024: 0.05, 2025: 0.10},
    figures.SIDES["持续企业"]: {2024: 0.04, 2025: 0.08},
    figures.SIDES["新进企业"]: {2024: 0.03, 2025: 0.12},
    figures.SIDES["退出企业"]: {2024: -0.02, 2025: -0.20},
}


class Bench:
    """Stands in for a release with the growth of two years."""

    def __init__(self, catalog, release, values):
        self.catalog, self.release, self._values = catalog, release, values

    def history(self, name: str, region: str) -> History:
        years = self._values.get(name, {})
        annual = pd.DataFrame(
            {
                "year": list(years),
                "value": [float(value) for value in years.values()],
                "status": "submitted",
                "lower_bound": False,
                "confidence": "high",
                "source_id": "import-1",
                "source_title": "填报：台账汇总.csv",
                "source_url": None,
                "published_text": "2026-11-24",
                "note": "",
            }
        )
        return History(self.catalog.indicators[name], region, annual, pd.DataFrame())


def test_the_three_sides_add_up_to_the_nominal_growth(catalog, demo_bench):
    figure = figures.contributions_figure(Bench(catalog, demo_bench.release, SHOWN))
    assert figure.takeaway == (
        "2025年属地产值现价增长0.0%，同一批企业可比增长+10.0%；"
        "其中持续企业+8.0个百分点，新进企业+12.0个百分点，退出企业−20.0个百分点。"
    )
    assert figure.datasets["comparable"]["nominal"].tolist() == pytest.approx([5.0, 0.0])
    assert len(figure.datasets["sides"]) == 6


def test_a_year_with_a_side_withheld_is_not_drawn(catalog, demo_bench):
    known = {**SHOWN, figures.SIDES["新进企业"]: {2025: 0.12}}
    figure = figures.contributions_figure(Bench(catalog, demo_bench.release, known))
    assert figure.datasets["comparable"]["year"].tolist() == [2025]


def test_without_a_ledger_there_is_no_chart(demo_bench):
    assert figures.contributions_figure(demo_bench) is None


def test_files_hold_what_the_page_shows(catalog, demo_bench):
    made = figures.contributions_figure(Bench(catalog, demo_bench.release, SHOWN)).details
    assert made.table["可比增速（%）"].tolist() == pytest.approx([5.0, 10.0])
    assert made.table["退出企业贡献（百分点）"].tolist() == pytest.approx([-2.0, -20.0])
    assert made.note.natures == ("填报",)
    assert made.native[0].lines[1].values == pytest.approx((3.0, 12.0))


def test_the_chart_draws_the_indicators_that_the_ledger_declares():
    declared = load_contract(ROOT, load_catalog(ROOT)).like_for_like
    sides = (declared.staying, declared.entering, declared.leaving)
    assert (figures.OF, figures.COMPARED, *figures.SIDES.values()) == (
        *(declared.of, declared.comparable),
        *sides,
    )
