"""The public face: every example in it runs, and mistakes are named in Chinese."""

import doctest

import pytest

from analytics import api

DOCUMENTED = {
    f"{owner.__name__}.{name}"
    for owner in (api.OpenedRelease, api.MovedRelease)
    for name in vars(owner)
    if not name.startswith("_") and name not in owner.__dataclass_fields__
} | {"open_release"}
WITHOUT_EXAMPLE = {"OpenedRelease.release", "OpenedRelease.baseline"}  # shown in every other


@pytest.fixture(scope="module")
def releases(demo_bench, published_bench):
    """The releases opened once, since reading them is what takes time."""
    benches = {"demo": demo_bench, "published": published_bench}
    return {name: api.OpenedRelease(bench) for name, bench in benches.items()}


@pytest.fixture(scope="module")
def demo(releases):
    return releases["demo"]


def _examples() -> list[doctest.DocTest]:
    found = doctest.DocTestFinder(recurse=True).find(api, "api")
    return [test for test in found if test.examples]


@pytest.mark.parametrize("example", _examples(), ids=lambda example: example.name)
def test_an_example_does_what_it_says(example, releases, capsys):
    example.globs = {**example.globs, "open_release": releases.__getitem__}
    doctest.DocTestRunner().run(example, clear_globs=False)
    assert capsys.readouterr().out == ""


def test_every_public_function_has_an_example():
    shown = {example.name.removeprefix("api.") for example in _examples()}
    assert shown >= DOCUMENTED - WITHOUT_EXAMPLE
    assert "api" in shown


def test_a_release_is_opened_from_its_project_folder_by_name_or_by_id(release_root, demo):
    by_name = api.open_release("demo", root=release_root)
    by_id = api.open_release(release_id=demo.release.id, root=release_root)
    assert by_name.release == by_id.release == demo.release


@pytest.mark.parametrize(
    ("ask", "named"),
    [
        (lambda demo: demo.apply({"no_such.lever": 0.01}), "没有调节项“no_such.lever”"),
        (lambda demo: demo.apply({"gross_output_registered.g2027": 2.0}), "应在 -0.1 与 0.1 之间"),
        (lambda demo: demo.apply({"gross_output_registered.g2027": float("nan")}), "收到 nan"),
        (lambda demo: demo.history("output"), "没有指标“output”"),
        (lambda demo: demo.baseline.assess("2027"), "没有目标“2027”"),
        (lambda demo: demo.baseline.projection("output"), "没有指标“output”"),
        (lambda demo: demo.baseline.joint("expand"), "没有专项行动“expand”"),
        (lambda demo: demo.baseline.chart("2027"), "没有图“2027”"),
        (lambda demo: demo.solve("2027", "gross_output_registered.g2027"), "没有目标“2027”"),
        (lambda demo: demo.solve("gross_output_registered_2027", "x"), "没有调节项“x”"),
    ],
)
def test_a_mistake_is_named_in_chinese(demo, ask, named):
    with pytest.raises(ValueError, match=named):
        ask(demo)


def test_a_scenario_of_zeros_is_the_baseline(demo):
    still = demo.apply({"gross_output_registered.g2027": 0.0})
    assert still.scenario.settings == ()
    assert still.record("gross_output_registered_2027") == demo.baseline.record(
        "gross_output_registered_2027"
    )


def test_the_history_handed_out_can_be_changed_without_harm(demo):
    handed_out = demo.history("gross_output_registered")
    handed_out[2025] = 0.0
    assert demo.history("gross_output_registered")[2025] == 1835.0


def test_a_chart_holds_the_numbers_that_its_table_shows(demo):
    name = "gross_output_registered_2027"
    drawn = demo.baseline.chart(name).to_dict()["datasets"]["fan"]
    median = {row["year"]: row["median"] for row in drawn if row["median"] is not None}
    table = demo.baseline.numbers(name).set_index("年份")["预测中位数"].dropna()
    assert median == pytest.approx(table.to_dict())
