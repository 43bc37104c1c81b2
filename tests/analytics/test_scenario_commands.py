"""assess and solve on the command line: what they print, and what they say of mistakes."""

import json

import pytest

from analytics import __main__ as cli
from analytics.answers.steering.goal_seek import goal_seek
from analytics.domain import Release
from analytics.model.scenarios.files import to_json
from analytics.model.scenarios.links import scenario_of

TARGET, LEVER = "park_land_output_growth_2027", "park_output.g2027"
LAND = {"park_land.g2027": -0.01}
ASKED = ("--release", "demo", "--target", TARGET, "--lever", LEVER)


@pytest.fixture
def run(monkeypatch, capsys, release_root):
    """Run a command against the built releases; return exit code, output and complaint."""
    monkeypatch.setattr(cli, "ROOT", release_root)

    def command(*words: object) -> tuple[int, str, str]:
        return cli.main([str(word) for word in words]), *capsys.readouterr()

    return command


@pytest.fixture
def file(tmp_path, demo_bench):
    """Write a scenario file on the demo release, or on another."""

    def write(settings: dict[str, float], release: Release = demo_bench.release):
        path = tmp_path / "压降用地.json"
        made = scenario_of("压降用地", settings, release.id)
        path.write_text(to_json(made, release, demo_bench.catalog), encoding="utf-8")
        return path

    return write


# ── solve ────────────────────────────────────────────────────────────────────────────────


def test_the_value_is_the_one_that_goal_seek_finds(run, demo_bench):
    code, output, complaint = run("solve", *ASKED, "--json")
    found = goal_seek(demo_bench, {}, TARGET, LEVER)
    record = json.loads(output)
    assert (code, complaint) == (0, "")
    assert record["release"] == demo_bench.release.id
    assert (record["target"], record["lever"], record["probability"]) == (TARGET, LEVER, None)
    assert (record["value"], record["on_step"]) == (found.value, found.on_step)
    assert record["reached"] is True
    assert (record["reason"], record["reason_zh"]) == (None, "")
    assert abs(record["residual"]) < 1e-6
    assert record["value_zh"] == f"+{found.value * 100:.3f}个百分点"


def test_less_land_asks_for_less_growth_and_surer_odds_for_more(run, file, demo_bench):
    def value(*words: object) -> float:
        return json.loads(run("solve", *ASKED, *words, "--json")[1])["value"]

    helped = value("--scenario", file(LAND))
    assert helped == goal_seek(demo_bench, LAND, TARGET, LEVER).value
    surer = value("--scenario", file(LAND), "--probability", "0.8")
    assert helped < surer == goal_seek(demo_bench, LAND, TARGET, LEVER, probability=0.8).value


@pytest.mark.parametrize(
    ("target", "lever", "reason", "text"),
    [
        ("drone_output_2027", "drone_output.g2027", "bound_binds", "达不到目标：受限于“无人机产值"),
        (TARGET, "signed_investment.g2027", "lever_elsewhere", "本项不影响这一目标"),
    ],
)
def test_what_cannot_be_solved_has_a_reason_for_programs_and_one_for_people(
    run, target, lever, reason, text
):
    words = ("solve", "--release", "demo", "--target", target, "--lever", lever)
    record = json.loads(run(*words, "--json")[1])
    assert record["reached"] is False
    assert record["reason"] == reason
    assert record["reason_zh"].startswith(text)
    code, output, _ = run(*words)
    assert code == 0  # an answer, not a mistake
    assert output.strip().endswith(record["reason_zh"])


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--target", "nosuch"), "没有目标“nosuch”"),
        (("--lever", "nosuch.g2027"), "没有调节项“nosuch.g2027”"),
        (("--lever", "stress.repeat_2022"), "没有调节项“stress.repeat_2022”"),
        (("--release", "nosuch"), "没有名为“nosuch”的数据版本"),
        (("--probability", "八成"), "--probability：“八成”不是数，应大于0且不超过1，例如0.8"),
        (("--probability", "80"), "--probability：应大于0且不超过1，收到“80”"),
        (("--probability", "0"), "--probability：应大于0且不超过1，收到“0”"),
        (("--probability", "nan"), "--probability：应大于0且不超过1，收到“nan”"),
        (("--scenario", "nowhere.json"), "nowhere.json：文件不存在，或不是UTF-8编码的文本"),
    ],
)
def test_a_mistake_ends_in_one_chinese_sentence_that_names_it(run, words, complaint):
    code, output, said = run("solve", *ASKED, *words, "--json")  # the later option counts
    assert (code, output) == (2, "")
    assert said.startswith("错误：")
    assert complaint in said
    assert said.count("\n") == 1


def test_a_scenario_of_another_release_is_taken_only_when_told_to(run, file, published_bench):
    elsewhere = file(LAND, published_bench.release)
    words = ("solve", *ASKED, "--scenario", elsewhere, "--json")
    code, output, said = run(*words)
    assert (code, output) == (2, "")
    assert said.startswith(f"错误：压降用地.json：release 为 {published_bench.release.id}，与")
    assert "--other-release" in said
    code, output, said = run(*words, "--other-release")
    assert code == 0
    assert json.loads(output)["settings"] == LAND
    assert said.startswith("提示：情景原在")


# ── assess ───────────────────────────────────────────────────────────────────────────────


def test_a_scenario_is_judged_as_on_the_pages(run, file, demo_bench):
    code, output, _ = run("assess", "--release", "demo", "--scenario", file(LAND), "--json")
    records = {record["id"]: record for record in json.loads(output)}
    moved, before = demo_bench.view(LAND).verdicts(), demo_bench.view({}).verdicts()
    assert code == 0
    assert list(records) == list(moved)
    assert {x: r["probability"] for x, r in records.items()} == {
        x: item.probability for x, item in moved.items()
    }
    assert records[TARGET]["probability"] > before[TARGET].probability


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[]", "不是情景文件：format 应为“jinshan-scenario”"),
        ('{"format": "jinshan-scenario", "schema": 1, "name": "甲"}', "release：应写明数据版本"),
        ("{", "情景文件不是有效的 JSON（第1行"),
    ],
)
def test_a_scenario_that_cannot_be_read_is_named_with_its_key(run, tmp_path, text, complaint):
    path = tmp_path / "坏.json"
    path.write_text(text, encoding="utf-8")
    code, output, said = run("assess", "--release", "demo", "--scenario", path)
    assert (code, output) == (2, "")
    assert said.startswith("错误：坏.json：不能全部读入")
    assert complaint in said
