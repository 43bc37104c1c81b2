"""Pictures as large as the place where they will stand, and all of a page in one file."""

import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pandas as pd
import pypdf
import pytest

from analytics.output.export import bundle, image
from analytics.output.export.preset import PRESETS
from analytics.text_zh import DEMO_MARK
from tests.support import drawn_briefing as drawn


def size(name: str) -> tuple[float, float]:
    """Width and height of a drawn picture, in millimetres."""
    page = ElementTree.fromstring(image.svg(drawn.figure(), drawn.STAMP, PRESETS[name]))
    return tuple(float(page.attrib[side].removesuffix("mm")) for side in ("width", "height"))


@pytest.mark.parametrize(
    ("name", "width", "least", "most"),
    [
        ("standard", 156, 90, 220),
        ("word", 156, 100, 140),  # 80 for the chart, the rest for words
        ("half", 75, 60, 72),  # the mark of illustrative data above it
        ("ppt", 320, 180, 180),  # 16:9, words and all
        ("plain", 156, 80, 92),
    ],
)
def test_a_picture_is_as_large_as_its_place(name, width, least, most):
    wide, high = size(name)
    assert wide == width
    assert least - 0.1 <= high <= most + 0.1


def test_a_picture_without_words_still_says_that_data_are_illustrative():
    told = image.svg(drawn.figure(), drawn.STAMP, PRESETS["plain"]).decode()
    shown = re.sub(r"<(title|desc)>.*?</\1>", "", told, flags=re.DOTALL)
    assert DEMO_MARK in shown and "制作日期" not in shown
    assert "制作日期" in told  # kept in the file for those who look for its origin


def test_a_slides_picture_is_a_pdf_of_a_slides_size():
    made = image.pdf(drawn.figure(), drawn.STAMP, PRESETS["ppt"])
    box = pypdf.PdfReader(io.BytesIO(made)).pages[0].mediabox
    assert box.width / box.height == pytest.approx(16 / 9, abs=0.01)


def test_all_of_a_page_lies_in_one_file_with_its_origin_told_once():
    table = pd.DataFrame({"指标名称": ["=1+1"], "最新值": ["3.0亿元"]})
    made = [bundle.bundle([drawn.figure()], {"目标": table}, drawn.STAMP) for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        names = archive.namelist()
        told = json.loads(archive.read(bundle.METADATA))
        written = archive.read("表1_目标.csv").decode("utf-8-sig")
    assert [name.rpartition(".")[2] for name in names] == [
        "json",
        "png",
        "svg",
        "csv",
        "xlsx",
        "csv",
    ]
    assert told["图"][0]["来源"][0]["名称"] == drawn.SOURCE.title
    assert any(drawn.RELEASE.id in line for line in told["制作"])
    assert "'=1+1" in written
