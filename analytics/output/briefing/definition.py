"""A briefing's definition: what an office keeps from issue to issue, in one TOML file.

No figure is in it but those of the last issue: on a newer release the same definition gives
the same briefing with new figures, and says what has changed.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from pydantic import Field

from analytics import text_zh
from analytics.answers.narrative import verdicts_zh
from analytics.catalog.toml import FOLDER, CatalogError, record
from analytics.domain import Frozen
from analytics.workbench import View

_PLACE = re.compile(r"\{([^{}]*)\}")


class DefinitionError(ValueError):
    """A definition cannot be used; the message (Chinese) names the file and the key."""


class Printed(Frozen):
    """One target's figures as an issue printed them."""

    latest: str
    odds: str
    verdict: str


class Issue(Frozen):
    """What an issue printed, and of which release."""

    release: str
    targets: dict[str, Printed]


class Definition(Frozen):
    """Everything an office decides about a briefing; without picks they are the kind's own."""

    kind: str  # name or id of a kind of briefing
    title: str = ""
    targets: tuple[str, ...] | None = None
    charts: tuple[str, ...] | None = None
    next_steps: tuple[str, ...] = ()  # paragraphs of one's own, with placeholders
    sent_to: str = ""  # 报送
    signed: str = ""  # 落款
    reply_by: date | None = None  # of a letter that asks for data
    sentences: dict[str, str] = Field(default_factory=dict)  # by key, with placeholders
    edits: dict[str, str] = Field(default_factory=dict)  # generated sentence -> own words
    responsible: dict[str, str] = Field(default_factory=dict)  # target -> 责任单位
    last: Issue | None = None


def read(content: bytes, name: str) -> Definition:
    """Read a definition; raise DefinitionError naming file and key."""
    try:
        return record(Definition, name, "", tomllib.loads(content.decode("utf-8")))
    except UnicodeDecodeError:
        raise DefinitionError(f"{name}：不是 UTF-8 文本") from None
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"{name}：TOML 语法错误：{error}") from None
    except CatalogError as error:
        raise DefinitionError(str(error).removeprefix(f"{FOLDER}/")) from None


def written(definition: Definition) -> bytes:
    """Write a definition as TOML that ``read`` reads back."""
    held = definition.model_dump(mode="json", exclude_defaults=True)
    return ("\n".join(_lines(held)) + "\n").encode()


def _lines(table: Mapping[str, object], path: str = "") -> Iterator[str]:
    """Yield single values first, then one table each; JSON's texts and lists are TOML's too."""
    inner = {key: value for key, value in table.items() if isinstance(value, dict)}
    for key, value in table.items():
        if key not in inner:
            yield f"{_key(key)} = {json.dumps(value, ensure_ascii=False)}"
    for key, value in inner.items():
        place = f"{path}{_key(key)}"
        yield f"\n[{place}]"
        yield from _lines(value, f"{place}.")


def _key(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def printed(view: View, targets: Iterable[str]) -> Issue:
    """Return what an issue prints of these targets."""
    return Issue(
        release=view.bench.release.id, targets={name: _printed(view, name) for name in targets}
    )


def _printed(view: View, name: str) -> Printed:
    item = view.verdict(name)
    indicator = view.bench.catalog.indicators[item.target.indicator]
    return Printed(
        latest=verdicts_zh.joined(verdicts_zh.latest_parts(item, indicator)),
        odds=verdicts_zh.probability_zh(item),
        verdict=str(item.verdict),
    )


def filled(view: View, text: str) -> str:
    """Put figures in place of {target.最新值}, {target.概率} and {target.判断}.

    A target goes by its id or its number in the plan.
    """
    return _PLACE.sub(lambda found: _figure(view, found[1]), text)


def has_places(text: str) -> bool:
    """Tell whether a text holds placeholders, whose figures are those of every issue."""
    return _PLACE.search(text) is not None


def _figure(view: View, place: str) -> str:
    said, _, field = place.rpartition(".")
    targets = view.bench.catalog.targets
    numbered = {str(target.order): target.id for target in targets.values()}
    name = numbered.get(said.strip(), said.strip())
    if name not in targets:
        raise DefinitionError(f"占位符“{{{place}}}”：没有目标“{said}”")
    shown = _printed(view, name)
    figures = {"最新值": shown.latest, "概率": shown.odds, "判断": shown.verdict}
    if field not in figures:
        raise DefinitionError(f"占位符“{{{place}}}”：可用{'、'.join(figures)}")
    return figures[field]


def changes(view: View, last: Issue) -> list[tuple[str, str, str]]:
    """Return name, last and present figures of every target whose print has changed."""
    catalog = view.bench.catalog.targets
    pairs = {
        name: (old, _printed(view, name)) for name, old in last.targets.items() if name in catalog
    }
    return [
        (verdicts_zh.subject_zh(catalog[name]), _cell(old), _cell(new))
        for name, (old, new) in pairs.items()
        if old != new
    ]


def _cell(one: Printed) -> str:
    odds = "" if one.odds == text_zh.DASH else f"达成概率{one.odds}"
    return "\n".join(part for part in (one.latest, odds, one.verdict) if part)
