"""A scenario survives a link and a file to the digit; what is wrong is said in Chinese."""

import json
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.catalog.load import load_catalog
from analytics.domain import Release, Scenario
from analytics.model.scenarios import links
from analytics.model.scenarios.files import LARGEST, from_json, to_json
from analytics.model.scenarios.levers import settings_from_query, settings_to_query, snapped
from tests.support.paths import ROOT

CATALOG = load_catalog(ROOT)
KNOWN = CATALOG.adjustables
SLIDERS = {**CATALOG.levers, **CATALOG.stresses}  # a typed start has a longer name in links
OUTPUT, PROJECTS = "gross_output_registered.g2027", "large_projects.f2027"
RELEASE = Release(
    id="demo-2026-10-31-abcdef12",
    name="demo",
    title_zh="演示",
    hash="abcdef12" * 8,
    created_on="2026-11-23",
    as_of="2026-10-31",
    files={},
    counts={},
)


@st.composite
def on_the_slider(draw, most: int = 20) -> dict[str, float]:
    """Draw settings, each at a position its slider can take."""
    names = draw(st.lists(st.sampled_from(sorted(KNOWN)), unique=True, max_size=most))
    found = {}
    for name in names:
        one = KNOWN[name]
        low, high = round(one.minimum / one.step), round(one.maximum / one.step)
        found[name] = snapped(one, draw(st.integers(low, high)) * one.step)
    return {name: value for name, value in found.items() if value}


names = st.text(max_size=30)


# ── links ────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=150, deadline=None)
@given(on_the_slider(), names)
def test_a_scenario_comes_back_from_a_link_as_it_was(chosen, name):
    scenario = links.scenario_of(name, chosen, RELEASE.id)
    packed = links.pack(scenario, KNOWN)
    assert links.unpack(packed, KNOWN, RELEASE.id) == (scenario, [])


@settings(max_examples=100, deadline=None)
@given(on_the_slider())
def test_stress_tests_and_levers_share_the_address_bar(chosen):
    assert settings_from_query(settings_to_query(chosen, KNOWN), KNOWN) == (chosen, [])


def test_a_packed_scenario_can_be_read_by_eye():
    scenario = links.scenario_of("加压", {OUTPUT: 0.015, PROJECTS: -3.0, "stress.repeat_2022": 1.0})
    assert links.pack(scenario, KNOWN) == "sd27~1.5_xm27~-3_zy22~1__加压"


def test_twenty_levers_and_four_scenarios_of_twenty_fit_a_link():
    longest = sorted(SLIDERS, key=lambda name: -len(_longest(name)))[:20]
    moved = {name: _longest_value(name) for name in longest}
    scenario = links.scenario_of("情景" * 10, moved)
    query = {
        "v": str(links.LINK_VERSION),
        "release": "published-2026-01-22-777d988d",
        "target": "enterprise_land_output_growth_2027",
        **settings_to_query(moved, KNOWN),
        **{f"s{n}": links.pack(scenario, KNOWN) for n in range(links.MOST_SCENARIOS)},
    }
    address = f"http://www.example.gov.cn/{quote_plus('情景实验室')}?{urlencode(query)}"
    assert len(address) < links.LONGEST_LINK


def _longest_value(name: str) -> float:
    one = KNOWN[name]
    return max(
        (snapped(one, one.minimum + steps * one.step) for steps in range(2)),
        key=lambda value: len(settings_to_query({name: value}, KNOWN).get(one.code, "")),
    )


def _longest(name: str) -> str:
    return "".join(*settings_to_query({name: _longest_value(name)}, KNOWN).items())


def test_codes_are_short_stable_and_each_given_once():
    codes = [one.code for one in KNOWN.values()]
    assert len(set(codes)) == len(codes)
    assert not {sign for code in codes for sign in code} & set("_~")  # what parts a link
    assert max(len(one.code) for one in SLIDERS.values()) <= 5
    # these are in links that were sent: a code may be added, never changed
    sent = {OUTPUT: "sd27", "gross_output_territorial.g2035": "zd35", PROJECTS: "xm27"}
    sent["start.gross_output_registered.2025"] = "start-gross-output-registered-2025"
    assert {name: KNOWN[name].code for name in sent} == sent


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("foo27~1__甲", "情景“甲”：未知的参数“foo27”，已忽略"),
        ("sd27~abc__甲", "的值“abc”不是数字"),
        ("sd27~nan__甲", "的值“nan”不是数字"),
        ("sd27~99__甲", "不在可选值内（范围-10～10），已取10"),
        ("sd27~1.55__甲", "不在可选值内（步长0.1）"),
        ("sd27__甲", "的值“”不是数字"),
        ("sd27~1_sd27~2__甲", "给出了两次，只取前一个"),
        ("zy22~2__甲", "“重演2022年”的值“2”不在可选值内（范围0～1），已取1"),
        ("sd27~1__", "名称“”已改为“未命名”"),
        ("sd27~1__" + "长" * 21, f"已改为“{'长' * 20}”"),
    ],
)
def test_each_fault_of_a_packed_scenario_is_named(text, problem):
    scenario, problems = links.unpack(text, KNOWN)
    assert scenario is not None
    assert len(problems) == 1
    assert problem in problems[0]


