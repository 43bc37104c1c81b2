"""What arrives of one run is handed to Streamlit together: the page's own script alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from pages.common import shell

pytestmark = pytest.mark.browser
SCRIPT = Path(shell.__file__).with_name("gathered.js")
LINE = """() => {
  window.WebSocket = class extends EventTarget { send() {} };  // stands for the browser's own
}"""
HEARD = """() => {
  window.handed = [];
  window.line = new WebSocket("ws://nowhere");
  line.addEventListener("message", (event) => handed.push(event.data.byteLength));
  line.addEventListener("close", () => handed.push("closed"));
}"""
ARRIVES = """(lengths) => {
  for (const length of lengths)
    line.dispatchEvent(Object.assign(new Event("message"), { data: new ArrayBuffer(length) }));
  return handed;
}"""


@pytest.fixture
def line(browser: Browser) -> Iterator[Page]:
    """A page whose connection brings what a test sends, with a clock that stands still.

    It has a profile of its own: in the shared one the clock would stand for all tests after.
    """
    page = browser.new_page()
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.evaluate(LINE)
    page.add_script_tag(path=SCRIPT)
    page.evaluate(HEARD)
    yield page
    page.close()


def test_the_first_run_is_shown_as_it_comes(line):
    assert line.evaluate(ARRIVES, [2055, 138]) == [2055, 138]
    assert line.evaluate(ARRIVES, [2]) == [2055, 138, 2]


def test_later_messages_wait_for_the_end_of_their_run_and_keep_their_order(line):
    line.evaluate(ARRIVES, [2])
    assert line.evaluate(ARRIVES, [2055, 4, 138, 14_000]) == [2]
    assert line.evaluate(ARRIVES, [2]) == [2, 2055, 4, 138, 14_000, 2]
    assert line.evaluate(ARRIVES, [2055]) == [2, 2055, 4, 138, 14_000, 2]
    assert line.evaluate(ARRIVES, [2]) == [2, 2055, 4, 138, 14_000, 2, 2055, 2]


def test_a_run_that_goes_on_is_shown_as_far_as_it_has_come(line):
    line.evaluate(ARRIVES, [2])
    line.evaluate(ARRIVES, [2055, 138])
    line.clock.run_for(399)
    assert line.evaluate("handed") == [2]
    line.evaluate(ARRIVES, [139])
    line.clock.run_for(1)
    assert line.evaluate("handed") == [2, 2055, 138, 139]
    assert line.evaluate(ARRIVES, [140]) == [2, 2055, 138, 139]
    line.clock.run_for(400)
    assert line.evaluate("handed") == [2, 2055, 138, 139, 140]


def test_what_is_no_message_is_heard_at_once(line):
    line.evaluate("line.dispatchEvent(new Event('close'))")
    assert line.evaluate("handed") == ["closed"]


def test_the_page_says_from_question_to_drawn_answer_that_it_waits(line):
    line.evaluate("line.send(new Uint8Array([90, 1]))")
    assert line.locator("html[data-asked]").count() == 1
    line.evaluate(ARRIVES, [2055, 2])
    line.clock.run_for(1000)
    assert line.locator("html[data-asked]").count() == 0
    line.evaluate("line.send(new Uint8Array([138, 1, 0]))")  # asks for no run
    assert line.locator("html[data-asked]").count() == 0


def test_a_question_put_before_the_last_answer_is_drawn_is_still_open(line):
    line.evaluate("line.send(new Uint8Array([90, 1]))")
    line.evaluate(ARRIVES, [2055, 2])
    line.evaluate("line.send(new Uint8Array([90, 1]))")
    line.clock.run_for(1000)
    assert line.locator("html[data-asked]").count() == 1
