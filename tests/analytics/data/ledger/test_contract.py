"""What ledger.toml declares, and what it refuses."""

import shutil

import pytest

from analytics.catalog.load import load_catalog
from analytics.catalog.toml import CatalogError
from analytics.data.imports.batch import KIND_ZH
from analytics.data.ledger import checks
from analytics.data.ledger.checks import Rule
from analytics.data.ledger.contract import load_contract
from tests.support.paths import ROOT


@pytest.fixture
def changed(tmp_path, catalog):
    """Load the contract with some words of its file replaced."""
    shutil.copytree(ROOT / "data/catalog", tmp_path / "data/catalog")
    path = tmp_path / "data/catalog/ledger.toml"

    def load(old: str, new: str):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return load_contract(tmp_path, catalog)

    return load


def test_every_indicator_of_the_ledger_is_in_the_catalog():
    catalog = load_catalog(ROOT)
    contract = load_contract(ROOT, catalog)
    assert len(contract.indicators) == 40
    assert set(contract.indicators) <= catalog.indicators.keys()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('measure = "land"', 'measure = "floor"', "sums.park_land.measure：未知的列“floor”"),
        ('cluster = "新材料"', 'cluster = "新料"', "sums.new_materials_output.cluster：“新料”不在"),
        ("[sums.drone_output]", "[sums.kites]", "kites：indicators.toml 中没有这个指标"),
        ('flag = "listed_since"', 'flag = "rich"', "counts.listed_firms.flag：未知的标志“rich”"),
        ('place = "属地"\ncluster = "新材料"', 'place = "全区"', "place：取值无效"),
        ('"rd_registered", "rev', '"rd_nowhere", "rev', "ratios.rd_intensity.of：没有声明的合计"),
        ("tax = { name_zh", "taxes = { name_zh", "columns.tax：缺少必填项"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(changed, old, new, message):
    with pytest.raises(CatalogError) as found:
        changed(old, new)
    assert str(found.value).startswith("data/catalog/ledger.toml：")
    assert message in str(found.value)


def test_a_monthly_indicator_cannot_be_narrowed(changed):
    with pytest.raises(CatalogError, match="月度指标只能是产值或投资的全部合计"):
        changed(
            '[sums.gross_output_registered]\nmeasure = "output_to_date"',
            '[sums.gross_output_registered]\ncluster = "新材料"\nmeasure = "output_to_date"',
        )


def test_every_column_and_every_rule_is_in_the_handbook():
    handbook = (ROOT / "docs/ledger.md").read_text(encoding="utf-8")
    for name, column in load_contract(ROOT, load_catalog(ROOT)).columns.items():
        assert f"| `{name}` | {column.name_zh} |" in handbook
    rules = [*checks.ROW_RULES.values(), *(r for r in vars(checks).values() if isinstance(r, Rule))]
    assert len(rules) > 14
    for rule in rules:
        assert f"| {rule.name_zh} | {KIND_ZH[rule.kind]} |" in handbook
