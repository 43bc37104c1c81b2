"""What the import page remembers between its steps, and what all its blocks say."""

from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd
import streamlit as st

from analytics.data.access.identity import Identity, Role
from analytics.data.access.policy import Mode
from analytics.data.imports.batch import KIND_ZH, FaultKind, ImportBatch, Preview
from analytics.data.imports.standing import Standing
from analytics.data.imports.typed_in import Beside, Found, Group, Place
from analytics.data.releases.handed_in import HandedIn
from analytics.data.releases.journal import Stamp
from pages.common import access, releases
from pages.common.session import session, visitors_own
from pages.common.text import Markdown, badge, plain
from pages.reference.import_parts import words

_BADGE = {
    FaultKind.REFUSED: ("red", "block"),
    FaultKind.HELD: ("orange", "pending"),
    FaultKind.NOTE: ("blue", "info"),
}
NAME = "import_name"  # key of the field for it, whose own value is lost with its page


@dataclass(frozen=True, eq=False)
class Checked:
    """What was read and found, and the release it was held against."""

    batch: ImportBatch
    against: Standing
    release_id: str
    waiting: HandedIn | None = None  # where another handed it in


@dataclass
class Memory:
    """What the page remembers for a visitor."""

    person: str = ""  # the name given
    checked: Checked | None = None
    message: str = ""  # how the last publication or return went, to be said once
    round: int = 0  # files handed in so far; the next ones get an empty box
    compared: tuple[Checked, frozenset[str], Preview] | None = None  # with what is confirmed of it
    published: int = 0  # times; the grid begins anew after each
    typed: dict[Place, float] = field(default_factory=dict)  # in the grid, by its places
    beside: dict[str, Beside] = field(default_factory=dict)  # stated of them, by indicator
    found: dict[Group, Found] = field(default_factory=dict)  # in what is typed, by its groups
    grids: dict[str, pd.DataFrame] = field(default_factory=dict)  # as they began on the page
    tried: tuple[tuple[object, ...], str] | None = None  # what was tried out, and its release
    returning: tuple[int, int] | None = None  # version asked for, and the one then current


def memory() -> Memory:
    """Return what the page remembers for the visitor."""
    return visitors_own("import", Memory)


def require_allowed() -> bool:
    """Say whether figures may be imported and published here, and if not, why."""
    if not releases.import_allowed():
        st.info(words.OFF, icon=":material/block:")
        return False
    if not access.visitor().may(Role.SUBMIT, Role.PUBLISH):
        st.info(words.NOT_ALLOWED, icon=":material/block:")
        return False
    if not releases.writable():
        st.warning(words.READ_ONLY, icon=":material/lock:")
    return True


def last_message() -> None:
    """Show once how the last publication or return went."""
    if message := memory().message:
        memory().message = ""
        if session().release_id not in releases.releases().values():
            message += words.STILL_PINNED
        st.success(plain(message), icon=":material/task_alt:")


def told(error: Exception) -> None:
    """Show an error of ours beside the step that met it; the rest of the page stays."""
    st.error(plain(str(error)), icon=":material/error:")


def today() -> date:
    """Return the local day."""
    return date.today()  # noqa: DTZ011 - the local day is meant


def stamp(what: str, *, against: str = "", reason: str = "") -> Stamp:
    """Say who does what now, and why."""
    return Stamp(access.now(), person(), what, against, reason)


def who() -> Identity:
    """Return who acts; without sign-in, under the name given on the page."""
    visitor = access.visitor()
    return replace(visitor, name=memory().person.strip()) if given_by_hand() else visitor


def given_by_hand() -> bool:
    """Tell whether people say themselves who they are, there being no sign-in."""
    return access.policy().mode is Mode.NONE


def person() -> str:
    """Return who is signed in, or without sign-in the name given on the page."""
    return memory().person.strip() if given_by_hand() else access.visitor().label


def keep_person() -> None:
    """Remember the name beyond the page it was typed on."""
    memory().person = st.session_state[NAME]


def kind_badge(kind: FaultKind) -> Markdown:
    """Write what becomes of a faulty value, in its colour."""
    return badge(*_BADGE[kind], KIND_ZH[kind])
