"""Listings in every format, with what residents may write in the cells."""

import csv
import io
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from complaintctl import language
from complaintctl.output import listing, moments
from complaintctl.output.csvfile import BOM, safe_cell
from complaintctl.output.envelope import dumps, failure, success
from complaintctl.output.listing import Column

ZONE = ZoneInfo("Asia/Shanghai")
EVENING = 1_795_190_400
"""2026-11-20 24:00 in Shanghai."""

TEXTS = (
    "灯不亮，物业一直没人来修，已经打过三次电话，楼道里老人孩子走路很不安全，希望今天之内给个说法",
    "\x1b[31mred\x1b]8;;http://x\x07link",
    "[/b] [bold]loud[/bold]",
    '=HYPERLINK("http://x","y")',
    "-5 dB",
    "a\u202eb\u200bc",
    "line\nline",
    "𠮷 e\u0301",
)
COLUMNS = (
    Column("id", "No.", "number"),
    Column("text", "Text"),
    Column("state", "State", "word"),
    Column("due_at", "Due", "due"),
    Column("late_by_seconds", "Late by", "duration"),
    Column("hidden", human=False),
)
ROWS = [
    {"id": i, "text": text, "state": "late", "due_at": EVENING + 60 * i, "late_by_seconds": 5000 * i, "hidden": None}
    for i, text in enumerate(TEXTS)
]

GOLDEN = Path(__file__).with_name("golden") / "plain.txt"


@pytest.fixture(autouse=True)
def speak_english():
    language.install("en")
    yield
    language.install("en")


def test_plain_lines_are_aligned_and_never_cut(monkeypatch):
    for columns in ("80", "120", "20"):
        monkeypatch.setenv("COLUMNS", columns)
        assert "\n".join(listing.plain(COLUMNS, ROWS, ZONE)) + "\n" == GOLDEN.read_text("utf-8")


def drawn(columns_wide, stream=None):
    stream = stream or io.StringIO()
    listing.table(COLUMNS, ROWS, ZONE, stream, columns_wide)
    return stream.getvalue()


class Screen(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.mark.parametrize("columns_wide", [80, 120])
def test_a_table_on_a_terminal_folds_and_loses_nothing(columns_wide, monkeypatch):
    from complaintctl.output.text import width

    monkeypatch.setenv("NO_COLOR", "1")
    text = drawn(columns_wide, Screen())
    lines = text.splitlines()
    assert max(map(width, lines)) <= columns_wide
    assert "\x1b" not in text and "\x07" not in text and "\u202e" not in text
    flat = "".join(text.split())
    assert "".join(char for char in TEXTS[0] if char in flat) == TEXTS[0]
    assert text.count("met late") == len(ROWS) and "[/b] [bold]" in text


def test_a_table_in_a_pipe_is_as_wide_as_it_needs():
    lines = drawn(80).splitlines()
    assert len(lines) == len(ROWS) + 2
    assert TEXTS[0] in lines[2]


def test_csv_opens_rightly_and_runs_no_formula():
    text = "".join(listing.csv_blocks(COLUMNS, ROWS, ZONE))
    assert text.startswith(BOM) and text.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    assert rows[0] == ["id", "text", "state", "due_at", "late_by_seconds", "hidden"]
    assert rows[1] == ["0", TEXTS[0], "late", "2026-11-21T00:00:00+08:00", "0", ""]
    assert rows[4][1] == '\'=HYPERLINK("http://x","y")' and rows[5][1] == "'-5 dB"
    assert rows[2][1].startswith("\\u{1b}") and rows[7][1] == "line\nline"
    assert all(cell.startswith('"') for cell in text[1:].split("\r\n")[0].split(","))


def test_raw_csv_gives_back_what_was_typed():
    text = "".join(listing.csv_blocks(COLUMNS, ROWS, ZONE, raw=True))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[1] for row in rows[1:]] == list(TEXTS)


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  =", "\u3000＝", " \t"]
)
def test_every_start_of_a_formula_gets_an_apostrophe(start):
    assert safe_cell(start + "1") == "'" + start + "1"


@pytest.mark.parametrize("value", ["a=1", "1-2", "灯", "", -5, 3, None])
def test_other_cells_stay_as_they_are(value):
    assert safe_cell(value) == value


def test_json_items_hold_codes_numbers_and_exact_moments():
    assert listing.items(COLUMNS, ROWS[1:2], ZONE) == [
        {
            "id": 1,
            "text": TEXTS[1],
            "state": "late",
            "due_at": "2026-11-21T00:01:00+08:00",
            "late_by_seconds": 5000,
            "hidden": None,
        }
    ]


def test_json_text_obeys_nothing_and_keeps_every_value():
    document = success("list", {"items": [*TEXTS, "\x9b\x7f\u2028\ufeff\U000e0041\ud800"]}, [])
    for ascii_only in (False, True):
        text = dumps(document, ascii_only=ascii_only)
        assert json.loads(text) == document
        assert "\n" not in text and not set(text) & set("\x1b\x07\x9b\x7f\u202e\u200b\u2028\ufeff\U000e0041\ud800")


def test_every_unseen_character_is_escaped_in_json():
    import sys
    import unicodedata

    unseen = [
        chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    ]
    text = dumps(unseen)
    assert not set(text) & set(unseen)
    assert json.loads(text) == unseen


def test_a_failure_has_its_keys_in_order():
    document = failure("log", {"code": "not-found", "message": "m", "hint": "h"})
    assert list(document) == ["version", "ok", "command", "error"]


def test_a_long_plain_listing_is_written_as_it_comes():
    seen = []

    def rows():
        for i in range(5000):
            seen.append(i)
            yield {"id": i}

    lines = listing.plain([Column("id", "No.", "number")], rows(), ZONE)
    next(lines)
    assert len(seen) < 1000
    assert sum(1 for _ in lines) == 5000


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "0 min", "0分"),
        (40, "40 s", "40秒"),
        (60, "1 min", "1分"),
        (4800, "1 h 20 min", "1小时20分"),
        (7200, "2 h", "2小时"),
        (86400, "1 day", "1天"),
        (86400 + 60, "1 day", "1天"),
        (3 * 86400 + 4 * 3600 + 59 * 60, "3 days 4 h", "3天4小时"),
        (-4800, "1 h 20 min", "1小时20分"),
    ],
)
def test_spans_are_said_in_the_units_that_matter(seconds, english, chinese):
    assert moments.duration(seconds) == english
    language.install("zh")
    assert moments.duration(seconds) == chinese


def test_a_due_midnight_is_the_24_00_of_the_day_before():
    assert moments.due(EVENING, ZONE) == "2026-11-20 24:00"
    assert moments.local(EVENING, ZONE) == "2026-11-21 00:00"
    assert moments.iso(EVENING, ZONE) == "2026-11-21T00:00:00+08:00"
    assert moments.due(EVENING + 61, ZONE) == "2026-11-21 00:01:01"
