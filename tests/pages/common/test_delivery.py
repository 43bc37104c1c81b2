"""What is sent to the browser where one run begins before all of another was sent."""

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from pages.common.delivery import deliver_everything

PART = "part"


@pytest.fixture
def queue(monkeypatch) -> ForwardMsgQueue:
    """A session's queue, holding a whole run with a part and what stands inside that."""
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)
    deliver_everything()
    held = ForwardMsgQueue()
    held.enqueue(element("run 1", 0))
    held.enqueue(element("run 1", 1, part=PART))
    held.enqueue(element("run 1", 1, 0, part="inside"))
    held.enqueue(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))
    return held


def element(text: str, *path: int, part: str = "") -> ForwardMsg:
    """Draw a text at a place."""
    message = ForwardMsg()
    message.delta.new_element.text.body = text
    message.delta.fragment_id = part
    message.metadata.delta_path[:] = path
    return message


def told(queue: ForwardMsgQueue) -> list[str]:
    """What the browser is told, in turn."""
    return [
        f"{one.delta.new_element.text.body} at {[*one.metadata.delta_path]}"
        if one.HasField("delta")
        else ForwardMsg.ScriptFinishedStatus.Name(one.script_finished)
        for one in queue.flush()
    ]


WHOLE = ["run 1 at [0]", "run 1 at [1]", "run 1 at [1, 0]", "FINISHED_SUCCESSFULLY"]


def test_a_finished_run_is_told_whole_before_a_part_that_is_drawn_again(queue):
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[PART])
    queue.enqueue(element("run 2", 1, part=PART))
    assert told(queue) == [*WHOLE, "run 2 at [1]"]


def test_before_a_run_that_draws_everything_nothing_else_is_told(queue):
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=None)
    queue.enqueue(element("run 2", 0))
    assert told(queue) == ["FINISHED_EARLY_FOR_RERUN", "run 2 at [0]"]


def test_a_queue_is_emptied_when_it_has_been_sent(queue):
    assert told(queue) == WHOLE
    assert queue.is_empty()


def test_it_is_arranged_once(queue):
    before = ForwardMsgQueue.clear
    deliver_everything()
    assert ForwardMsgQueue.clear is before