@pytest.mark.parametrize("text", ["", "sd27~1", "乱码", "_", "~"])
def test_a_torn_scenario_is_left_out_and_said(text):
    assert links.unpack(text, KNOWN) == (
        None,
        [f"链接中的情景“{text}”缺少名称或不完整，已忽略"],
    )


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("sdxm27~_.-1e甲 &=%\n"), max_size=40))
def test_whatever_is_pasted_gives_settings_a_slider_can_take(text):
    scenario, problems = links.unpack(text, KNOWN)
    assert scenario is not None or problems
    for name, value in scenario.settings if scenario else ():
        assert snapped(KNOWN[name], value) == value


@pytest.mark.parametrize(
    ("version", "said"),
    [(None, ""), ("1", ""), ("0", "较旧的程序"), ("2", "较新的程序"), ("x", "无法识别")]
    + [(digit, "无法识别") for digit in ("²", "①", "١", "1²")],  # int() reads only the third
)
def test_a_link_of_another_version_is_reported(version, said):
    assert said in links.version_problem(version)
    assert bool(links.version_problem(version)) is bool(said)


# ── files ────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=100, deadline=None)
@given(on_the_slider(), names)
def test_a_scenario_comes_back_from_a_file_as_it_was(chosen, name):
    scenario = links.scenario_of(name, chosen, RELEASE.id)
    text = to_json(scenario, RELEASE, CATALOG)
    assert from_json(text, CATALOG, RELEASE) == (scenario, [])
    assert from_json(text.encode("utf-8-sig"), CATALOG, RELEASE) == (scenario, [])


def test_a_file_says_what_a_reader_needs():
    scenario = links.scenario_of("加压", {OUTPUT: 0.015, PROJECTS: 12.0}, RELEASE.id)
    content = json.loads(to_json(scenario, RELEASE, CATALOG))
    assert content["format"] == "jinshan-scenario"
    assert content["schema"] == 1
    assert content["release"] == {"id": RELEASE.id, "hash": RELEASE.hash}
    assert content["settings"] == [
        {
            "lever": OUTPUT,
            "value": 1.5,
            "unit": "个百分点",
            "name": "规模以上工业属地产值年均增速增减（2025—2027年）",
        },
        {
            "lever": PROJECTS,
            "value": 12.0,
            "unit": "个",
            "name": "重点产业集群亿元以上引进项目每年新增量增减（2025—2027年）",
        },
    ]


def _file(**changes) -> str:
    content = json.loads(to_json(links.scenario_of("甲", {OUTPUT: 0.01}), RELEASE, CATALOG))
    return json.dumps(content | changes)


def _row(**changes) -> str:
    return _file(settings=[{"lever": OUTPUT, "value": 1.0} | changes])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "不是有效的 JSON（第1行第1列）"),
        ("{", "不是有效的 JSON"),
        (b"\xff\xfe\x00", "不是 UTF-8 文本"),
        ('{"name": "\\ud800x"}', "不是文字的字符"),
        ("[" * 60_000, "嵌套过深"),
        ('{"format": NaN}', "NaN"),
        (" " * (LARGEST + 1), "情景文件过大"),
        ("[]", "不是情景文件"),
        (_file(format="other"), "不是情景文件：format 应为“jinshan-scenario”"),
        (_file(schema=2), "文件为第2版，本程序只能读到第1版"),
        (_file(schema="1"), "schema：应为正整数"),
        (_file(schema=True), "schema：应为正整数"),
        (_file(name=3), "name：应为文字"),
        (_file(release="demo"), "release：应写明数据版本的 id 与 hash"),
        (_file(settings={}), "settings：应为数组"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_one_reason(text, problem):
    scenario, problems = from_json(text, CATALOG, RELEASE)
    assert scenario is None
    assert len(problems) == 1
    assert problem in problems[0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (_row(lever="steel.g2027"), "未知的参数“steel.g2027”"),
        (_row(lever=7), "settings 第1项：lever 应为文字"),
        (_row(value="1"), "value 应为有限的数"),
        (_row(value=True), "value 应为有限的数"),
        (_row(value=None), "value 应为有限的数"),
        (_row(value=10**400), "value 应为有限的数"),
        (_row(value=1.55), "不在可选值内（步长0.1）"),
        (_row(value=99), "不在可选值内（范围-10～10）"),
        (_file(settings=["x"]), "settings 第1项：lever 应为文字"),
        (_file(extra=1), "未知的键“extra”"),
        (_file(name="长" * 30), "已改为"),
        (_file(release={"id": "other", "hash": "x"}), "基于数据版本“other”"),
        (_file(release={"id": RELEASE.id, "hash": "x"}), "校验值与情景文件所记不一致"),
    ],
)
def test_a_fault_inside_a_file_is_named_and_the_rest_is_taken(text, problem):
    scenario, problems = from_json(text, CATALOG, RELEASE)
    assert isinstance(scenario, Scenario)
    assert len(problems) == 1
    assert problem in problems[0]


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["lever", "value", "settings", "name"]), inner)
        ),
        max_leaves=8,
    )
)
def test_no_file_brings_the_reader_down(inside):
    for text in (json.dumps(inside), _file(settings=inside), _file(settings=[inside])):
        scenario, problems = from_json(text, CATALOG, RELEASE)
        assert scenario is not None or problems
