"""Every kind of mistake in the catalog is refused, naming file and key."""

import shutil

import pytest

from analytics.catalog.load import CatalogError, load_catalog
from tests.support.paths import ROOT

FIRST = "[targets.gross_output_territorial_2027]\n"
MISTAKES = [
    # file, text, replacement, key in the message, problem in the message
    # The first target's value stands on line 15 of its file.
    ("targets", "value = 3000", "value = 3000亿元", "第15行第13列", "TOML 语法错误"),
    ("targets", "value = 3000", 'value = "3000', "第15行第14列", "TOML 语法错误"),
    ("targets", "value = 3000", "value = 3000\nvalue = 1", "第16行第10列", "写了两次"),
    ("targets", "drone_output_2027]", "new_display_output_2027]",
     "targets.new_display_output_2027", "标识重复"),
    ("targets", FIRST, FIRST + "tolerence = 0.1\n",
     "targets.gross_output_territorial_2027.tolerence", "未知的键"),
    ("targets", FIRST, FIRST + 'id = "x"\n',
     "targets.gross_output_territorial_2027.id", "未知的键"),
    ("targets", FIRST, 'wording = "x"\n' + FIRST, "wording", "未知的键"),
    ("targets", FIRST, "[targets]\nx = 1\n" + FIRST, "targets.x", "应为一个表"),
    ("targets", 'wording = "属地产值突破2000亿元"', "",
     "targets.gross_output_registered_2027.wording", "缺少必填项"),
    ("targets", "value = 3000", 'value = "3000"',
     "targets.gross_output_territorial_2027.value", "应为数字"),
    ("targets", "value = 3000", "value = true",
     "targets.gross_output_territorial_2027.value", "应为数字"),
    ("targets", "value = 3000", "value = nan",
     "targets.gross_output_territorial_2027.value", "应为有限的数"),
    ("targets", "due_year = 2025", "due_year = 2025.5",
     "targets.clusters_over_50bn_2025.due_year", "应为整数"),
    ("targets", 'name_zh = "无人机产值"', "name_zh = 7",
     "targets.drone_output_2027.name_zh", "应为文字"),
    ("targets", 'operator = "range"', 'operator = "between"',
     "targets.municipal_speciality_parks_2027.operator", "应为 gt, ge, approx"),
    ("targets", "value = 3000", "", "targets.gross_output_territorial_2027.value", "缺少必填项"),
    ("targets", 'operator = "rise"', 'operator = "rise"\nvalue = 1',
     "targets.green_capacity_coverage_2027.value", "不应有数值"),
    ("targets", "value_high = 2", "",
     "targets.municipal_speciality_parks_2027.value_high", "区间目标须有上限"),
    ("targets", 'operator = "gt"\nvalue = 2000\n', 'operator = "rise"\n',
     "targets.gross_output_registered_2027.operator", "不适用于 measure = \"level\""),
    ("targets", "value = 2000\n", "value = 2000\nbase_year = 2027\n",
     "targets.gross_output_registered_2027.base_year", "须早于到期年份（2027年）"),
    ("targets", 'value = 2000\nunit = "亿元"\ndue_year = 2027',
     'value = 2000\nunit = "亿元"\ndue_year = 2023',
     "targets.gross_output_registered_2027.due_year", "假定的基期（2023年）"),
    ("targets", "value = 2000\n", "value = -5\n",
     "targets.gross_output_registered_2027.value", "应为正数"),
    ("targets", "value = 2000\n", "value = 0\n",
     "targets.gross_output_registered_2027.value", "应为正数"),
    ("targets", 'value = 2000\nunit = "亿元"', 'value = 2000\nunit = "万元"',
     "targets.gross_output_registered_2027.unit", "指标的单位（亿元）"),
    ("targets", 'value = 7\nunit = "%"', 'value = 7\nunit = "亿元"',
     "targets.enterprise_output_growth_2027.unit", "单位应为 %"),
    ("targets", "value_high = 2\n", "value_high = 1\n",
     "targets.municipal_speciality_parks_2027.value_high", "上限须大于下限"),
    ("targets", "tolerance = 0.05\n", "tolerance = 1.5\n",
     "targets.enterprise_output_growth_2027.tolerance", "之间的小数"),
    ("targets", ', operator = "ge" }]', ', operator = "rise" }]',
     "targets.park_land_output_growth_2027.restated.1.operator", "不适用于 measure = \"cagr\""),
    ("targets", ', operator = "ge" }]', ', operator = "range" }]',
     "targets.park_land_output_growth_2027.restated.1.operator", "本身不是区间"),
    ("targets", ', operator = "ge" }]', ", value = -8 }]",
     "targets.park_land_output_growth_2027.restated.1.value", "应为正数"),
    ("targets", 'measure = "level"', 'measure = "cumulative"',
     "targets.gross_output_territorial_2027.measure", "须逐年累加"),
    ("targets", 'indicator = "drone_output"\nmeasure = "level"',
     'indicator = "drone_output"\nmeasure = "relative_to_city"',
     "targets.drone_output_2027.measure", "须有 city_counterpart"),
    ("targets", 'indicator = "drone_output"', 'indicator = "drones"',
     "targets.drone_output_2027.indicator", "“drones”没有定义"),
    ("targets", 'action = "boost_supply"', 'action = "boost"',
     "targets.industrial_land_supply_2027.action", "“boost”没有定义"),
    ("actions", 'kind = "readings"', 'kind = "reading"',
     "actions.promote_transition.blocks.0", "kind 的取值无效"),
    ("actions", 'kind = "readings", indicator = "park_land_tax"',
     'kind = "readings", indicator = "park_tax"',
     "actions.promote_transition.blocks.0", "“park_tax”没有目标"),
    ("actions", 'lever = "industrial_land_supply.f2027"', 'lever = "gross_output_registered.g2027"',
     "actions.promote_transition.blocks.1", "不作用于所列的面积"),
    ("actions", '{ indicator = "park_land_output", name_zh', '{ indicator = "park_output", name_zh',
     "actions.promote_transition.blocks.1", "“park_output”不是两个指标之比"),
    ("actions", 'target = "rd_intensity_2027"', 'target = "drone_output_2027"',
     "actions.strengthen_innovation.blocks.0", "不是与全市相比的目标"),
    ("actions", 'target = "strategic_emerging_share_2027"', 'target = "drone_output_2027"',
     "actions.strengthen_innovation.blocks.1", "“drone_output”不是两个指标之比"),
    ("actions", 'own = "specialized_sme_growth"', 'own = "gdp"',
     "actions.upgrade_capacity.blocks.0", "“gdp”没有定义"),
    ("actions", 'growth = "gross_output_above_scale_yoy"', 'growth = "gdp_growth_of_all"',
     "actions.faster_than_city.blocks.0", "“gdp_growth_of_all”没有定义"),
    ("indicators", '[indicators.gdp]\n', "[indicators.gdp]\nacumulates = true\n",
     "indicators.gdp.acumulates", "未知的键"),
    ("indicators", "accumulates = true", "accumulates = 1",
     "indicators.signed_investment.accumulates", "应为 true 或 false"),
    ("indicators", 'kind = "level"\nprior = "pooled"\nfrequency = "quarterly"',
     'kind = "level"\nfrequency = "quarterly"', "indicators.gdp.prior", "缺少必填项"),
    ("indicators", 'kind = "share"\nprior = "share"', 'kind = "share"\nprior = "pooled"',
     "indicators.green_capacity_coverage.prior", "“pooled”不适用于类型 share"),
    ("indicators", 'kind = "level"\nprior = "pooled"', 'kind = "level"\nprior = "count"',
     "indicators.gross_output_territorial.prior", "“count”不适用于类型 level"),
    ("indicators", 'kind = "level"\nprior = "pooled"', 'kind = "level"\nprior = "mars"',
     "indicators.gross_output_territorial.prior", "应为 pooled, real"),
    ("indicators", 'kind = "growth"', 'kind = "growth"\nprior = "pooled"',
     "indicators.gross_output_registered_comparable_yoy.prior", "不设增长先验"),
    ("indicators", 'name_en = "Gross domestic product"\n', "",
     "indicators.gdp.name_en", "缺少必填项"),
    ("indicators", 'city_counterpart = "gdp"', 'city_counterpart = "city_gdp"',
     "indicators.gdp.city_counterpart", "“city_gdp”没有定义"),
    ("indicators", '["park_output", "park_land"]', '["park_output", "land"]',
     "indicators.park_land_output.identity.of", "“land”没有定义"),
    ("indicators", '["park_output", "park_land"]', '["park_output"]',
     "indicators.park_land_output.identity.of", "个数不对"),
    ("indicators", 'op = "at_least", of = ["gross_output_registered"]',
     'op = "at_least", of = ["gross_output"]',
     "indicators.gross_output_territorial.identity.of",
     "循环引用自身（gross_output_territorial→gross_output→gross_output_territorial）"),
    ("indicators", '{ op = "ratio", of = ["park_tax"', '{ op = "quotient", of = ["park_tax"',
     "indicators.park_land_tax.identity.op", "“quotient”无效"),
    ("indicators", '{ op = "ratio", of = ["park_tax"', '{ opp = 1, of = ["park_tax"',
     "indicators.park_land_tax.identity.op", "缺少必填项"),
    ("indicators", ", threshold = 500", "",
     "indicators.clusters_over_50bn.identity.threshold", "缺少必填项"),
    ("indicators", '{ op = "same", of = ["gross_output_registered"] }', '"same"',
     "indicators.enterprise_output.identity", "应为一个表"),
    ("levers", "[levers.drone_output]", "[levers.drones]", "levers.drones", "没有定义"),
    ("levers", "[levers.drone_output]", "[levers.park_land_tax]",
     "levers.park_land_tax", "由其他指标算出"),
    ("levers", "step = 0.001\n", "step = 0.001\nsteps = 3\n",
     "levers.gross_output_territorial.steps", "未知的键"),
    ("levers", "maximum = 50\n", "maximum = 50.5\n",
     "levers.large_projects.maximum", "须为整数"),
    ("levers", "minimum = -50\n", "minimum = 5\n", "levers.large_projects.minimum", "跨过 0"),
    ("levers", "step = 0.001\n", "step = 0\n", "levers.gross_output_territorial.step", "步长"),
    ("levers", "maximum = 0.1\n", "maximum = 0.1005\n",
     "levers.gross_output_territorial.maximum", "步长的整数倍"),
    ("levers", "move = 0.01\n", "move = 0.2\n", "levers.gross_output_territorial.move", "一次变动"),
    ("levers", "move = 0.01\n", "move = 0.01\neffect_sign = 2\n",
     "levers.gross_output_territorial.effect_sign", "−1"),
    ("levers", 'code = "sd"', 'code = "zd"', "levers.gross_output_registered.code", "重复"),
    ("levers", 'code = "sd"', 'code = "S1"', "levers.gross_output_registered.code", "小写字母"),
    ("stresses", 'applies_to = ["green_chemical_output"]', 'applies_to = ["chemistry"]',
     "stresses.chemical_price_fall.applies_to", "没有定义"),
    ("stresses", 'applies_to = ["green_chemical_output"]', 'applies_to = ["park_land_output"]',
     "stresses.chemical_price_fall.applies_to", "不能直接受冲击"),
    ("stresses", "shock = -0.1", "shock = 0.1", "stresses.chemical_price_fall.shock", "之间的小数"),
    ("stresses", "shock = -0.1\n", "", "stresses.chemical_price_fall", "恰好写明一项"),
    ("stresses", "against = [2017, 2018, 2019]\n", "", "stresses.repeat_2022.against", "比较"),
    ("stresses", 'basis_zh = "设定假设"', 'basis_zh = " "', "stresses.chemical_price_fall", "来源"),
    ("presets", "share = 0.25\n", "", "presets.pressed.share", "缺少必填项"),
    ("presets", "share = 0.25\n", "share = 1.5\n", "presets.pressed.share", "之间的小数"),
    ("presets", "share = 0.25\n", "share = 0.25\nquantile = 0.3\n",
     "presets.pressed.quantile", "不用此项"),
    ("actions", 'heading = "优化高端绿色化工"\n', "",
     "actions.expand_scale.tasks.1.heading", "缺少必填项"),
    ("actions", 'summary_zh = "扩规模，', 'order = 3\nsummary_zh = "扩规模，',
     "actions.expand_scale.order", "未知的键"),
    ("actions", 'url_path = "强创新"', 'url_path = "促转型"',
     "actions.strengthen_innovation.url_path", "“促转型”重复"),
    ("sources", "licence = ", "license = ", "licence", "缺少必填项"),
    ("sources", "published_on = 2024-06-11", 'published_on = "去年"',
     "sources.action_plan.published_on", "取值无效"),
    ("sources", "official_domains = [", 'official_domains = "gov.cn"\nofficial = [',
     "official_domains", "应为数组"),
    ("sources", 'publisher = "', 'publisherr = "', "sources.action_plan.publisherr", "未知的键"),
]  # fmt: skip


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "data/catalog", tmp_path / "data/catalog")
    return tmp_path


@pytest.mark.parametrize(("file", "old", "new", "key", "problem"), MISTAKES)
def test_a_mistake_in_the_catalog_is_refused_naming_file_and_key(
    copy, file, old, new, key, problem
):
    path = copy / f"data/catalog/{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogError) as refused:
        load_catalog(copy)
    assert str(refused.value).startswith(f"data/catalog/{file}.toml：{key}：")
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    "file", ["indicators", "actions", "targets", "levers", "stresses", "presets", "sources"]
)
def test_a_missing_garbled_or_empty_file_is_named(copy, file):
    path = copy / f"data/catalog/{file}.toml"
    path.write_text("", encoding="utf-8")
    with pytest.raises(CatalogError, match=rf"^data/catalog/{file}\.toml：\w+：缺少必填项"):
        load_catalog(copy)
    path.write_bytes("名称".encode("gb18030"))
    with pytest.raises(CatalogError, match=rf"^data/catalog/{file}\.toml：不是 UTF-8 文本$"):
        load_catalog(copy)
    path.unlink()
    with pytest.raises(CatalogError, match=rf"^data/catalog/{file}\.toml：文件不存在$"):
        load_catalog(copy)
