"""Running text broken into lines: a clause stays in one piece, as people look it up."""

import pytest

from complaintctl.output.layout import fold
from complaintctl.output.paragraph import wrap


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("检查措施 · R 四.6(2) · 甲", 16, ["检查措施 ·", "R 四.6(2) · 甲"]),
        ("按约定上门 · H5 三(二)1 · 甲", 20, ["按约定上门 ·", "H5 三(二)1 · 甲"]),
        ("联系 · C 4.3.1, 4.4.1 · 甲", 14, ["联系 ·", "C 4.3.1, 4.4.1", "· 甲"]),
        ("重大 · R 四.4(2)①, 四.5 · 甲", 20, ["重大 · R 四.4(2)①,", "四.5 · 甲"]),
        ("三十一天以内", 6, ["三十一", "天以内"]),
        ("通知负责人（H4 四.1；前台）", 12, ["通知负责人", "（H4 四.1；", "前台）"]),
        ("提示“甲（乙）”", 7, ["提示“甲", "（乙）”"]),
        ("于2026-11-20 09:00受理", 14, ["于2026-11-20", "09:00受理"]),
        # A number stays with what it counts, and a command that fits a line is in one.
        ("首次联系住户 · 2小时 · 前台", 17, ["首次联系住户 ·", "2小时 · 前台"]),
        ("查清 · 3个工作日内 · 前台", 12, ["查清 ·", "3个工作日内", "· 前台"]),
        ("更正：complaintctl amend 1，或撤回", 22, ["更正：", "complaintctl amend 1，", "或撤回"]),
        ('先：complaintctl resolve 1 "结 果"', 30, ["先：", 'complaintctl resolve 1 "结 果"']),
        ("until 2026-11-20 09:00, or so", 20, ["until", "2026-11-20 09:00, or", "so"]),
        ("以（2026-11-20 09:00）为准", 20, ["以", "（2026-11-20 09:00）", "为准"]),
        ("repair order · 10 minutes‡ · desk", 17, ["repair order ·", "10 minutes‡ ·", "desk"]),
        ("in 1 h 56 min then", 8, ["in 1 h", "56 min", "then"]),
        ("complaintctl resolve 1 abcdefgh", 15, ["complaintctl", "resolve 1", "abcdefgh"]),
    ],
)
def test_a_clause_is_not_broken(text, columns, lines):
    assert wrap(text, columns) == lines


@pytest.mark.parametrize(
    ("line", "columns", "lines"),
    [
        (
            "  期限 2026-11-23 10:31 当场未能解决，请上级给出意见 → 主管",
            40,
            ["  期限 2026-11-23 10:31 当场未能解决，", "    请上级给出意见 → 主管"],
        ),
        ("  甲乙丙", 8, ["  甲乙丙"]),
        # A terminal breaks a path or a hash where it likes, but it can be copied whole.
        (
            "已写入：/srv/complaints/2026/11/notices/2026-11.txt，请核对并张贴",
            40,
            ["已写入：", "  /srv/complaints/2026/11/notices/2026-11.txt，", "  请核对并张贴"],
        ),
    ],
)
def test_a_line_is_folded_further_in_than_it_begins(line, columns, lines):
    assert fold(line, columns) == lines
