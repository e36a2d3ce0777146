"""The page about packs keeps in step with the form of the file: every key stands there, and its sample is a pack."""

import re
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from complaintctl import procedures
from complaintctl.procedures import holidays
from complaintctl.rules import example, facts, pack, packexample, packkeys, packoccasions, packpaths
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.procedure import Procedure

PAGE = (Path(__file__).parents[2] / "docs" / "procedure-packs.md").read_text(encoding="utf-8")
SAMPLE = next(block for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL) if block.startswith("id = "))
MARKED = {word for span in re.findall(r"`([^`\n]+)`", PAGE) for word in re.findall(r"[\w:-]+", span)}

FORMS = {
    "top": pack.TOP,
    "step": pack.STEP,
    "param": pack.PARAM,
    "rung": pack.RUNG,
    "timer": pack.TIMER,
    "judgement": pack.JUDGEMENT,
    "clock": pack.CLOCK,
    "agreement": pack.AGREEMENT,
    "extension": pack.EXTENSION,
    "promise": pack.PROMISE,
    "rule": pack.RULE,
    "on_the_spot": pack.ON_THE_SPOT,
    "handling": pack.HANDLING,
    "notice": pack.NOTICE,
    "closing": pack.CLOSING,
    "close": pack.CLOSE,
    "separation": pack.SEPARATION,
    "target": pack.TARGET,
    "report": pack.REPORT,
    "assignment": pack.ASSIGNMENT,
    "route": packpaths.ROUTE,
    "part": packpaths.PART,
    "suggestion": packpaths.SUGGESTION,
    "occasion": packoccasions.OCCASION,
    "followup": packoccasions.FOLLOWUP,
    "example step": packexample.STEP,
}
WORDS = {
    "facets": [*facts.FACETS, *(value for values in facts.FACETS.values() for value in values)],
    "facts": [name for name, fact in facts.FACTS.items() if not fact.private and fact.type != "moment"],
    "course": list(facts.MADE),
    "starts": list(packkeys.START_WORDS),
    "vias": list(facts.VIAS),
    "outcomes": list(facts.OUTCOMES),
    "states": list(packexample.STATES),
    "stages": list(packexample.STAGES),
    "answers": list(packexample.ANSWERS),
    "roles": list(tomllib.loads(procedures.common())["roles"]),
    "rungs": [row["code"] for row in tomllib.loads(procedures.common())["rungs"].values()],
    "packs": list(procedures.SHIPPED),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_key_of_the_form_is_described(form):
    assert set(FORMS[form]) - MARKED == set()


@pytest.mark.parametrize("words", WORDS)
def test_every_word_that_may_stand_is_named(words):
    assert set(WORDS[words]) - MARKED == set()


def test_every_key_in_a_first_column_is_one_of_the_form():
    known = {key for form in FORMS.values() for key in form} | {"told", "steps", "judged", "due", "absent"}
    known |= {"closed", "round", "stage", "zh", "en"}
    tables = re.findall(r"^\| key \|.*?\n\n", PAGE, re.DOTALL | re.MULTILINE)
    named = {key for table in tables for key in re.findall(r"`(\w+)`", "\n".join(first_cells(table)))}
    assert named - known == set()
    assert len(named) > 40


def first_cells(table):
    return [line.split(" | ")[0] for line in table.splitlines()[2:]]


def test_the_sample_is_a_pack_and_its_example_holds():
    snapshot = pack.parse(SAMPLE, procedures.common(), "sample")
    book = Book(
        ZoneInfo("Asia/Shanghai"), [(0, Procedure(snapshot))], [(0, Calendar.from_snapshot(holidays.shipped()))]
    )
    examples = pack.examples(SAMPLE)
    assert examples
    assert [example.run(row, book) for row in examples] == [[] for _ in examples]
