"""What a run has drawn is delivered, even where another has begun before it was sent."""

from functools import wraps

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue


def deliver_everything() -> None:
    """Have Streamlit send all that a run drew before a part of the page is drawn again.

    It drops what the run drew of that part, yet sends what stands inside it, and word that
    the run has finished. The browser then takes away whatever a finished run has not renewed,
    so that a lever loses its value under the hand; or it finds no place for what stands
    inside, and the page goes blank (Streamlit 1.67).
    """
    clear = ForwardMsgQueue.clear
    if hasattr(clear, "__wrapped__"):
        return

    @wraps(clear)
    def clear_before_whole_runs(
        self: ForwardMsgQueue,
        retain_lifecycle_msgs: bool = False,
        fragment_ids_this_run: list[str] | None = None,
    ) -> None:
        if fragment_ids_this_run is None:
            clear(self, retain_lifecycle_msgs)
        else:
            self._delta_index_map = {}  # the new run's elements come behind, not in their place

    ForwardMsgQueue.clear = clear_before_whole_runs  # type: ignore[method-assign]
