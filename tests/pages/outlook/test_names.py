"""Choices bear unique names, so that each opens what it says."""

from analytics.catalog.load import load_catalog
from pages.outlook.lab.names import target_names
from tests.support.paths import ROOT

CATALOG = load_catalog(ROOT)


def test_no_two_targets_bear_the_same_name_and_each_keeps_its_number():
    names = target_names(CATALOG.targets.values())
    assert len(set(names.values())) == len(names) == 41
    taxes = [name for one, name in names.items() if one.startswith("park_land_tax_growth")]
    assert sorted("10%左右" in name for name in taxes) == [False, True]


def test_what_only_the_section_tells_apart_says_its_section():
    one = CATALOG.targets["gross_output_registered_2027"]
    clause = one.clause.model_copy(update={"section": "另一处"})
    other = one.model_copy(update={"id": "other", "clause": clause})
    names = target_names([one, other])
    assert names["other"].endswith("｜另一处")
    assert len(set(names.values())) == 2
