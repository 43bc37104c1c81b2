"""Texts in Markdown: what is not marked is shown letter by letter."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.common.text import Markdown, bullets, cell, fill, lines, plain, small, unmarked

# what GitHub's Markdown makes links of
BECOME_LINKS = (
    re.compile(r"(?:https?://|www(?=\.))[-.\w]+", re.IGNORECASE),
    re.compile(r"[-.\w+]+@[-\w]+(?:\.[-\w]+)+"),
)
ESCAPED = re.compile(r"\\(.)")


def test_a_plain_text_is_escaped_once_however_often_it_is_handed_on():
    once = plain("占比5~8%，:red[红]")
    assert once == "占比5\\~8%，\\:red\\[红\\]"
    assert plain(once) == once
    assert lines(small(once)) == small("占比5~8%，:red[红]")


@pytest.mark.parametrize(
    "text",
    ["见http://127.0.0.1:9/a.png", "HTTPS://evil.example", "www.evil.example", "a@b.example"],
)
def test_an_address_in_a_text_becomes_no_link_and_is_whole_again_in_a_file(text):
    shown = ESCAPED.sub(r"\1", plain(text))  # Markdown looks for addresses when it has unescaped
    assert [found for links in BECOME_LINKS for found in links.findall(shown)] == []
    assert unmarked(plain(text)) == text


def test_markdown_that_is_meant_stays():
    assert fill("**{}**　{}", "a*b", Markdown(":red-badge[滞后]")) == (
        "**a\\*b**　:red-badge[滞后]"
    )


def test_braces_in_a_text_are_no_places_to_fill():
    assert fill("{}、{}", "{0}", "{}") == "\\{0\\}、\\{\\}"


@pytest.mark.parametrize(
    ("made", "written"),
    [
        (lines("甲", "", "乙"), "甲  \n乙"),
        (bullets(["1. 甲", "乙"]), "- 1. 甲\n- 乙"),
        (cell("100亿元", "公布"), "100亿元  \n:small[:gray[公布]]"),
        (cell("100亿元"), "100亿元"),
    ],
)
def test_lists_lines_and_cells_are_put_together(made, written):
    assert made == written


@given(st.text())
def test_no_text_can_begin_a_line_of_its_own(text):
    """A line of its own could begin a heading, a list or a quotation."""
    assert "\n" not in plain(text)
