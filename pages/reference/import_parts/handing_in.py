"""Blocks of 数据导入 where one hands in and another publishes: the way in, and what waits."""

from collections.abc import Callable
from typing import Protocol

import streamlit as st

from analytics.data.access.identity import AccessError, Role
from analytics.data.access.trail import Act, record
from analytics.data.imports.batch import ImportBatch
from analytics.data.imports.standing import Standing
from analytics.data.releases.files import ReleaseError
from analytics.data.releases.handed_in import HandedIn, files_of, hand_in, send_back, waiting
from pages.common import access, releases
from pages.common.session import session
from pages.common.text import fill
from pages.reference.import_parts import words
from pages.reference.import_parts.memory import given_by_hand, memory, stamp, told, who
from pages.reference.import_parts.shared_standing import standing_of


class Check(Protocol):
    """What has files checked and shows what was found."""

    def __call__(
        self,
        files: list[tuple[str, bytes]],
        against: Standing,
        release: str,
        waiting: HandedIn | None = None,
    ) -> None: ...


def publishes(handed: HandedIn | None) -> bool:
    """Tell whether the visitor may publish what is checked now; the act itself asks again."""
    visitor = who()
    if handed is None:
        return visitor.may(Role.PUBLISH) and not visitor.four_eyes
    return visitor.may_publish(handed.account)


def offer(batch: ImportBatch, about: str, *, ready: bool) -> None:
    """Offer to hand in what is checked, for another to publish."""
    st.caption(words.HAND_IN_ABOUT)
    if st.button(words.HAND_IN, key="hand_in", type="primary", disabled=not ready):
        _tried(lambda: _hand_in(batch, about))


def _hand_in(batch: ImportBatch, about: str) -> None:
    hand_in(releases.ROOT, batch, who=who(), stamp=stamp(about))
    here = memory()
    here.checked, here.typed, here.grids, here.beside, here.found = None, {}, {}, {}, {}
    here.published += 1
    here.message = words.HANDED_IN


def line(check: Check) -> None:
    """List what waits: who may publish opens it, and its sender may take it back."""
    if given_by_hand():
        return
    ahead = waiting(releases.ROOT)
    with st.container(border=True, key="waiting"):
        st.markdown(words.WAITING.format(len(ahead)) if ahead else words.NONE_WAITS)
        for handed in ahead:
            _one(handed, check)


def _one(handed: HandedIn, check: Check) -> None:
    visitor = who()
    with st.container(horizontal=True, vertical_alignment="center", key=f"waits_{handed.id}"):
        st.markdown(
            fill(words.WAITS, handed.label, handed.what, handed.when[:16].replace("T", " "))
        )
        if visitor.may_publish(handed.account) and st.button(words.OPEN, key=f"open_{handed.id}"):
            _tried(lambda: _open(handed, check))
        own = visitor.account == handed.account
        if own and st.button(words.WITHDRAW, key=f"withdraw_{handed.id}", type="tertiary"):
            _tried(lambda: _send_back(handed, words.WITHDRAWN))
        elif visitor.may_publish(handed.account):
            with st.popover(words.SEND_BACK):
                reason = st.text_input(
                    words.SEND_BACK_REASON, key=f"why_{handed.id}", max_chars=100
                )
                if st.button(words.SEND_BACK, key=f"back_{handed.id}", disabled=not reason.strip()):
                    _tried(lambda: _send_back(handed, reason.strip()))


def _open(handed: HandedIn, check: Check) -> None:
    """Have what waits checked against what is current now; that someone looked is on record."""
    visitor = who()
    visitor.require_publish(handed.account)
    opened = words.OPENED.format(handed.id)
    record(releases.ROOT, Act.EXPORT, visitor, when=access.now(), what=opened)
    name = session().release_name
    files = files_of(releases.ROOT, handed)
    check(files, standing_of(name), releases.releases()[name], handed)


def _send_back(handed: HandedIn, reason: str) -> None:
    send_back(releases.ROOT, handed.id, who=who(), stamp=stamp("", reason=reason))
    here = memory()
    if here.checked and here.checked.waiting and here.checked.waiting.id == handed.id:
        here.checked = None
    here.message = words.SENT_BACK.format(handed.what)


def _tried(act: Callable[[], None]) -> None:
    """Do something and show the page anew, or say why it was refused."""
    try:
        act()
    except (ReleaseError, AccessError) as error:
        told(error)
        return
    st.rerun()
