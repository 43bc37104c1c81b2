"""Texts in Markdown: what is not marked is shown letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.common.text import Markdown, bullets, cell, fill, lines, plain, small


def test_a_plain_text_is_escaped_once_however_often_it_is_handed_on():
    once = plain("占比5~8%，:red[红]")
    assert once == "占比5\\~8%，\\:red\\[红\\]"
    assert plain(once) == once
    assert lines(small(once)) == small("占比5~8%，:red[红]")


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
