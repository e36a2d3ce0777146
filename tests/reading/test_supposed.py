"""What is only supposed: it covers the clause that follows from it, not what is told after a question of its own."""

import pytest

from complaintctl.reading.lexicon import load_lexicon
from complaintctl.reading.proposals import propose


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("消防通道都堵了", True),
        ("万一着火怎么办，消防通道都堵了", True),
        ("真要着火谁负责，消防通道都堵了", True),
        ("万一着火，消防通道堵了就完了", False),
    ],
)
def test_a_supposition_that_asks_its_question_reaches_no_further(text: str, danger: bool) -> None:
    proposed = {one.fact: one.value for one in propose(text, load_lexicon())}
    assert bool(proposed.get("danger")) is danger
