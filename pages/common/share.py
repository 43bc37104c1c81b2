"""A scenario as link and as file, down and up again."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from analytics.domain import Scenario
from analytics.model.scenarios import files, links
from pages.common import address, answers, releases, words, zones
from pages.common.session import OWN, UNNAMED, session, visitors_own
from pages.common.text import bullets, fill

_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')  # in file names


@dataclass
class _Uploads:
    """How many files were handed in, and what came of the last."""

    count: int = 0
    name: str = ""
    made: Scenario | None = None
    problems: tuple[str, ...] = ()


def _uploads() -> _Uploads:
    return visitors_own("scenario_files", _Uploads)


def share_panel() -> None:
    """Offer link and file behind a closed panel; nothing is built until it is opened."""
    panel = st.expander(words.SHARE, icon=":material/share:", key="share_panel", on_change="rerun")
    if panel.open:
        with panel:
            share()


def share() -> None:
    """Show the link that reproduces this page, and the scenario file down and up."""
    zones.all_follow()
    link = page_link()
    st.markdown(words.LINK)
    with st.container(key="share_link"):
        st.code(link, language=None, wrap_lines=True)
    if len(link) > links.LONGEST_LINK:
        st.warning(words.LONG_LINK.format(len(link)), icon=":material/link:")
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        _download()
    with right:
        _upload()
    _result()


def page_link(leave_out: tuple[str, ...] = ()) -> str:
    """Return the address that reproduces this page; saved scenarios are shown beside each other.

    ``st.context.url`` repeats the page's path after a deep link, so only its host is used.
    """
    server = urlsplit(st.context.url or "")
    path = "/".join(
        part
        for part in (st.get_option("server.baseUrlPath").strip("/"), session().page_path)
        if part
    )
    query = {name: text for name, text in address.as_query().items() if name not in leave_out}
    if query.get("section") == "share":
        query.pop("section")
        if session().saved:
            query["section"] = "compare"
    return f"{server.scheme}://{server.netloc}/{quote(path)}" + (
        f"?{urlencode(query)}" if query else ""
    )


def _download() -> None:
    bench = answers.bench()
    scenario = session().named_scenario()
    st.markdown(words.FILE)
    st.download_button(
        words.SAVE_FILE,
        lambda: files.to_json(scenario, bench.release, bench.catalog),
        file_name=words.FILE_NAME.format(_UNFIT.sub("_", scenario.name), bench.release.as_of),
        mime="application/json",
        key="file_down",
        icon=":material/download:",
        on_click="ignore",
    )


def _upload() -> None:
    number = _uploads().count  # a new key empties the field
    st.file_uploader(
        words.TAKE_FILE,
        type="json",
        key=f"file_up_{number}",
        on_change=_take_file,
        args=(f"file_up_{number}",),
    )


def _take_file(key: str) -> None:
    """Put the file's settings in place of the present ones, and keep what was wrong with it."""
    file = st.session_state[key]
    if file is None:
        return
    bench = answers.bench()
    made, problems = files.from_json(file.getvalue(), bench.catalog, bench.release)
    uploads = _uploads()
    uploads.count += 1
    uploads.name, uploads.made, uploads.problems = file.name, made, tuple(problems)
    if made is not None:
        session().apply(dict(made.settings), UNNAMED if made.name == OWN else made.name)
    session().needs_whole_page = True


def _result() -> None:
    """Say what came of the last upload."""
    uploads = _uploads()
    made, problems = uploads.made, uploads.problems
    changed_since = made is not None and made.settings != session().scenario.settings
    if not uploads.name or changed_since:
        return
    file, listed = uploads.name[:60], bullets(problems)
    if made is None:
        text = fill(words.NOT_TAKEN, file, listed)
        st.error(text, icon=":material/error:")
        return
    text = fill(words.TAKEN, file, made.name, str(len(made.settings)))
    if problems:
        st.warning(words.TAKEN_IN_PART.format(text, listed), icon=":material/warning:")
    else:
        st.success(text, icon=":material/check:")
    if made.release != session().release_id and releases.is_kept(made.release):
        st.button(
            words.USE_FILES_RELEASE,
            key="file_release",
            icon=":material/history:",
            on_click=session().use_release,
            args=(made.release,),
        )
