"""Compose a briefing from a view of the workbench and what the user picked and edited.

Sentences, cells and charts come from the same functions as the pages', so that
every number equals the page's.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from analytics import text_zh
from analytics.answers.narrative import effect_zh, verdicts_zh
from analytics.domain import Prospect, RowStatus, Scenario
from analytics.model.judgement.assessment import Assessment
from analytics.model.judgement.ordering import most_urgent
from analytics.output.briefing import (
    closing,
    definition,
    glossary,
    letter,
    named_figures,
    sections,
)
from analytics.output.briefing.content import Block, Briefing, Chart, Paragraph, Section
from analytics.output.briefing.definition import Definition
from analytics.output.briefing.kinds import Chapter, Library, Pick, Preset
from analytics.workbench import View

HIGHLIGHT = "highlight"
CHART = "chart"
_NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")


class BriefingError(ValueError):
    """A briefing cannot be made from what was picked; the message (Chinese) says why."""


@dataclass(frozen=True)
class Request:
    """What the user picked: targets and charts by target id, in the order wanted."""

    preset: Preset
    targets: tuple[str, ...]
    charts: tuple[str, ...] = ()
    title: str = ""
    edits: Mapping[str, str] = field(default_factory=dict)  # generated sentence -> user's wording
    compare: bool = True  # set a moved scenario beside the baseline
    beside: tuple[tuple[str, View], ...] = ()  # scenarios compared with, by name, instead
    own: Definition | None = None  # what an office keeps from issue to issue


def default_request(view: View, preset: Preset) -> Request:
    """Pick what a preset starts with; what a scenario moves comes before what is urgent."""
    items = list(view.verdicts().values())
    order = {x.target.id: x for x in (*_moved_most(view, items), *_urgent(items))}
    targets = list(view.bench.catalog.targets) if preset.pick is Pick.ALL else list(order)
    targets = targets[: preset.most_targets]
    held = named_figures.drawable(view)
    drawable = [x for x in dict.fromkeys((*order, *targets)) if x in held]
    return Request(preset, tuple(targets), tuple(drawable[: preset.most_charts]))


def defined_request(view: View, library: Library, own: Definition) -> Request:
    """Return what a definition asks for and the release holds; the rest is the kind's own."""
    usual = default_request(view, library.named(own.kind))
    lacking = without_numbers(view, own)
    return replace(
        usual,
        targets=usual.targets if own.targets is None else own.targets,
        charts=tuple(x for x in own.charts if x not in lacking)
        if own.charts is not None
        else usual.charts,
        title=own.title,
        edits=own.edits,
        own=own,
    )


def without_numbers(view: View, own: Definition) -> tuple[str, ...]:
    """Return the charts a definition asks for that this release has no numbers for."""
    held = named_figures.drawable(view)
    return tuple(name for name in own.charts or () if name not in held)


def next_issue(view: View, request: Request, own: Definition) -> Definition:
    """Return the definition to keep for the next issue: with what this one printed.

    Charts asked for stay asked for, though this release had no numbers for one.
    """
    charts = request.charts if own.charts is None else own.charts
    held = own.model_copy(update={"targets": request.targets, "charts": charts})
    return held.model_copy(update={"last": definition.printed(view, request.targets)})


def _urgent(items: list[Assessment]) -> list[Assessment]:
    """Return what most needs attention; where nothing has a probability, what is not done."""
    still_open = [item for item in items if item.prospect not in (Prospect.DONE, Prospect.GOOD)]
    return most_urgent(items, len(items)) or still_open


def _moved_most(view: View, items: list[Assessment]) -> list[Assessment]:
    """Return the targets whose probability a scenario changes, the largest change first."""
    if not view.moved or view.before is None:
        return []
    changes = {item.target.id: _change(view.before, item) for item in items}
    moved = [item for item in items if changes[item.target.id]]
    return sorted(moved, key=lambda item: -changes[item.target.id])


def _change(before: View, after: Assessment) -> float:
    old, new = before.verdict(after.target.id).probability, after.probability
    return 0.0 if old is None or new is None else abs(new - old)


def sentences(view: View, request: Request) -> dict[str, str]:
    """Return every generated sentence by key: the points first, then one a chart."""
    if request.preset.letter:
        return {}
    points = _highlights(view, request)[: request.preset.most_highlights]
    said = {f"{HIGHLIGHT}.{number}": text for number, text in enumerate(points, start=1)}
    charts = {f"{CHART}.{name}": _said_of_chart(view, request, name) for name in request.charts}
    return said | charts


