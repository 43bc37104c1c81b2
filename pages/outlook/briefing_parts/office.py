"""What an office adds of its own: duties, next steps, whom it goes to; and its definitions."""

import re
from collections.abc import Callable

import streamlit as st

from analytics.answers.narrative import verdicts_zh
from analytics.output.briefing import compose, definition, shelf
from analytics.output.briefing.definition import Definition, DefinitionError
from analytics.output.briefing.writing import TEMPLATES, Draft, Format
from analytics.output.export.file_names import part
from pages.common import releases, widgets
from pages.common.session import session
from pages.common.text import plain
from pages.outlook.briefing_parts import choices as chosen
from pages.outlook.briefing_parts import texts
from pages.outlook.briefing_parts.words import check_places

_LONGEST, _LINE = 2000, 60
_DUTY = re.compile(r"\s*(\d+)[^：:]*[：:](.*)")  # 6. 规模以上工业企业产值：产业科


def office(made: Draft) -> None:
    """Let the user write what stands in every issue."""
    own = chosen.choices().now
    with st.expander(texts.OFFICE, icon=":material/edit_document:", key="briefing_office"):
        _area("briefing_steps", texts.STEPS, "\n".join(own.next_steps), _steps)
        check_places(made.view, *own.next_steps)
        _area("briefing_duties", texts.DUTIES, _duties_zh(made), _duties)
        letter = made.request.preset.letter
        left, right = st.columns(2, gap="medium")
        with left:
            _line("briefing_sent_to", texts.ADDRESSEE if letter else texts.SENT_TO, "sent_to")
        with right:
            _line("briefing_signed", texts.SIGNED, "signed")
        if letter:
            _reply_by()


def _area(key: str, label: str, text: str, take: Callable[[str], None]) -> None:
    widgets.show(key, text)
    st.text_area(
        label,
        key=key,
        max_chars=_LONGEST,
        height="content",
        on_change=lambda: take(st.session_state[key]),
    )


def _line(key: str, label: str, field: str) -> None:
    widgets.show(key, getattr(chosen.choices().now, field))
    st.text_input(
        label,
        key=key,
        max_chars=_LINE,
        on_change=lambda: _decide(**{field: " ".join(st.session_state[key].split())}),
    )


def _reply_by() -> None:
    widgets.show("briefing_reply_by", chosen.choices().now.reply_by)
    st.date_input(
        texts.REPLY_BY,
        key="briefing_reply_by",
        format="YYYY-MM-DD",
        on_change=lambda: _decide(reply_by=st.session_state["briefing_reply_by"]),
    )


def _decide(**decided: object) -> None:
    chosen.choices().change(**decided)
    session().touch()


def _steps(text: str) -> None:
    _decide(next_steps=tuple(line.strip() for line in text.splitlines() if line.strip()))


def _duties_zh(made: Draft) -> str:
    """Write a line for every listed target, with who is in charge after the colon."""
    targets, held = made.view.bench.catalog.targets, chosen.choices().now.responsible
    listed = [targets[name] for name in made.request.targets]
    return "\n".join(
        f"{one.order}. {verdicts_zh.subject_zh(one)}：{held.get(one.id, '')}" for one in listed
    )


def _duties(text: str) -> None:
    """Take who is in charge from the lines; targets without a line keep theirs."""
    numbered = {str(one.order): one.id for one in releases.catalog().targets.values()}
    found = [_DUTY.match(line) for line in text.splitlines()]
    said = {numbered[x[1]]: x[2].strip()[:_LINE] for x in found if x and x[1] in numbered}
    held = {**chosen.choices().now.responsible, **said}
    _decide(responsible={name: unit for name, unit in held.items() if unit})


