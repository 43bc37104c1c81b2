"""Answers live on what they are about, and die with it."""

import gc
import re
from dataclasses import replace
from weakref import ref

import pytest

from analytics.answers.steering.goal_seek import goal_seek
from analytics.answers.steering.influence import influences
from analytics.answers.steering.margin import cut
from analytics.answers.steering.reference_rates import marks
from analytics.remembered import Remembering, remembered
from tests.support.paths import ROOT

TARGET, LEVER = "gross_output_registered_2027", "gross_output_registered.g2027"


class Shelf(Remembering):
    """Something to ask about."""


@pytest.fixture
def asked():
    """Every question that had to be worked out."""
    return []


@pytest.fixture
def twice(asked):
    """A function that remembers the last two answers about each shelf."""

    @remembered(2)
    def double(shelf: Shelf, number: int) -> int:
        asked.append((shelf, number))
        return 2 * number

    return double


def test_the_same_question_is_worked_out_once_for_each_owner(twice, asked):
    one, other = Shelf(), Shelf()
    assert [twice(one, 4), twice(one, 4), twice(other, 4)] == [8, 8, 8]
    assert asked == [(one, 4), (other, 4)]


def test_the_answer_asked_for_least_recently_goes_first(twice, asked):
    shelf = Shelf()
    for number in (1, 2, 1, 3, 1, 2):  # 3 drives 2 out, because 1 was asked for after it
        twice(shelf, number)
    assert [number for _, number in asked] == [1, 2, 3, 2]


def test_two_functions_do_not_take_each_others_answers(twice):
    shelf = Shelf()
    triple = remembered()(lambda shelf, number: 3 * number)
    assert (twice(shelf, 4), triple(shelf, 4)) == (8, 12)


def test_what_is_forgotten_is_worked_out_again(twice, asked):
    shelf = Shelf()
    twice(shelf, 4)
    shelf.forget()
    assert twice(shelf, 4) == 8
    assert len(asked) == 2


def test_an_answer_does_not_keep_its_owner_alive():
    triple = remembered()(lambda shelf, number: 3 * number)
    shelf = Shelf()
    gone = ref(shelf)
    assert triple(shelf, 4) == 12
    gc.disable()  # not even a circle is left for the collector
    try:
        del shelf
        assert gone() is None
    finally:
        gc.enable()


def test_a_release_dies_with_all_that_was_worked_out_on_it(demo_bench):
    bench = replace(demo_bench)  # the same release, opened apart
    gone, target = ref(bench), bench.catalog.targets[TARGET]
    view = bench.view({LEVER: 0.01}, before=bench.view({}))
    for lever in list(bench.catalog.levers)[:6]:
        marks(view, lever)
    assert influences(bench, target)
    assert cut(bench, TARGET)
    assert goal_seek(bench, {}, TARGET, LEVER)
    assert view.verdicts()
    assert view.full_path(target)
    del bench, view
    gc.collect()
    assert gone() is None


class Drawing(Remembering):
    """Made on a shelf, which it goes on knowing."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf


def test_what_an_answer_remembers_is_forgotten_with_it():
    other_shelf = remembered()(lambda shelf, number: Shelf())
    drawing = remembered()(lambda shelf, number: Drawing(shelf))
    shelf = Shelf()
    other = other_shelf(shelf, 4)
    gone = ref(other)
    drawing(other, 4)  # a circle: the other shelf holds the drawing made on it
    gc.disable()  # circles that were frozen are found by no collection for a long time
    try:
        del other
        assert gone() is not None
        shelf.forget()
        assert gone() is None
    finally:
        gc.enable()


def test_of_an_answer_that_had_to_go_nothing_is_left():
    other_shelf = remembered(1)(lambda shelf, number: Shelf())
    drawing = remembered()(lambda shelf, number: Drawing(shelf))
    shelf = Shelf()
    gone = ref(other_shelf(shelf, 4))
    drawing(gone(), 4)
    gc.disable()
    try:
        other_shelf(shelf, 5)
        assert gone() is None
    finally:
        gc.enable()


def test_an_answer_that_is_its_owner_goes_without_the_owners_other_answers(twice, asked):
    itself = remembered(1)(lambda shelf, number: shelf)
    shelf = Shelf()
    assert (itself(shelf, 1), twice(shelf, 4), itself(shelf, 2)) == (shelf, 8, shelf)
    assert twice(shelf, 4) == 8
    assert len(asked) == 1


def test_a_workbench_with_another_method_goes_with_the_release(demo_bench):
    bench = replace(demo_bench)
    method = bench.robustness(bench.catalog.targets[TARGET]).methods[-1].key
    other = bench.by_method(TARGET, method)
    assert other is not bench
    gone = ref(other)
    assert marks(other.view({}), LEVER) is not None
    del other
    gc.disable()
    try:
        bench.forget()
        assert gone() is None
    finally:
        gc.enable()


def test_no_module_remembers_releases_workbenches_or_views():
    """What is remembered beside a function must be about text and numbers alone."""
    memory = re.compile(r"@(?:functools\.)?(?:lru_cache|cache)\b.*\n(?:@.*\n)*def \w+\(([^)]*)\)")
    found = {
        f"{file.relative_to(ROOT)}: {parameters.strip()}"
        for folder in ("analytics", "pages")
        for file in (ROOT / folder).rglob("*.py")
        for parameters in memory.findall(file.read_text(encoding="utf-8"))
        if re.search(r"\b(bench|view|before|Workbench|View|release\w*)\b", parameters)
    }
    assert found == set()
