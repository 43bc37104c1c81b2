"""Controls of the briefing page: kind, scenario, targets, charts, order, words."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.domain import Scenario
from analytics.model.scenarios import links
from analytics.output.briefing import compose, named_figures
from analytics.output.briefing.kinds import Part
from analytics.output.briefing.writing import Draft
from analytics.workbench import View
from pages.common import session
from pages.common.scenarios_at_hand import BASELINE
from pages.outlook.briefing_parts import choices as chosen

_TITLE_LENGTH = 60
_SENTENCE_LENGTH = 600


def kind() -> None:
    """Choose the kind of briefing."""
    known = chosen.library().presets
    session.show("briefing_kind", chosen.choices().preset)
    st.segmented_control(
        "简报类型",
        list(known),
        format_func=lambda name: known[name].name_zh,
        key="briefing_kind",
        on_change=_take("preset", "briefing_kind"),
        required=True,
    )


def _take(field: str, key: str) -> Callable[[], None]:
    def take() -> None:
        setattr(chosen.choices(), field, st.session_state[key])
        st.session_state.busy = True

    return take


def scenarios() -> None:
    """Choose which scenario is written about, its name, and what it is compared with."""
    known, about = chosen.scenarios(), chosen.scenario()
    if len(known) == 1:
        st.caption(
            "当前未调整任何增速，简报写基准情景；在各行动页或情景实验室调整后，"
            "这里可选写哪个情景、与哪些情景比较。"
        )
        return
    which, name, others = st.columns([4, 3, 5], gap="medium", vertical_alignment="bottom")
    with which:
        session.show("briefing_which", about.name)
        st.selectbox(
            "写哪个情景",
            list(known),
            format_func=lambda one: (
                f"{one}（调整{len(known[one].settings)}项）" if known[one].settings else one
            ),
            key="briefing_which",
            on_change=_take("scenario", "briefing_which"),
        )
    with name:
        _name(about)
    with others:
        rest = [one for one in known if one != about.name]
        session.show("briefing_beside", list(chosen.beside()))
        st.multiselect(
            "与哪些情景比较",
            rest,
            key="briefing_beside",
            on_change=_take_beside,
            placeholder="不比较",
        )
    _without_comparison()


def _without_comparison() -> None:
    """Say where the kind of briefing has no table for the scenarios picked."""
    known = chosen.library().presets.values()
    asked = [name for name in chosen.beside() if name != BASELINE]
    if asked and Part.COMPARISON not in chosen.preset().parts:
        others = "、".join(x.name_zh for x in known if Part.COMPARISON in x.parts)
        st.caption(
            f":material/info: {chosen.preset().name_zh}不列情景比较表，"
            f"所选情景不写入；{others}列有此表。"
        )


def _take_beside() -> None:
    chosen.choices().beside = tuple(st.session_state["briefing_beside"])
    st.session_state.busy = True


def _name(about: Scenario) -> None:
    """Name what is moved now; saved scenarios are named in the laboratory."""
    present = about.settings == session.settings_key() and bool(about.settings)
    session.show("briefing_name", about.name)
    st.text_input(
        "情景名称",
        key="briefing_name",
        max_chars=links.LONGEST_NAME,
        on_change=_take_name,
        disabled=not present or about.name in [one.name for one in session.saved()],
    )


def _take_name() -> None:
    name = st.session_state["briefing_name"].strip()
    session.apply(session.settings(), links.clean_name(name) if name else session.UNNAMED)
    chosen.choices().scenario = ""


def targets_and_charts(made: Draft) -> None:
    """Choose which targets are listed and charted, and in which order."""
    asked, shown = made.request, made.view
    with st.expander(
        f"选目标与图（{len(asked.targets)}项目标，{len(asked.charts)}幅图）",
        icon=":material/checklist:",
    ):
        _picker("targets", "列入目标表", _names(shown), asked.targets, shown)
        _picker("charts", "配图", named_figures.drawable(shown), asked.charts, shown)
        st.button(
            "恢复本类简报的选择",
            key="briefing_reset",
            icon=":material/restart_alt:",
            on_click=_reset,
            disabled=chosen.choices().now.targets is None and chosen.choices().now.charts is None,
        )
        _fits(made)
    _lacking(shown)


def _fits(made: Draft) -> None:
    """Warn where more is picked than a one-page briefing is laid out for."""
    preset, asked = made.request.preset, made.request
    full = len(asked.targets) > preset.most_targets or len(asked.charts) > preset.most_charts
    if preset.compact and full:
        st.caption(
            f":material/info: {preset.name_zh}按{preset.most_targets}项目标、"
            f"{preset.most_charts}幅图排版，超出后可能多于一页。"
        )


def _lacking(shown: View) -> None:
    """Name picked charts that this release cannot draw; they come back with another."""
    targets = shown.bench.catalog.targets
    names = [targets[named_figures.target_of(x)].name_zh for x in chosen.without_numbers(shown)]
    if names:
        listed = text_zh.escape("、".join(names))
        st.info(
            f"本数据版本没有可绘制的数据，以下图未列入：{listed}。", icon=":material/hide_image:"
        )


def _reset() -> None:
    chosen.choices().now.targets = chosen.choices().now.charts = None


def _picker(
    field: str, label: str, names: Mapping[str, str], picked: tuple[str, ...], shown: View
) -> None:
    """Choose some of the offered targets; they are kept in the order picked."""
    key = f"briefing_{field}"
    session.show(key, [name for name in picked if name in names])
    st.multiselect(
        f"{label}（按选入的先后排列）",
        list(names),
        format_func=names.get,
        key=key,
        placeholder="请选择",
        on_change=lambda: _keep(field, tuple(st.session_state[key])),
    )
    if len(picked) > 1:
        _order(field, label, picked, names, shown)


def _names(shown: View) -> dict[str, str]:
    return {
        name: f"{target.order}. {target.name_zh}（{target.due_year}年）"
        for name, target in shown.bench.catalog.targets.items()
    }


def _keep(field: str, names: tuple[str, ...]) -> None:
    setattr(chosen.choices().now, field, names)
    st.session_state.busy = True


def _order(
    field: str, label: str, picked: tuple[str, ...], names: Mapping[str, str], shown: View
) -> None:
    """Sort what was picked, or move one up or down."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        one = st.selectbox(
            f"调整次序：{label}", picked, format_func=names.get, key=f"briefing_move_{field}"
        )
        at = picked.index(one)
        for word, icon, to in (
            ("上移", "arrow_upward", at - 1),
            ("下移", "arrow_downward", at + 1),
        ):
            st.button(
                word,
                key=f"briefing_{field}_{icon}",
                icon=f":material/{icon}:",
                disabled=not 0 <= to < len(picked),
                on_click=_keep,
                args=(field, _swapped(picked, at, to)),
            )
        for word, order in _sorted(picked, shown).items():
            st.button(
                word,
                key=f"briefing_{field}_{word}",
                disabled=order == picked,
                on_click=_keep,
                args=(field, order),
            )


