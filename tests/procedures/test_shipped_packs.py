"""The shipped packs, and one that none of the documents is like: they parse, and their worked examples hold."""

import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from complaintctl import procedures
from complaintctl.procedures import assemble, holidays
from complaintctl.rules import example, pack
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.life import fold
from complaintctl.rules.procedure import Procedure

HERE = Path(__file__).parent
ZONE = ZoneInfo("Asia/Shanghai")
TWO_STAGE = "two-stage"
PACKS = (*procedures.SHIPPED, TWO_STAGE)


def text_of(name):
    if name == TWO_STAGE:
        return (HERE / "packs" / "two-stage.toml").read_text(encoding="utf-8")
    return procedures.text(name)


def document(name):
    return tomllib.loads(text_of(name))


def book_for(text):
    snapshot = pack.parse(text, procedures.common())
    return Book(ZONE, [(0, Procedure(snapshot))], [(0, Calendar.from_snapshot(holidays.shipped()))])


EXAMPLES = [
    pytest.param(name, row, id=f"{name}: {row['title']['en']}") for name in PACKS for row in document(name)["example"]
]


@pytest.fixture(scope="module")
def books():
    return {name: book_for(text_of(name)) for name in PACKS}


@pytest.mark.parametrize(("name", "row"), EXAMPLES)
def test_a_worked_example_comes_out_as_written(books, name, row):
    assert example.run(row, books[name]) == []


@pytest.mark.parametrize("name", PACKS)
def test_every_clock_stands_in_a_worked_example(name):
    shown = {due.get("clock") for row in document(name)["example"] for due in row.get("due", [])}
    assert {row["id"] for row in document(name).get("clock", [])} - shown == set()


@pytest.mark.parametrize("name", PACKS)
def test_every_judged_value_stands_in_a_worked_example(name):
    shown = {
        (facet, {True: "yes"}.get(value, value))
        for row in document(name)["example"]
        for facet, value in row.get("judged", {}).items()
    }
    judged = {(row["facet"], row["value"]) for row in document(name).get("judgement", [])}
    assert judged - shown == set()


@pytest.mark.parametrize("name", PACKS)
def test_every_worked_example_says_something(name):
    for row in document(name)["example"]:
        assert {"judged", "due", "absent", "closed"} & set(row), row["title"]["en"]


@pytest.mark.parametrize("name", PACKS)
def test_every_example_has_a_title_of_its_own_in_both_languages(name):
    titles = [row["title"] for row in document(name)["example"]]
    assert all(set(title) == {"zh", "en"} for title in titles)
    assert len({title["en"] for title in titles}) == len({title["zh"] for title in titles}) == len(titles)


def test_a_wrong_example_is_noticed(books):
    row = document("work-instruction")["example"][0]
    due = [{**row["due"][0], "at": "2026-11-20 18:31"}]
    assert [found.what for found in example.run({**row, "due": due}, books["work-instruction"])] == ["class-1: due"]


@pytest.mark.parametrize("name", procedures.SHIPPED)
def test_a_pack_is_found_by_its_id(name):
    assert document(name)["id"] == name


def test_an_unknown_pack_is_no_file_name():
    with pytest.raises(KeyError):
        procedures.text("../common")


def test_the_handler_of_a_second_round_is_the_supervisor(books):
    told = {"at": "2026-11-20 14:00", "channel": "phone", "responsibility": "own"}
    steps = [
        {"step": "resolved", "at": "2026-11-20 15:00"},
        {"step": "notified", "via": "visit", "accepted": False, "at": "2026-11-20 16:00"},
    ]
    life = fold(example.Script({"told": told, "steps": steps}, ZONE).entries, books["service-code"])
    duties = {(clock.id, clock.round): clock.duty for clock in life.clocks}
    assert duties["contacted-2h", 1] == ("handler",)
    assert duties["contacted-2h", 2] == ("supervisor",)
    assert duties["notified", 2] == ("desk",)


# ---- the joined procedure


def test_the_joined_procedure_is_in_step_with_the_five():
    assert procedures.text("site-standard") == assemble.assembled(), "run: python -m complaintctl.procedures.assemble"


def test_the_joined_procedure_holds_every_clock_under_its_document():
    joined = {row["id"]: row for row in document("site-standard")["clock"]}
    wanted = {}
    for name in assemble.DOCUMENTS:
        own = document(name)
        wanted |= {f"{own['letter']}-{row['id']}": (name, row["clause"]) for row in own.get("clock", [])}
    assert {key: (row["pack"], row["clause"]) for key, row in joined.items()} == wanted


def test_every_clause_names_its_document():
    for name in assemble.DOCUMENTS:
        own = document(name)
        for row in [*own.get("clock", []), *own.get("judgement", []), *own["closing"]]:
            for clause in row["clause"].split(", "):
                assert clause.startswith(own["letter"]) or clause[0].isdigit() or clause[0] in "一二三四五六", row


def test_site_parameters_of_several_documents_must_share_a_default():
    own = [{"params": {"revisit": {"default": "3 days", "clause": "R"}}}]
    other = [{"params": {"revisit": {"default": "2 days", "clause": "Q"}}}]
    with pytest.raises(ValueError, match="revisit"):
        assemble._params([*own, *other])


@pytest.mark.parametrize("name", procedures.SHIPPED)
def test_wordings_come_in_both_languages_and_differ(name):
    snapshot = pack.parse(procedures.text(name), procedures.common())
    rows = [*snapshot["clocks"], *snapshot["steps"].values(), *snapshot["params"].values(), *snapshot["closes"]]
    for row in rows:
        assert row["title"]["zh"] != row["title"]["en"]
        assert row["title"]["zh"].isascii() is False
        assert all(ord(letter) < 0x2E80 for letter in row["title"]["en"])


# ---- deleting and changing a rule of a copy


def without_clock(name, clock):
    """The pack's text with one clock left out, as an office would leave it out of a copy."""
    blocks = text_of(name).split("\n[[")
    kept = [block for block in blocks if not block.startswith(f'clock]]\nid = "{clock}"\n')]
    assert len(kept) == len(blocks) - 1
    return "\n[[".join(kept).partition("\n[[example]]")[0]


CLOCKS = [(name, row["id"]) for name in procedures.SHIPPED for row in document(name).get("clock", [])]


@pytest.mark.parametrize(("name", "clock"), CLOCKS, ids=lambda value: value)
def test_a_clock_left_out_of_a_copy_is_gone_and_an_example_notices(name, clock):
    book = book_for(without_clock(name, clock))
    ids = {rule.id for rule in book.procedures[0][1].clocks}
    assert clock not in ids
    assert any(example.run(row, book) for row in document(name)["example"])
