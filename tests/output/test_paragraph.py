"""Running text broken into lines: a clause stays in one piece, as people look it up."""

import pytest

from complaintctl.output.paragraph import wrap


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("检查措施 · R 四.6(2) · 甲", 16, ["检查措施 ·", "R 四.6(2) · 甲"]),
        ("按约定上门 · H5 三(二)1 · 甲", 20, ["按约定上门 ·", "H5 三(二)1 · 甲"]),
        ("联系 · C 4.3.1, 4.4.1 · 甲", 14, ["联系 ·", "C 4.3.1, 4.4.1", "· 甲"]),
        ("重大 · R 四.4(2)①, 四.5 · 甲", 20, ["重大 · R 四.4(2)①,", "四.5 · 甲"]),
        ("三十一天以内", 6, ["三十一", "天以内"]),
        ("于2026-11-20 09:00受理", 14, ["于2026-11-20", "09:00受理"]),
    ],
)
def test_a_clause_is_not_broken(text, columns, lines):
    assert wrap(text, columns) == lines