def _sorted(picked: tuple[str, ...], shown: View) -> dict[str, tuple[str, ...]]:
    """Return what was picked in the plan's order, and by how much it needs attention."""
    catalog = shown.bench.catalog.targets
    by_plan = sorted(picked, key=lambda name: catalog[named_figures.target_of(name)].order)
    items = [shown.verdict(x) for x in dict.fromkeys(map(named_figures.target_of, picked))]
    urgent = [item.target.id for item in verdicts_zh.most_urgent(items, len(items))]
    rank = {name: at for at, name in enumerate(urgent)}
    by_need = sorted(by_plan, key=lambda name: rank.get(named_figures.target_of(name), len(rank)))
    return {"按规划顺序": tuple(by_plan), "最需关注在前": tuple(by_need)}


def _swapped(picked: tuple[str, ...], at: int, to: int) -> tuple[str, ...]:
    names = list(picked)
    if 0 <= to < len(names):
        names[at], names[to] = names[to], names[at]
    return tuple(names)


def words(made: Draft) -> None:
    """Let the user rewrite the title and every generated sentence."""
    generated = compose.sentences(made.view, made.request)
    edits = chosen.choices().now.edits
    count = sum(text in edits for text in generated.values())
    with st.expander(
        "改标题和文字" + (f"（已改{count}处）" if count else ""), icon=":material/edit_note:"
    ):
        _title(made)
        charts = named_figures.drawable(made.view)
        for key, sentence in generated.items():
            part, _, name = key.partition(".")
            label = f"要点{name}" if part == compose.HIGHLIGHT else f"图：{charts[name]}"
            _sentence(key, label, sentence, edits)
        st.caption("清空一句即不写入。改写只替换原句；数据变化后原句不同，改写不再采用并在此列出。")
    _unused(compose.unused(generated, edits))


def _title(made: Draft) -> None:
    session.show("briefing_title", chosen.choices().now.title or made.request.preset.title)
    st.text_input("标题", key="briefing_title", max_chars=_TITLE_LENGTH, on_change=_take_title)


def _take_title() -> None:
    text = " ".join(st.session_state["briefing_title"].split())
    chosen.choices().now.title = "" if text == chosen.preset().title else text


def _sentence(key: str, label: str, sentence: str, edits: dict[str, str]) -> None:
    widget = f"briefing_sentence_{key}"
    session.show(widget, edits.get(sentence, sentence))
    st.text_area(
        label,
        key=widget,
        max_chars=_SENTENCE_LENGTH,
        height="content",
        on_change=_take_sentence,
        args=(widget, sentence),
    )
    if strange := compose.new_numbers(sentence, edits.get(sentence, "")):
        numbers = text_zh.escape("、".join(strange))
        st.caption(f":material/warning: 改写后新出现的数字：{numbers}。不在原句中，请自行核对。")


def _take_sentence(widget: str, sentence: str) -> None:
    edits = chosen.choices().now.edits
    text = " ".join(st.session_state[widget].split())
    if text == sentence:
        edits.pop(sentence, None)
    else:
        edits[sentence] = text


def _unused(texts: Sequence[str]) -> None:
    """Say which rewritten sentences no longer fit, so that no stale number slips in."""
    kept = [text for text in texts if text]
    if not kept:
        return
    lines = "\n".join(f"- {text_zh.escape(text)}" for text in kept)
    st.warning(
        f"以下改写的原句已随数据或选择变化，未采用；需要时请重新改写：\n{lines}",
        icon=":material/history_edu:",
    )
    st.button("不再提示这些改写", key="briefing_forget", on_click=_forget, args=(tuple(texts),))


def _forget(texts: tuple[str, ...]) -> None:
    edits = chosen.choices().now.edits
    for sentence in [x for x, text in edits.items() if text in texts]:
        del edits[sentence]
