"""`publish`: what the owners read has figures and common matters, and nothing by which a resident could be known."""

import json

import pytest

SECRETS = ("样例住户", "15400000", "9-3-303", "灯又灭了", "工程部")


@pytest.fixture
def month(clerk):
    """November: three dark lamps in three homes, two quarrels, five homes without water, one suggestion."""
    for day, unit in (("03", "9-3-301"), ("04", "9-3-302"), ("05", "9-3-303")):
        clerk(f"2026-11-{day} 09:00", "log", "--text", "灯又灭了", "--unit", unit, "--name", "样例住户一",
                 "--phone", "15400000001", "--category", "facility", "--responsibility", "own")  # fmt: skip
    for day in ("06", "07", "08"):
        clerk(f"2026-11-{day} 09:00", "log", "--text", "邻居太吵", "--category", "neighbour",
                 "--responsibility", "resident")  # fmt: skip
    clerk("2026-11-09 09:00", "log", "--text", "全楼停水", "--households", "5", "--category", "building",
             "--responsibility", "building")  # fmt: skip
    clerk("2026-11-03 09:05", "assign", "1", "工程部")
    clerk("2026-11-03 10:00", "resolve", "1", "灯管已换")
    clerk("2026-11-10 09:00", "log", "--text", "建议加装充电桩", "--kind", "suggestion")
    return clerk


def told(month, *words, code=0):
    return month("2026-11-20 12:00", "publish", *words, code=code)


def test_common_matters_and_events_are_told(month):
    data = told(month, "--json").data
    assert data["matters"] == [{"category": "facility", "received": 3, "resolved": 1, "closed": 0}]
    (event,) = data["events"]
    assert (event["households"], event["received_at"], event["resolved_at"]) == (5, "2026-11-09T09:00:00+08:00", None)
    assert data["suggestions"] == {"received": 1, "adopted": 0}
    assert data["kinds"] == [{"kind": "complaint", "received": 7}, {"kind": "suggestion", "received": 1}]
    figures = {one["key"]: one["value"] for one in data["figures"]}
    assert (figures["received"], figures["collective-events"]) == (8, 1)
    assert data["preliminary"] is True


def test_nothing_private_is_in_it(month):
    for words in ((), ("--json",), ("--format", "plain")):
        text = told(month, *words).out
        assert not [secret for secret in SECRETS if secret in text]
        assert "neighbour" not in text and "邻里" not in text


@pytest.mark.parametrize(("lang", "words"), [("zh", "月度物业服务报告"), ("en", "monthly property service report")])
def test_it_reads_well_in_both_languages_within_eighty_columns(month, lang, words):
    ran = month("2026-11-20 12:00", "--lang", lang, "publish")
    assert words in ran.out
    # A suggestion does not pass for a complaint on the notice.
    said = ["其中", "投诉", "7、建议", "1"] if lang == "zh" else ["of", "these", "complaint", "7,", "suggestion", "1"]
    assert said in [line.split() for line in ran.out.splitlines()]
    from complaintctl.output.text import width

    assert max(width(line) for line in ran.out.splitlines()) <= 80


def test_it_goes_to_a_file(month, tmp_path):
    notice = tmp_path / "notice.txt"
    told(month, "2026-11", "--output", str(notice))
    assert "2026-11" in notice.read_text("utf-8")
    assert notice.stat().st_mode & 0o077 == 0


def test_a_month_that_is_none_is_refused(month):
    assert json.loads(told(month, "2026-13", "--json", code=2).out)["error"]["code"] == "bad-moment"
