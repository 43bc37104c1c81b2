"""A scenario as link and as file, down and up again."""

import re
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from analytics import text_zh
from analytics.model.scenarios import files, links
from pages.common import releases, session

_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')  # in file names


def share_panel() -> None:
    """Offer link and file behind a closed panel; nothing is built until it is opened."""
    panel = st.expander(
        "链接与情景文件", icon=":material/share:", key="share_panel", on_change="rerun"
    )
    if panel.open:
        with panel:
            share()


def share() -> None:
    """Show the link that reproduces this page, and the scenario file down and up."""
    link = page_link()
    st.markdown("**链接**　打开即为同一页面、同一数据版本、同一组设置。")
    st.code(link, language=None, wrap_lines=True)
    if len(link) > links.LONGEST_LINK:
        st.warning(
            f"链接有{len(link)}个字符，部分软件可能截断；请改用情景文件。", icon=":material/link:"
        )
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        _download()
    with right:
        _upload()
    _said()


def page_link() -> str:
    """Return the address that reproduces this page; the laboratory opens on the comparison.

    ``st.context.url`` repeats the page's path after a deep link, so only its host is used.
    """
    server = urlsplit(st.context.url or "")
    path = "/".join(
        part
        for part in (st.get_option("server.baseUrlPath").strip("/"), session.page_path())
        if part
    )
    query = session.as_query()
    query.pop("section", None)
    return f"{server.scheme}://{server.netloc}/{quote(path)}" + (
        f"?{urlencode(query)}" if query else ""
    )


def _download() -> None:
    bench = releases.workbench(session.release_id())
    scenario = session.named_scenario()
    st.markdown("**情景文件**　存下当前设置，附数据版本与校验值。")
    st.download_button(
        "下载情景文件",
        lambda: files.to_json(scenario, bench.release, bench.catalog),
        file_name=f"金山_情景_{_UNFIT.sub('_', scenario.name)}_{bench.release.as_of}.json",
        mime="application/json",
        key="file_down",
        icon=":material/download:",
        on_click="ignore",
    )


def _upload() -> None:
    number = st.session_state.setdefault("uploads", 0)  # a new key empties the field
    st.file_uploader(
        "上传情景文件（JSON，不超过100 KB），取代当前设置",
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
    bench = releases.workbench(session.release_id())
    made, problems = files.from_json(file.getvalue(), bench.catalog, bench.release)
    st.session_state.uploads += 1
    st.session_state.said = (file.name, made, tuple(problems))
    if made is not None:
        session.apply(
            dict(made.settings), session.UNNAMED if made.name == session.OWN else made.name
        )
    session.leave()


def _said() -> None:
    """Say what came of the last upload."""
    name, made, problems = st.session_state.get("said", (None, None, ()))
    changed_since = made is not None and made.settings != session.settings_key()
    if name is None or changed_since:
        return
    lines = "".join(f"\n- {text_zh.escape(problem)}" for problem in problems)
    file = text_zh.escape(name[:60])
    if made is None:
        st.error(f"“{file}”没有采用，原有设置不变：{lines}", icon=":material/error:")
        return
    text = f"已载入“{file}”中的情景“{text_zh.escape(made.name)}”（{len(made.settings)}项设置）。"
    if problems:
        st.warning(f"{text}其中：{lines}", icon=":material/warning:")
    else:
        st.success(text, icon=":material/check:")
    if made.release != session.release_id() and releases.is_kept(made.release):
        st.button(
            "改用文件所用的数据版本",
            key="file_release",
            icon=":material/history:",
            on_click=session.use_release,
            args=(made.release,),
        )