def _said_of_chart(view: View, request: Request, name: str) -> str:
    """Say what a chart shows; of a target that the table lists only what the table does not."""
    said = named_figures.takeaway(view, name)
    if name.startswith(named_figures.RATIO):
        return said
    item = view.verdict(name)
    reached = view.reached(item.target) if item.median is not None else None
    if reached and name in request.targets:
        return f"{verdicts_zh.subject_zh(item.target)}：按{_course(view)}，{reached.text_zh}。"
    when = f"{reached.text_zh}；" if reached else ""
    indicator = view.bench.catalog.indicators[item.target.indicator]
    return f"{said}{when}{verdicts_zh.effort(item, indicator)}。"


def _course(view: View) -> str:
    return "本情景" if view.moved else "目前走势"


def _highlights(view: View, request: Request) -> list[str]:
    """Say what the scenario does, sum up the plan, then the targets that need attention."""
    every = list(view.verdicts().values())
    indicators = view.bench.catalog.indicators
    chosen = _items(view, request.targets)
    points = []
    if view.moved and view.before is not None:
        points.append(effect_zh.effect_zh(view.before, view))
    together = verdicts_zh.together_zh(view.outlook())
    points.append(f"方案{verdicts_zh.conclusion(every, indicators, worst=False)}{together}")
    points += [
        verdicts_zh.attention(item, indicators[item.target.indicator])
        for item in most_urgent(chosen, len(chosen))
    ]
    return points


def edited(generated: Mapping[str, str], edits: Mapping[str, str]) -> dict[str, str]:
    """Put the user's wording in place of the very sentences it was written for."""
    return {key: edits.get(text, text) for key, text in generated.items()}


def _reworded(view: View, said: Mapping[str, str], own: Definition | None) -> dict[str, str]:
    """Put a definition's words in place of the sentences it names, with the figures of now."""
    words = own.sentences if own else {}
    reworded = {key: words.get(key, text) for key, text in said.items()}
    return {key: definition.filled(view, text) for key, text in reworded.items()}


def unused(generated: Mapping[str, str], edits: Mapping[str, str]) -> tuple[str, ...]:
    """Return the rewritten texts whose sentence now says something else, or is gone."""
    return tuple(text for sentence, text in edits.items() if sentence not in generated.values())


def unplaced(generated: Mapping[str, str], own: Definition) -> tuple[str, ...]:
    """Return a definition's own sentences whose place this briefing does not have."""
    return tuple(text for key, text in own.sentences.items() if key not in generated)


def new_numbers(sentence: str, text: str) -> tuple[str, ...]:
    """Return the numbers of a rewritten sentence that the generated one does not have."""
    known = set(_NUMBER.findall(sentence))
    return tuple(x for x in dict.fromkeys(_NUMBER.findall(text)) if x not in known)


def compose(
    view: View, scenario: Scenario, request: Request, library: Library, made_on: date
) -> Briefing:
    """Put the whole document together; raise BriefingError where nothing was picked."""
    _check(view, request)
    if request.preset.letter:
        own = request.own or Definition(kind=request.preset.id)
        asked = letter.letter(view, scenario, own, request.targets, made_on)
        return replace(asked, title=definition.filled(view, request.title) or request.preset.title)
    said = _reworded(view, edited(sentences(view, request), request.edits), request.own)
    items = _items(view, request.targets)
    preset, release = request.preset, view.bench.release
    parts = _sections(view, scenario, request, library, said)
    if request.own:
        ending = closing.closing(view, request.own, items, made_on)
        changed = closing.since_last(view, request.own, short=preset.compact)
        parts = (*changed, *parts, *ending)
    charted = [view.verdict(named_figures.target_of(name)) for name in request.charts]
    briefing = Briefing(
        title=definition.filled(view, request.title) or preset.title,
        subtitle=f"情景：{scenario.name}　数据截至{text_zh.day(release.as_of)}",
        made_on=made_on,
        scenario=scenario,
        release=release,
        illustrative=any(RowStatus.ILLUSTRATIVE in x.statuses for x in (*items, *charted)),
        highlights=tuple(x for key, x in said.items() if key.startswith(HIGHLIGHT) and x),
        sections=parts,
        compact=preset.compact,
    )
    if Chapter.GLOSSARY in preset.parts:
        return glossary.added(briefing, library.texts.glossary)
    return briefing


def _check(view: View, request: Request) -> None:
    if not request.targets and not request.charts:
        raise BriefingError("没有选入任何目标或图，简报无从生成")
    held, targets = named_figures.drawable(view), view.bench.catalog.targets
    for name in (*request.targets, *map(named_figures.target_of, request.charts)):
        if name not in targets:
            raise BriefingError(f"没有目标“{name}”")
    for name in request.charts:
        if name not in held:
            about = targets[named_figures.target_of(name)].name_zh
            raise BriefingError(f"“{about}”在本数据版本没有可绘制的数据，请改选其他图")


