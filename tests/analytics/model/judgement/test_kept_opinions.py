"""Second opinions packed and read back, and every way in which the content can be bad."""

import pytest

from analytics.domain import Reason
from analytics.model.judgement.kept_opinions import pack, unpack
from analytics.model.judgement.robustness import Robustness, Variant

OPINIONS = {
    "tried": Robustness(
        1 / 3,
        (Variant("基期改为2024年", 0.7, False, (0.1, 0.2, 1e300)),),
        (Variant("方法：“Theta”\n", 0.0, True, None, "theta"), Variant("只用近8年", 1.0, False)),
        (
            Reason.NOT_CONVERGED.given(method="甲", instead="乙"),
            Reason.GAPS_BRIDGED.given(years=(2020, 2022)).said_of_city(),
            Reason.VARIANT_WITHOUT_PROBABILITY.given(
                because=Reason.TOO_SHORT.given(points=4), variant="只用近8年"
            ),
        ),
    ),
    "untried": Robustness(None, (), (), (Reason.LINKED.given(),)),
}


def test_every_opinion_comes_back_to_the_digit():
    back = unpack(pack("key", OPINIONS), "key")
    assert back == OPINIONS
    for name, one in OPINIONS.items():  # what a comparison leaves out
        assert [x.due for x in back[name].bases] == [x.due for x in one.bases]
        assert back[name].spread == one.spread


WRITTEN = pack("key", OPINIONS)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        WRITTEN[:-9],
        WRITTEN.replace(b"0.7", b"0.8"),
        pack("another release", OPINIONS),
    ],
    ids=["empty", "of another layout", "no text", "cut off", "changed", "of another key"],
)
def test_what_is_damaged_or_of_another_release_is_not_there(content):
    assert unpack(content, "key") is None
