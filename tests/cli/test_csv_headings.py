"""The first line of every listing's CSV: words under Chinese, stable keys under English and with --raw."""

import csv
import io
import re
from typing import Any

LISTINGS = (
    ("list", "--all"),
    ("overdue",),
    ("search", "样例"),
    ("monthly-report", "2026-11"),
    ("monthly-report", "2026-11", "--complaints", "timely-rate"),
    ("inspect", "list"),
    ("inspect", "list", "--findings"),
    ("visit", "list"),
    ("visit", "list", "--gaps"),
    ("signatures",),
    ("assist",),
    ("study",),
    ("corrective",),
    ("dispute",),
    ("event",),
    ("suggestion", "list"),
    ("staff", "list"),
    ("staff", "departments"),
    ("place", "list"),
    ("procedure", "simulate", "service-code", "--since", "2026-11-01"),
)


def first_line(clerk: Any, lang: str, *words: str) -> list[str]:
    found = clerk("12:00", "--lang", lang, *words, "--format", "csv").out
    return next(csv.reader(io.StringIO(found.lstrip("\ufeff"))))


def test_headings_are_words_in_chinese_and_keys_for_programs(clerk: Any) -> None:
    clerk("09:00", "log", "--text", "样例事项", "--responsibility", "own", "--unit", "3-1-1")
    for words in LISTINGS:
        chinese, english = first_line(clerk, "zh", *words), first_line(clerk, "en", *words)
        assert len(chinese) == len(english) == len(set(chinese)), words
        assert [heading for heading in chinese if not re.search("[\u4e00-\u9fff]", heading)] == [], words
        assert [key for key in english if not re.fullmatch("[a-z_]+", key)] == [], words
        assert first_line(clerk, "zh", *words, "--raw") == english
    assert "逾期（秒）" in first_line(clerk, "zh", "overdue")