def _items(view: View, names: Sequence[str]) -> list[Assessment]:
    return [view.verdict(name) for name in names]


def _sections(
    view: View,
    scenario: Scenario,
    request: Request,
    library: Library,
    said: Mapping[str, str],
) -> tuple[Section, ...]:
    items = _items(view, request.targets)
    charted = map(named_figures.target_of, request.charts)
    listed = _items(view, tuple(dict.fromkeys((*request.targets, *charted))))
    makers: dict[Chapter, Callable[[], tuple[str, Sequence[Block]]]] = {
        Chapter.SUMMARY: lambda: ("总体进展", sections.summary(view.bench, items)),
        Chapter.TARGETS: lambda: ("目标进展", _target_blocks(view, items, request.preset)),
        Chapter.CHARTS: lambda: ("走势", _chart_blocks(view, request, said)),
        Chapter.COMPARISON: lambda: (
            "情景比较" if request.beside else "情景与基准",
            _comparison(view, scenario, items, request),
        ),
        Chapter.ASSUMPTIONS: lambda: ("情景假设", _assumptions(view, scenario, request)),
        Chapter.METHOD: lambda: ("方法与检验", _method(listed, library)),
        Chapter.SOURCES: lambda: ("数据性质与来源", _sources(view, listed)),
        Chapter.NOTES: lambda: ("说明", _notes(view, listed)),
    }
    made = [makers[part]() for part in request.preset.parts if part in makers]
    return tuple(Section(heading, tuple(blocks)) for heading, blocks in made if blocks)


def _target_blocks(view: View, items: list[Assessment], preset: Preset) -> list[Block]:
    if not items:
        return []
    caption = f"目标进展情况（{len(items)}项）"
    if preset.compact:
        return [sections.short_table(view, items, caption)]
    note = sections.target_note(moved=view.moved)
    tables: list[Block] = (
        _by_action(view, items, note)
        if preset.by_action
        else [sections.target_table(view, items, caption, note)]
    )
    return tables + [Paragraph(text) for text in sections.undecided(items)]


def _by_action(view: View, items: list[Assessment], note: str) -> list[Block]:
    """Make one table an action, in the order picked; the last carries the note."""
    actions = list(dict.fromkeys(item.target.action for item in items))
    blocks: list[Block] = []
    for action in actions:
        own = [item for item in items if item.target.action == action]
        caption = f"{view.bench.catalog.actions[action].name_zh}目标进展情况（{len(own)}项）"
        last = action == actions[-1]
        blocks.append(sections.target_table(view, own, caption, note if last else ""))
    return blocks


def _chart_blocks(view: View, request: Request, said: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = []
    for name in request.charts:
        figure = named_figures.figure(view, name)
        blocks.append(Chart(figure.title, figure, said[f"{CHART}.{name}"]))
    return blocks


def _comparison(
    view: View, scenario: Scenario, items: list[Assessment], request: Request
) -> tuple[Block, ...]:
    if not items:
        return ()
    if request.beside:
        return (sections.side_by_side(((scenario.name, view), *request.beside), items),)
    if not (request.compare and view.moved and view.before is not None):
        return ()
    return (sections.comparison(view.before, items),)


def _assumptions(view: View, scenario: Scenario, request: Request) -> list[Block]:
    """List what the scenario assumes, then what each one compared with it does."""
    bench = view.bench
    blocks = [sections.assumptions(bench, scenario)]
    for name, other in request.beside:
        moved = tuple(sorted(other.settings.items()))
        one = Scenario(name=name, settings=moved, release=bench.release.id)
        if moved:
            blocks.append(sections.assumptions(bench, one, f"“{name}”的假设（编号{one.id}）"))
    return blocks


def _method(items: list[Assessment], library: Library) -> list[Block]:
    tested = "区间的检验　" + "".join(sections.coverage_lines(items))
    return [Paragraph(text) for text in (*library.texts.method, tested)]


def _sources(view: View, items: list[Assessment]) -> list[Block]:
    plan = f"目标依据：{text_zh.PLAN}。"
    return [
        Paragraph(f"{plan}数据截至{text_zh.day(view.bench.release.as_of)}。"),
        sections.sources_table(view.bench, items),
    ]


def _notes(view: View, items: list[Assessment]) -> list[Block]:
    """Name in one line where the figures come from."""
    dated = text_zh.day(view.bench.release.as_of)
    sources = sections.sources_line(view.bench, items, most=1)
    return [Paragraph(f"数据截至{dated}。来源：{sources}", small=True)]
