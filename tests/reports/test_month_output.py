"""The month as JSON, CSV and for people: stable keys and bytes, 80 columns, both languages, targets said."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from complaintctl import language
from complaintctl.output import month as shown
from complaintctl.output import monthdata, monthwords
from complaintctl.output.csvfile import blocks
from complaintctl.output.labels import Labels
from complaintctl.output.text import width
from complaintctl.reports.figure import RATE, Tally
from complaintctl.reports.figures import FACETS, FIGURES
from complaintctl.reports.month import Reckoned

GOLDEN = Path(__file__).with_name("month-2026-11.csv")
DOCS = Path(__file__).parents[2] / "docs" / "figures.md"
DOCUMENT = DOCS.read_text("utf-8")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    language.install("en")
    yield
    language.install("en")


@pytest.fixture(scope="module")
def report(new_site: Callable[..., Any]) -> tuple[Any, Any, Any]:
    site = new_site(households=300, name="=Garden")
    for day, category, department, solved in (
        ("10-20", "noise", "工程部", "10:00"),
        ("11-03", "noise", "工程部", "10:00"),
        ("11-04", "noise", "保安部", "20:00"),
        ("11-05", "safety", "工程部", "11:00"),
    ):
        one = site.told(f"{day} 09:00", channel="phone", responsibility="own", category=category, building="3号楼")
        site.do(one, "dispatched", f"{day} 09:05", department=department)
        site.do(one, "contacted", f"{day} 09:30", promise=f"{day} 18:00")
        site.do(one, "resolved", f"{day} {solved}")
        site.do(one, "notified", f"{day} 21:00")
    site.do(2, "revisited", "11-05 10:00", raised=True)
    site.do(3, "revisited", "11-06 10:00", answer="dissatisfied")
    site.do(3, "referred", "11-06 11:00", rung=3)
    site.told("11-06 09:00", channel="web", kind="suggestion")
    site.told("11-07 09:00", channel="phone", responsibility="self", category="neighbour")
    return site.report("11-20 09:00"), Labels(site.snapshot), site.book.zone


def as_csv(report: tuple[Any, Any, Any], *, raw: bool = False) -> bytes:
    return "".join(blocks(monthdata.COLUMNS, monthdata.csv_rows(*report), raw=raw)).encode()


def as_text(report: tuple[Any, Any, Any], columns: int | None = 80) -> list[tuple[str, str]]:
    return list(shown.lines(*report, columns))


# ---- CSV


def test_the_csv_is_byte_for_byte_what_it_was(report: Any) -> None:
    assert as_csv(report) == GOLDEN.read_bytes()


def test_the_csv_opens_safely_and_ends_with_the_anchor(report: Any) -> None:
    text = as_csv(report).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert as_csv(report).startswith(b"\xef\xbb\xbf")
    assert not re.search(r'(^|,)"[=+@-]', text)
    assert next(row for row in rows if row["key"] == "site")["value"] == "'=Garden"
    assert [(row["section"], row["key"], row["value"]) for row in rows[-2:]] == [
        ("anchor", "seq", "7"),
        ("anchor", "hash", "ab" * 32),
    ]
    assert {row["month"] for row in rows} == {"2026-11"}
    sections = list(dict.fromkeys(row["section"] for row in rows))
    assert sections == ["report", "figure", "apart", "breakdown", "weakness", "case", "anchor"]
    raw = as_csv(report, raw=True).decode()
    assert raw.startswith('"month"')
    assert '"=Garden"' in raw


def test_the_csv_in_chinese_differs_in_its_words_only(report: Any) -> None:
    english = list(csv.DictReader(io.StringIO(as_csv(report).decode("utf-8-sig"))))
    language.install("zh")
    chinese = list(csv.DictReader(io.StringIO(as_csv(report).decode("utf-8-sig"))))
    words = ("label", "shown")
    assert [{k: v for k, v in row.items() if k not in words} for row in english] == [
        {k: v for k, v in row.items() if k not in words} for row in chinese
    ]
    assert next(row["label"] for row in chinese if row["key"] == "timely-rate") == "处理及时率"


# ---- JSON


def test_the_json_has_the_promised_keys(report: Any) -> None:
    data = json.loads(json.dumps(monthdata.as_json(*report)))
    assert {"month", "from", "to", "as_of", "preliminary", "restated", "due", "figures", "breakdowns", "anchor"} <= set(
        data
    )
    assert (data["from"], data["to"]) == ("2026-11-01T00:00:00+08:00", "2026-12-01T00:00:00+08:00")
    assert data["due"] == "2026-12-01T00:00:00+08:00"
    assert data["anchor"] == {"seq": 7, "hash": "ab" * 32}
    assert [one["key"] for one in data["figures"]] == [figure.key for figure in FIGURES]
    assert set(data["breakdowns"]) == {facet.name for facet in FACETS}
    timely = next(one for one in data["figures"] if one["key"] == "timely-rate")
    assert timely == {
        "key": "timely-rate",
        "label": "resolved in time",
        "value": 2 / 3,
        "unit": "share",
        "numerator": 2,
        "denominator": 3,
        "left_out": 1,
        "apart": {"no-clock": 1, "unknown": 0, "running": 0, "withdrawn": 0},
        "target": {"at_least": 0.9, "at_most": None, "clause": "C 4.4.10"},
        "met": False,
        "previous": 1.0,
        "last_year": None,
        "clause": "C 4.4.10",
    }
    assert data["breakdowns"]["category"][0] == {
        "value": "noise",
        "label": "noise",
        "received": 2,
        "previous": 1,
        "last_year": None,
        "timely": {"numerator": 1, "denominator": 2},
    }
    assert data["weaknesses"]["department"][0]["growth"] == 1
    assert data["cases"] == [{"id": 3, "number": "TS202611-0003", "why": ["reopened"]}]


# ---- for people


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_fits_eighty_columns_in_both_languages(report: Any, lang: str) -> None:
    language.install(lang)
    lines = [text for text, _ in as_text(report)]
    assert max(map(width, lines)) <= 80
    assert 40 < len(lines) < 90


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_name_fits_its_column_and_is_said_in_both_languages(report: Any, lang: str) -> None:
    language.install(lang)
    labels = {figure.key: monthwords.label(figure, report[1]) for figure in FIGURES}
    assert {key: text for key, text in labels.items() if width(text) > 31} == {}
    assert len(set(labels.values())) == len(labels)
    if lang == "zh":
        words = [*labels.values(), *map(language.gettext, monthwords.PARTS.values())]
        words += map(language.gettext, monthwords.FACETS.values())
        assert [text for text in words if text.isascii()] == []


def test_a_missed_target_is_said_in_red_and_what_is_not_in_it_below(report: Any) -> None:
    lines = as_text(report)
    at = next(n for n, (text, _) in enumerate(lines) if text.startswith("  resolved in time"))
    assert lines[at] == ("  resolved in time                      66.7%        2/3      100.0%           –", "red")
    assert lines[at + 1] == ("    target ≥ 90% (C 4.4.10): MISSED", "red")
    assert lines[at + 2] == ("    not in it: 1 no such limit", "dim")
    assert ("PRELIMINARY: the month has not ended.", "yellow") in lines


def test_in_chinese_too(report: Any) -> None:
    language.install("zh")
    lines = [text for text, _ in as_text(report)]
    assert "    目标 ≥ 90%（C 4.4.10）：未达标" in lines
    assert any(line.startswith("  处理及时率") for line in lines)
    assert "初步数字：本月尚未结束。" in lines


def test_nothing_is_folded_where_it_is_piped(report: Any) -> None:
    folded, piped = as_text(report), as_text(report, None)
    assert "".join(text for text, _ in folded).replace(" ", "") == "".join(text for text, _ in piped).replace(" ", "")
    assert len(piped) < len(folded)


def test_a_hundred_buildings_do_not_fill_the_screen(new_site: Callable[..., Any]) -> None:
    site = new_site()
    for number in range(20):
        for _ in range(1 + (number == 7)):
            site.told("11-05 09:00", channel="phone", responsibility="own", building=f"{number}号楼")
    report = site.report("11-20 09:00"), Labels(site.snapshot), site.book.zone
    screen, piped = ("\n".join(text for text, _ in as_text(report, columns)) for columns in (80, None))
    assert "building     7号楼 2, 0号楼 1, " in screen
    assert "5 more" in screen
    assert (screen.count("号楼 "), piped.count("号楼 ")) == (15, 20)


def reckoned(numerator: int, denominator: int, met: bool | None) -> Reckoned:
    figure = next(one for one in FIGURES if one.key == "timely-rate")
    assert figure.kind == RATE
    from complaintctl.reports.target import Target

    tally = Tally(numerator / denominator, numerator, denominator)
    return Reckoned(figure, tally, Target("90%", None, "X"), met, None, None)


@pytest.mark.parametrize(
    ("numerator", "denominator", "met", "expected"),
    [
        (9, 10, True, "90.0%"),
        (8999, 10000, False, "89.99%"),
        (89999, 100000, False, "89.999%"),
        (899, 1000, False, "89.9%"),
        (0, 7, False, "0.0%"),
        (1, 300, False, "0.33%"),
    ],
)
def test_a_missed_target_is_never_rounded_into_reach(
    numerator: int, denominator: int, met: bool, expected: str
) -> None:
    assert monthwords.shown_against(reckoned(numerator, denominator, met)) == expected


# ---- the page that explains them


def test_every_figure_column_and_reason_is_explained() -> None:
    rungs = {f"escalations-{rung}" for rung in (2, 3, 4)}
    for key in [figure.key for figure in FIGURES if figure.key not in rungs]:
        assert f"`{key}`" in DOCUMENT, key
    for column in monthdata.COLUMNS:
        assert re.search(rf"\| .*`{column}`", DOCUMENT), column
    for reason in monthwords.REASONS:
        assert f"`{reason}`" in DOCUMENT, reason
    for figure in FIGURES:
        assert set(figure.apart) <= set(monthwords.REASONS), figure.key
    assert "## CSV" in DOCUMENT
