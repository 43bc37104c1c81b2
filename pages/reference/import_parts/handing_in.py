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
    st.caption("提交后等待另一位有发布权限的人核对并发布。")
    if st.button("提交，等待发布", key="hand_in", type="primary", disabled=not ready):
        _tried(lambda: _hand_in(batch, about))


def _hand_in(batch: ImportBatch, about: str) -> None:
    hand_in(releases.ROOT, batch, who=who(), stamp=stamp(about))
    here = memory()
    here.checked, here.typed, here.grids, here.beside, here.found = None, {}, {}, {}, {}
    here.published += 1
    here.message = "已提交，等待另一位有发布权限的人发布。"


def line(check: Check) -> None:
    """List what waits: who may publish opens it, and its sender may take it back."""
    if given_by_hand():
        return
    ahead = waiting(releases.ROOT)
    with st.container(border=True, key="waiting"):
        st.markdown(f"**等待发布**　{len(ahead) or '没有'}批")
        for handed in ahead:
            _one(handed, check)


def _one(handed: HandedIn, check: Check) -> None:
    visitor = who()
    with st.container(horizontal=True, vertical_alignment="center", key=f"waits_{handed.id}"):
        st.markdown(
            fill("{}　{}　:gray[{}]", handed.label, handed.what, handed.when[:16].replace("T", " "))
        )
        if visitor.may_publish(handed.account) and st.button("打开核对", key=f"open_{handed.id}"):
            _tried(lambda: _open(handed, check))
        own = visitor.account == handed.account
        if own and st.button("撤回", key=f"withdraw_{handed.id}", type="tertiary"):
            _tried(lambda: _send_back(handed, "提交人撤回"))
        elif visitor.may_publish(handed.account):
            with st.popover("退回"):
                reason = st.text_input("退回的原因", key=f"why_{handed.id}", max_chars=100)
                if st.button("退回", key=f"back_{handed.id}", disabled=not reason.strip()):
                    _tried(lambda: _send_back(handed, reason.strip()))


def _open(handed: HandedIn, check: Check) -> None:
    """Have what waits checked against what is current now; that someone looked is on record."""
    visitor = who()
    visitor.require_publish(handed.account)
    record(releases.ROOT, Act.EXPORT, visitor, when=access.now(), what=f"打开提交的{handed.id}")
    name = session().release_name
    files = files_of(releases.ROOT, handed)
    check(files, standing_of(name), releases.releases()[name], handed)


def _send_back(handed: HandedIn, reason: str) -> None:
    send_back(releases.ROOT, handed.id, who=who(), stamp=stamp("", reason=reason))
    here = memory()
    if here.checked and here.checked.waiting and here.checked.waiting.id == handed.id:
        here.checked = None
    here.message = f"{handed.what}：已退回"


def _tried(act: Callable[[], None]) -> None:
    """Do something and show the page anew, or say why it was refused."""
    try:
        act()
    except (ReleaseError, AccessError) as error:
        told(error)
        return
    st.rerun()
