"""Charts without the browser: python -m analytics figure."""

import zipfile

import pytest

from analytics import __main__ as cli
from analytics import api

OUTPUT = "gross_output_registered_2027"
DAY = ("--made-on", "2026-11-25", "--release", "demo")


@pytest.fixture
def run(monkeypatch, capsys, release_root, demo_bench):
    """Run the command on the release already open; return exit code, output and complaint."""

    def command(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(cli, "ROOT", release_root)
        monkeypatch.setattr(api, "build_workbench", lambda *_, **__: demo_bench)
        code = cli.main(["figure", *map(str, words), *DAY])
        return code, *capsys.readouterr()

    return command


def test_the_charts_there_are_are_listed_by_name(run):
    code, said, _ = run("--list")
    assert code == 0
    assert f"{OUTPUT}  2. 规模以上工业属地产值（2027年）" in said.splitlines()


def test_a_chart_is_written_for_its_place(run, tmp_path):
    path = tmp_path / "图.svg"
    assert run(OUTPUT, "--preset", "half", "--format", "svg", "--output", path)[0] == 0
    assert 'width="75mm"' in path.read_text(encoding="utf-8")


def test_several_charts_go_into_one_file(run, tmp_path):
    path = tmp_path / "图.zip"
    two = (OUTPUT, "drone_output_2027")
    assert run(*two, "--preset", "plain", "--format", "zip", "--output", path)[0] == 0
    with zipfile.ZipFile(path) as archive:
        assert len(archive.namelist()) == 1 + 2 * 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nothing", "--output", "x.png"), "没有可绘制的图“nothing”"),
        ((OUTPUT,), "--output：未给文件名"),
        ((OUTPUT, "drone_output_2027", "--output", "x.png"), "请用 --format zip"),
        (("--output", "x.png"), "请写出图的名称"),
    ],
)
def test_a_mistake_is_one_chinese_sentence(run, words, said):
    code, _, complaint = run(*words)
    assert code == 2 and said in complaint