def template() -> None:
    """Take the office's own Word or PowerPoint file, in whose look documents are written."""
    held = chosen.choices().templates
    with st.expander(texts.TEMPLATE, icon=":material/style:", key="briefing_template"):
        st.caption(texts.TEMPLATE_NOTE)
        number = st.session_state.get("briefing_template_taken", 0)  # a new key empties the field
        key = f"briefing_template_{number}"
        st.file_uploader(
            texts.TAKE_TEMPLATE, type=list(TEMPLATES), key=key, on_change=lambda: _use_template(key)
        )
        for kind, (name, _) in list(held.items()):
            st.button(
                texts.DROP_TEMPLATE.format(plain(name)),
                key=f"briefing_template_drop_{kind}",
                icon=":material/close:",
                on_click=_drop_template,
                args=(kind,),
            )


def _drop_template(kind: Format) -> None:
    chosen.choices().templates.pop(kind, None)


def _use_template(key: str) -> None:
    file = st.session_state[key]
    if file is None:
        return
    st.session_state["briefing_template_taken"] = (
        st.session_state.get("briefing_template_taken", 0) + 1
    )
    suffix = file.name.rpartition(".")[2].lower()
    if suffix in TEMPLATES:
        name = part(file.name.removesuffix(f".{suffix}"))
        chosen.choices().templates[Format(suffix)] = (f"{name}.{suffix}", file.getvalue())


def definitions(made: Draft) -> None:
    """Offer the briefing's definition for the next issue, and take one of an earlier issue."""
    with st.expander(texts.DEFINITIONS, icon=":material/bookmark:", key="briefing_definitions"):
        st.caption(texts.DEFINITIONS_NOTE)
        named = shelf.names(releases.ROOT)
        left, right = st.columns(2, gap="medium")
        with left:
            _take(named)
        with right:
            _save(made, named)
    if problem := chosen.choices().problem:
        st.warning(plain(problem), icon=":material/warning:")
    if chosen.choices().too_long:
        st.warning(texts.TOO_LONG, icon=":material/link_off:")


def _take(named: tuple[str, ...]) -> None:
    number = st.session_state.get("briefing_taken", 0)  # a new key empties the field
    key = f"briefing_upload_{number}"
    st.file_uploader(texts.TAKE_FILE, type="toml", key=key, on_change=lambda: _use_file(key))
    if named:
        st.selectbox(texts.KEPT, named, key="briefing_named")
        st.button(
            texts.TAKE_KEPT, key="briefing_load", icon=":material/input:", on_click=_use_named
        )


def _use_file(key: str) -> None:
    file = st.session_state[key]
    if file is None:
        return
    st.session_state["briefing_taken"] = st.session_state.get("briefing_taken", 0) + 1
    _use(lambda: definition.read(file.getvalue(), part(file.name.removesuffix(".toml")) + ".toml"))


def _use_named() -> None:
    name = st.session_state["briefing_named"]
    if name is not None:
        _use(lambda: shelf.load(releases.ROOT, name))


def _use(read: Callable[[], Definition]) -> None:
    """Take a definition; what is wrong with it is said and changes nothing."""
    chosen.choices().problem = ""
    try:
        chosen.use(read())
    except DefinitionError as error:
        chosen.choices().problem = str(error)


def _save(made: Draft, named: tuple[str, ...]) -> None:
    following = compose.next_issue(made.view, made.request, chosen.choices().now)
    kind = made.request.preset.name_zh
    st.download_button(
        texts.SAVE_FILE,
        definition.written(following),
        texts.FILE.format(kind),
        "application/toml",
        key="briefing_definition",
        icon=":material/download:",
        on_click="ignore",
    )
    if not releases.import_allowed() or not releases.writable():
        return
    key = f"briefing_name_of_{following.kind}"
    name = st.text_input(texts.KEEP_AS, kind, key=key, max_chars=_LINE)
    st.button(
        texts.REPLACE if part(name) in named else texts.KEEP,
        key="briefing_keep",
        icon=":material/save:",
        on_click=_keep,
        args=(name, following),
    )


def _keep(name: str, following: Definition) -> None:
    chosen.choices().problem = ""
    try:
        kept = shelf.keep(releases.ROOT, name, following)
    except DefinitionError as error:
        chosen.choices().problem = str(error)
    else:
        st.toast(texts.KEPT_NOW.format(plain(kept)))
