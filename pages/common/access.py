"""Who the visitor is, asked anew in every run; what he may do is checked by the acts themselves."""

import hashlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import unquote

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.data.access.identity import NOBODY, AccessError, Identity, Role
from analytics.data.access.policy import FILE, SWITCH, Mode, Policy, is_loopback, load_policy
from analytics.data.access.trail import Act, record
from pages.common import logbook, releases
from pages.common import server_words as words
from pages.common.own_files import own_file

_KEY = "signed_in"  # kept for a session: since when, and when last seen
_NEW = "new_sign_in"  # until it is on record
_MOST = 100  # groups of one person that are looked at


@dataclass
class _Seen:
    """The times of one sign-in, in seconds."""

    since: float
    last: float


# account and time of signing in -> when last seen in this process, over all his tabs
_last_seen: dict[tuple[str, float], float] = {}


@cache
def policy() -> Policy:
    """Read the rules of access once per process."""
    return load_policy(os.environ.get(SWITCH), os.environ.get(FILE))


def visitor() -> Identity:
    """Return who is signed in and what he may do; NOBODY where no one is, or no more."""
    rules = policy()
    if rules.mode is Mode.NONE:
        return _on_this_machine()
    told = st.user.to_dict()
    who = identified(rules, told)
    return NOBODY if who.account and _is_over(rules, who, told) else who


def may_import() -> bool:
    """Tell whether figures may be imported here, and by the visitor."""
    return releases.import_allowed() and visitor().may(Role.SUBMIT, Role.PUBLISH)


def may_audit() -> bool:
    """Tell whether the visitor may see who did what; without sign-in there is no one to name."""
    return policy().mode is not Mode.NONE and visitor().may(Role.ADMINISTER)


def _on_this_machine() -> Identity:
    """Without sign-in all may do all, on a server that only this machine reaches."""
    own = is_loopback(st.get_option("server.address"))
    return Identity(
        words.THIS_MACHINE, roles=frozenset(Role if own else {Role.VIEW}), four_eyes=False
    )


def identified(rules: Policy, told: Mapping[str, Any]) -> Identity:
    """Say who is meant by what the proxy's headers, or the identity token, tell."""
    if rules.mode is Mode.HEADER:
        account, name, groups = (_text(told.get(key)) for key in ("account", "name", "groups"))
        named = [unquote(one.strip()) for one in groups.split(",")[:_MOST]]
        return rules.identify(account, name=unquote(name), groups=named, session=session_id())
    if not told.get("is_logged_in"):
        return NOBODY
    account, name = (_text(told.get(key)) for key in (rules.claims.account, rules.claims.name))
    held = told.get(rules.claims.groups) or []
    named = [_text(one) for one in (held if isinstance(held, list) else [held])[:_MOST]]
    return rules.identify(account, name=name, groups=named, session=session_id())


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def session_id() -> str:
    """Name the session in records, without telling what would let someone else resume it."""
    context = get_script_run_ctx(suppress_warning=True)
    return hashlib.sha256(context.session_id.encode()).hexdigest()[:8] if context else ""


# ── how long a sign-in holds ─────────────────────────────────────────────────────────────


def _is_over(rules: Policy, who: Identity, told: Mapping[str, Any]) -> bool:
    """Tell whether a sign-in is too old, or was unused for too long; note its use if not.

    With a token, all tabs together are one sign-in, and only a new token is another. Behind a
    proxy that signs in, its own rules hold beside these, which count for each tab.
    """
    now = time.time()
    token = issued(told, now) if rules.mode is Mode.OIDC else None
    seen: _Seen = st.session_state.setdefault(_KEY, _Seen(now if token is None else token, now))
    key = (who.account, token or 0.0)
    before = _last_seen.get(key)
    last = seen.last if token is None or before is None else before
    if has_ended(rules, since=seen.since, last=last, now=now):
        return True
    if before is None or now - before > rules.lifetime.idle_minutes * 60:
        st.session_state[_NEW] = True
    seen.last = _last_seen[key] = now
    return False


def has_ended(rules: Policy, *, since: float, last: float, now: float) -> bool:
    """Tell whether a sign-in of some time, last used at another, holds no more; in seconds."""
    lifetime = rules.lifetime
    return now - since > lifetime.hours * 3600 or now - last > lifetime.idle_minutes * 60


def issued(told: Mapping[str, Any], now: float) -> float:
    """Return when a token was issued; one that does not say, or says later, is too old."""
    issued = told.get("iat")
    return float(issued) if isinstance(issued, int | float) and issued <= now + 60 else 0.0


# ── at the beginning of every run ────────────────────────────────────────────────────────


def admit() -> None:
    """Let a run go on only for someone who may look; the others are shown the way in."""
    who = visitor()
    if not who.may(Role.VIEW):
        _door(who)
        st.stop()
    if st.session_state.pop(_NEW, False):
        _recorded(Act.SIGN_IN, who)


def _door(who: Identity) -> None:
    """Show the way in, in a document that says it is Chinese."""
    rules = policy()
    script = own_file("browser.js")  # the frame, which brings it, is behind the door
    st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
    st.title(words.SIGN_IN_FIRST, anchor=False)
    if who.account:
        st.warning(words.NO_ROLE.format(who.label), icon=":material/block:")
    elif _KEY in st.session_state:
        st.info(words.SIGN_IN_OVER, icon=":material/schedule:")
    if rules.mode is Mode.OIDC:
        st.button(words.SIGN_IN, key="sign_in", type="primary", on_click=st.login)
    elif rules.sign_out_url:
        st.link_button(words.SIGN_IN_AGAIN, rules.sign_out_url)


def account() -> None:
    """Show who is signed in, and the way out."""
    rules = policy()
    if rules.mode is Mode.NONE:
        return
    with st.sidebar, st.container(horizontal=True, key="account", vertical_alignment="center"):
        st.caption(f":material/person: {visitor().label}")
        if rules.mode is Mode.OIDC:
            st.button(words.SIGN_OUT, key="sign_out", type="tertiary", on_click=_sign_out)
        elif rules.sign_out_url:
            st.link_button(words.SIGN_OUT, rules.sign_out_url, type="tertiary")


def _sign_out() -> None:
    _recorded(Act.SIGN_OUT, visitor())
    st.logout()


def _recorded(act: Act, who: Identity) -> None:
    """Put a sign-in or -out on record; a full or read-only disk keeps nobody from looking."""
    try:
        record(releases.ROOT, act, who, when=now())
    except AccessError as error:
        logbook.failed("record", error, account=who.account, session=who.session)


def now() -> str:
    """Return the local time with its offset."""
    return datetime.now().astimezone().isoformat(timespec="seconds")
