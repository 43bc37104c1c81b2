"""Texts put into Markdown: plain ones are escaped, marked ones are taken as they are."""

import re
from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa
import streamlit as st

from analytics import text_zh
from pages.common.session import session

_MARKS = re.compile(r":material/\w+:|(?<!\\):[a-z-]+\[|(?<!\\)\]|(?<!\\)\*\*")
_LINKED = re.compile(r"https?:(?=//)|www(?=\.)|@(?=\w)", re.IGNORECASE)
_JOINER = "\u2060"  # not seen; what it stands in is no address, which would become a link
_ESCAPED = re.compile(r"\\(.)")


class Markdown(str):
    """A text whose Markdown is meant; any other text is shown letter by letter."""

    __slots__ = ()


def plain(text: str) -> Markdown:
    """Return a text so that Markdown shows it letter by letter; a marked one stays."""
    if isinstance(text, Markdown):
        return text
    return Markdown(text_zh.escape(_LINKED.sub(rf"\g<0>{_JOINER}", text)))


def fill(template: str, *texts: str) -> Markdown:
    """Put texts into the ``{}`` of a Markdown template, each as it is to be shown."""
    return Markdown(template.format(*map(plain, texts)))


def small(text: str) -> Markdown:
    """Set a text small and grey."""
    return fill(":small[:gray[{}]]", text)


def badge(colour: str, icon: str, words: str) -> Markdown:
    """Set words in a coloured field with an icon."""
    return fill(f":{colour}-badge[:material/{icon}: {{}}]", words)


def lines(*texts: str) -> Markdown:
    """Put texts below each other, empty ones left out."""
    return Markdown("  \n".join(plain(text) for text in texts if text))


def bullets(texts: Iterable[str]) -> Markdown:
    """Write a list, one text an item."""
    return Markdown("\n".join(f"- {plain(text)}" for text in texts))


def numbered(texts: Iterable[str]) -> Markdown:
    """Write a list with numbers, one text an item."""
    return Markdown("\n".join(f"{rank}. {plain(text)}" for rank, text in enumerate(texts, 1)))


def cell(value: str, note: str = "") -> Markdown:
    """Write a figure with its note small on a second line."""
    return lines(value, small(note) if note else "")


def unmarked(text: str) -> str:
    """Return a text without its marks, on one line, for a file."""
    if not isinstance(text, Markdown):
        return text
    letters = _ESCAPED.sub(r"\1", _MARKS.sub("", text)).replace(_JOINER, "")
    return " ".join(letters.split())


def table(rows: Sequence[Mapping[str, str]], *, narrow: str = "") -> None:
    """Show rows as a table; names of columns and cells are texts like any other.

    A table of few columns fits a narrow screen without scrolling: ``narrow`` names it.
    """
    if narrow:
        with st.container(key=f"narrow_{narrow}"):
            table(rows)
        return
    session().shown_tables[tuple(rows[0]) if rows else ()] = rows
    shown = [{plain(name): plain(text) for name, text in row.items()} for row in rows]
    st.table(pa.Table.from_pylist(shown), border="horizontal", hide_index=True)
