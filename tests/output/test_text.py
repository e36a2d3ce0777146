"""Text made fit for a terminal, and as wide as it looks."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from complaintctl.output.csvfile import safe_cell
from complaintctl.output.paragraph import wrap
from complaintctl.output.text import char_width, clip, pad, safe, speak_plainly, width

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("灯不亮", "灯不亮"),
        ("\x1b[31m", "\\u{1b}[31m"),
        ("\x1b]52;c;eA==\x07", "\\u{1b}]52;c;eA==\\u{7}"),
        ("\x9b31m", "\\u{9b}31m"),
        ("a\u202eb", "a\\u{202e}b"),
        ("a\u200bb\ufeff", "a\\u{200b}b\\u{feff}"),
        ("a\u2028b", "a\\u{2028}b"),
        ("\U000e0041", "\\u{e0041}"),
        ("\ud800", "\\u{d800}"),
        ("a\nb\tc", "a\\u{a}b\\u{9}c"),
        ("[/b] {x} %s \\n", "[/b] {x} %s \\n"),
        ("𠮷 \ue000 \U000f0000 㐀 \u3000 é", "𠮷 \ue000 \U000f0000 㐀 \u3000 é"),
    ],
)
def test_what_a_terminal_obeys_or_hides_is_shown(text, shown):
    assert safe(text) == shown


def test_lines_stay_where_paragraphs_are_shown():
    assert safe("a\r\nb\rc\nd\x1b", lines=True) == "a\nb\nc\nd\\u{1b}"


@settings(max_examples=200)
@given(st.text(st.characters(codec=None)))
def test_nothing_unseen_is_left_and_nothing_else_is_changed(text):
    shown = safe(text)
    assert not {unicodedata.category(char) for char in shown} & UNSEEN
    assert safe(shown) == shown
    if not {unicodedata.category(char) for char in text} & UNSEEN:
        assert shown == text


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("abc", 3), ("灯不亮", 6), ("３－１", 6), ("e\u0301", 1), ("𠮷", 2), ("ｱ", 1), ("é…“”", 4), ("각", 2)],
)
def test_width_is_what_a_terminal_draws(text, columns):
    assert width(text) == columns


def test_width_agrees_with_rich_on_chinese_text():
    from rich.cells import cell_len

    for text in ("3栋门口的灯不亮，已经三天了！", "A座—1201（张*）", "《住户投诉意见表》", "１２３ABC"):
        assert width(text) == cell_len(text)


def test_pad_and_clip():
    assert pad("灯", 4) == "灯  " and pad("灯", 4, right=True) == "  灯" and pad("灯灯灯", 4) == "灯灯灯"
    assert clip("灯不亮了", 8) == "灯不亮了" and clip("灯不亮了", 7) == "灯不亮…" and clip("灯不亮了", 6) == "灯不…"


@settings(max_examples=100)
@given(st.text("abc 灯亮，。（） \n", max_size=60), st.integers(4, 30))
@example(" a。））", 4)
def test_wrapping_keeps_every_word_and_the_width(text, columns):
    lines = wrap(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= columns for line in lines)


def test_wrapping_leaves_no_closing_mark_at_the_head_of_a_line():
    lines = wrap("走廊的灯不亮了。请派人来看看，谢谢", 14)
    assert lines == ["走廊的灯不亮", "了。请派人来看", "看，谢谢"]


def test_a_terminal_that_lacks_characters_is_measured_in_what_it_prints():
    speak_plainly(lambda one: one.encode("ascii", "backslashreplace").decode("ascii"))
    try:
        assert safe("灯") == "\\u706f" and width("灯") == 6 == char_width("灯")
        assert pad("灯", 8) + "|" == "灯  |"
        # Files carry every character, whatever the terminal does.
        assert safe_cell("灯\u200b=1") == "灯\\u{200b}=1"
    finally:
        speak_plainly(None)
    assert width("灯") == 2


def test_a_terminal_that_lacks_a_character_is_measured_by_what_it_shows():
    speak_plainly(lambda text: text.encode("gbk", "backslashreplace").decode("gbk"))
    try:
        assert (width("𠮷"), width("工程"), width("𠮷a工")) == (10, 4, 13)
        assert pad("𠮷", 12) == "𠮷  " and pad("工程", 6) == "工程  "
        assert clip("工程部", 5) == "工程…"
    finally:
        speak_plainly(None)
    assert width("𠮷") == 2
