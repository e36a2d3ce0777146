"""What the documents list by name, tried from outside: their channels, facts and kinds of visit, each of them."""

from typing import Any

import pytest

#: Where a document names it, and how it is typed here.
CHANNELS = {
    "desk": "R 1, H4 一.1",
    "on-site": "Q 4.2.1",
    "phone": "R 1, H10 3.1",
    "email": "R 1, H4 一.3",
    "letter": "R 四.9, H10 3.1",
    "box": "H4 一.4, H6 一.1",
    "wechat": "H1 一, O 06",
    "web": "H10 3.1",
    "committee": "O 01",
    "company": "Q 4.2.5",
    "group": "Q 4.2.5",
    "government": "Q 4.2.5",
    "developer": "C 4.5.3",
}


def test_every_channel_of_the_documents_is_taken(clerk: Any) -> None:
    for channel in CHANNELS:
        name = clerk.take("09:00", "--channel", channel)
        assert clerk("09:01", "show", name, "--json").data["facts"]["channel"] == channel
    refused = clerk("09:02", "log", "--text", "灯坏了", "--channel", "fax", "--json", code=2).json["error"]
    assert all(channel in refused["hint"] for channel in CHANNELS)


def test_the_form_takes_down_all_that_the_standard_lists(clerk: Any) -> None:
    """When and where it happened, against whom, what happened, what is asked, how to reach (R 四.4(1)①)."""
    told = {"--happened-at": "11-19 22:00", "--place": "东门", "--against": "秩序部", "--text": "保安骂人"}
    told |= {"--demand": "道歉", "--name": "样例住户", "--phone": "15400000001", "--unit": "3-1-501"}
    name = clerk.take("09:00", *(word for pair in told.items() for word in pair))
    shown = clerk("09:01", "show", name, "--reveal", "核对", "--json").data
    assert (shown["text"], shown["name"], shown["phone"], shown["unit"]) == (
        *("保安骂人", "样例住户", "15400000001", "3-1-501"),
    )
    facts = shown["facts"]
    assert (facts["place"], facts["against"], facts["demand"]) == ("东门", "秩序部", "道歉")
    assert facts["happened_at"] == "2026-11-19T22:00:00+08:00"
    assert shown["received_at"] == "2026-11-20T09:00:00+08:00"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "R 四.1, 四.4(1); Q 4.2.1; H4 二.1"),
        ("zh", "先致歉、道谢，让住户把话说完，不争辩（R 四.1、四.4(1)；Q 4.2.1；H4 二.1）"),
    ],
)
def test_the_guided_form_reminds_of_courtesy(clerk: Any, lang: str, said: str) -> None:
    ran = clerk.shell.terminal("log", keys="灯坏了\n.\n\n", env={**clerk.env("09:00", lang=lang), "TERM": "dumb"})
    assert said in " ".join(ran.raw.decode("utf-8", "replace").split())


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("director", ("--by", "样例主任", "--homes", "6")),
        ("assistant", ("--by", "样例助理", "--homes", "40")),
        ("forum", ("--participants", "35")),
        ("festival", ("--topic", "中秋游园", "--participants", "120")),
        ("questionnaire", ("--sent", "200", "--returned", "150", "--satisfied", "120")),
    ],
)
def test_every_kind_of_visit_is_recorded_with_what_came_of_it(clerk: Any, kind: str, more: tuple[str, ...]) -> None:
    """H11 3.2.2(1) to (5); what is raised at any of them is dealt with (3.2.1(4))."""
    data = clerk("10:00", "visit", "record", kind, *more, "--raised", "门口加灯", "--json").data
    assert data["kind"] == kind and data["held_at"] == "2026-11-20T10:00:00+08:00"
    clerk("11:00", "visit", "dealt", "1.1", "已加装")
    assert [row["kind"] for row in clerk("11:01", "visit", "list", "--json").data["items"]] == [kind]
    figures = {one["key"]: one for one in clerk("12:00", "monthly-report", "--json").data["figures"]}
    assert figures["visits"]["value"] == 1 and figures["visit-handling-rate"]["value"] == 1
