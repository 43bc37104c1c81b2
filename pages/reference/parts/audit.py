"""Blocks of 操作记录: whether the record is whole, and its last entries."""

import streamlit as st

from analytics import text_zh
from analytics.data.access import trail
from analytics.data.access.command import line_of
from analytics.data.access.identity import Identity, Role
from pages.common import releases
from pages.common.text import bullets, table

LISTED = 100
_KIND = dict(trail.ACT_ZH)


def show(who: Identity) -> None:
    """Show the record to someone who may see it."""
    who.require(Role.ADMINISTER)
    st.title("操作记录", anchor=False)
    st.caption(
        "登录、提交、退回、发布、返回旧版、打开未公开内容和维护，先记录、后执行；"
        "每条写明前一条的校验值，只增不改。"
    )
    found = trail.records(releases.ROOT)
    _whole(found)
    kinds = st.pills(
        "只看", list(_KIND), format_func=_KIND.__getitem__, selection_mode="multi", key="acts"
    )
    chosen = [one for one in found if not kinds or one.act in kinds]
    table([_row(one) for one in reversed(chosen[-LISTED:])])
    if len(chosen) > LISTED:
        st.caption(f"只列最近{LISTED}条，共{len(chosen)}条；全部见下载的文件。")
    st.download_button(
        "下载全部记录",
        lambda: "\n".join(map(line_of, trail.records(releases.ROOT))).encode(),
        "操作记录.txt",
        icon=":material/download:",
        key="audit_download",
        on_click="ignore",
    )


def _whole(found: list[trail.Record]) -> None:
    if problems := trail.verify(releases.ROOT):
        st.error(f"记录不完整：\n{bullets(problems[:20])}", icon=":material/error:")
    elif found:
        last = found[-1]
        st.success(
            f"记录完整，前后衔接。最后一条：第{last.number}条，校验值`{last.sha256[:16]}`，"
            "请另处留存，日后可核对末尾是否被删。",
            icon=":material/task_alt:",
        )
    else:
        st.info("还没有记录。", icon=":material/info:")


def _row(one: trail.Record) -> dict[str, str]:
    return {
        "条": str(one.number),
        "时间": one.when[:19].replace("T", " "),
        "操作": trail.ACT_ZH[one.act],
        "操作人": one.label or text_zh.DASH,
        "会话": one.session or text_zh.DASH,
        "内容": one.what or text_zh.DASH,
    }
