"""docs/coverage.md is honest: each section of the documents has its row, and each command and test named is there."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from complaintctl.cli.app import build
from complaintctl.cli.registry import COMMANDS, Group
from complaintctl.procedures import common
from complaintctl.procedures import text as shipped
from complaintctl.rules.facts import CATEGORIES, CHANNELS, KINDS, OUTCOMES, VIAS
from complaintctl.rules.inspection import ITEMS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "coverage.md").read_text("utf-8")
NOT_OURS = "not a matter for a program: "

#: The sections of the five documents, as they are numbered there; parts without numbers by their headings.
SECTIONS = {
    "R": "1 (list); 2 (list); 3 (list); 4 (list); 5 (list); 6 (list); 7 (list); 8 (list); 9 (list); 10 (list); "
    "notes on writing; 一; 二; 三.1; 三.2; 三.3; 三.4; 四.1; 四.2; 四.3(1)①; 四.3(1)②; 四.3(1)③; 四.3(2); 四.3(3); "
    "四.4(1)①; 四.4(1)②; 四.4(2)①; 四.4(2)②; 四.4(2)③; 四.5; 四.6(1); 四.6(2); 四.7; 四.8; 四.9",
    "Q": "1; 2; 3.1; 3.2; 3.3; 3.4; 3.5; 4.1.1; 4.1.2; 4.1.3; 4.2.1; 4.2.2; 4.2.3; 4.2.4; 4.2.5; 4.2.6 class "
    "1; 4.2.6 class 2; 4.2.6 class 3; 4.2.7; 4.2.8; 4.2.9; title (suggestions)",
    "O": "01 meaning; 01 receipt and record; 01 process; 01 publishing; 01 improvement; 02 purpose; 02 "
    "content; 02 frequency; 03 meaning; 03 parties; 03 frequency; 04 meaning; 04 content; 04 archive; 04 "
    "analysis; 05 content; 05 quality; 05 flow; 06 meaning; 06 building; 06 management",
    "H1": "一; 二; 三; 四; 五; 六; 七",
    "H2": "一; 二(一); 二(二); 二(三); 二(四)",
    "H3": "1; 2.1; 2.2; 2.3; 2.4; 2.5; 2.6",
    "H4": "一; 二.1; 二.2; 三.1; 三.2; 四.1; 四.2; 五.1; 五.2; 五.3",
    "H5": "一; 二; 三(一)1; 三(一)2; 三(一)3; 三(一)4; 三(一)5; 三(二) reception; 三(二)1; 三(二)2; 三(二)3",
    "H6": "一; 一.1; 一.2; 一.3; 一.4; 二.1; 二.2; 二.3; 二.4",
    "H7": "一; 二; 三.1; 三.2; 三.3; 三.4; 四; 五; 六",
    "H8": "introduction; 1.1; 1.2; 1.3; 2.1; 2.2; 2.3; 3.1; 3.2; 3.3; 4.1; 4.2; 4.3; 5.1; 5.2; 5.3",
    "H9": "1; 2; 3.1; 3.2; 3.3",
    "H10": "1; 2.1; 2.2; 3.1; 3.2; 3.3; 3.4; 3.5; 3.6; 4.1; 4.2; 5",
    "H11": "1; 2; 3.1.1; 3.1.2; 3.1.3; 3.1.4; 3.1.5; 3.1.6; 3.1.7; 3.2.1(1); 3.2.1(2); 3.2.1(3); 3.2.1(4); "
    "3.2.2(1); 3.2.2(2); 3.2.2(3); 3.2.2(4); 3.2.2(5)",
    "C": "1.0; 2.0; 3.1; 3.2; 3.3; 4.1.1; 4.1.2; 4.1.3; 4.1.4; 4.2.1; 4.2.2; 4.3.1; 4.4.1; 4.4.2; 4.4.3; "
    "4.4.4; 4.4.5; 4.4.6; 4.4.7; 4.4.8; 4.4.9; 4.4.10; 4.5.1; 4.5.2; 4.5.3; 4.6.1; 4.7.1; 4.7.2; 4.7.3; "
    "4.8.1; 4.9.1; 4.10.1; 4.11.1; 4.12.1; 4.12.2 (first); 4.12.2 (second); 5.0; 6.1; 6.2; 6.3; 6.4",
}


def rows() -> list[tuple[str, str, str, str, str]]:
    """(document, section, what it asks, command, test) of every row."""
    found = []
    document = ""
    for line in PAGE.splitlines():
        if line.startswith("## "):
            document = line.split()[1]
        elif line.startswith("|") and not line.startswith(("| section", "|---")):
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            assert len(cells) == 4, line
            found.append((document, *cells))
    return found  # type: ignore[return-value]


ROWS = rows()
OURS = [row for row in ROWS if not row[3].startswith(NOT_OURS)]


@pytest.mark.parametrize("document", SECTIONS)
def test_every_section_has_a_row(document: str) -> None:
    assert [row[1] for row in ROWS if row[0] == document] == SECTIONS[document].split("; ")


def test_no_other_document_and_nothing_empty() -> None:
    assert {row[0] for row in ROWS} == set(SECTIONS)
    assert not [row for row in ROWS if not all(row)]


def test_what_is_no_matter_for_a_program_says_why() -> None:
    for row in ROWS:
        if row[3].startswith(NOT_OURS):
            assert len(row[3].removeprefix(NOT_OURS)) >= 8, row
            assert row[4] == "–", row


def named(text: str) -> list[list[str]]:
    return [one.split() for one in re.findall(r"`([^`]+)`", text)]


@pytest.mark.parametrize("row", OURS, ids=lambda row: f"{row[0]} {row[1]}")
def test_commands_are_there_with_their_options(row: tuple[str, ...]) -> None:
    commands = named(row[3])
    assert commands, row
    for words in commands:
        entry, name = COMMANDS[words[0]], words[0]
        if isinstance(entry, Group):
            if len(words) == 1:
                continue
            entry, name = entry.commands[words[1]], words[1]
        options = {option for param in build(name, entry).params for option in (*param.opts, *param.secondary_opts)}
        assert {word for word in words if word.startswith("--")} <= options, words


PACK = tomllib.loads(shipped("site-standard"))
STEPS = {step["name"] for step in tomllib.loads(common())["step"]}
RUNGS = {rung["code"] for rung in tomllib.loads(common())["rungs"].values()}


def kinds(subject: str) -> set[str]:
    return {one["name"] for one in PACK["occasion"] if one["subject"] == subject}


#: What may stand behind a command and `…`, and behind an option: steps, rungs, routes, kinds and other values.
BEHIND = {
    "record": STEPS,
    "escalate": RUNGS,
    "dispute": {one["name"] for one in PACK["route"]},
    "visit record": kinds("visit"),
    "inspect record": kinds("inspection"),
}
VALUES = {
    "--channel": set(CHANNELS),
    "--kind": set(KINDS),
    "--category": set(CATEGORIES),
    "--part": {one["name"] for one in PACK["part"]},
    "--outcome": set(OUTCOMES),
    "--via": set(VIAS),
    "--items": set(ITEMS),
}


@pytest.mark.parametrize("row", OURS, ids=lambda row: f"{row[0]} {row[1]}")
def test_steps_rungs_and_kinds_are_those_of_the_procedure(row: tuple[str, ...]) -> None:
    for words in named(row[3]):
        call = " ".join(words[: 2 if isinstance(COMMANDS[words[0]], Group) else 1])
        plain = [word for word in words[len(call.split()) :] if word != "…"]
        for before, word in zip(["", *plain], plain, strict=False):
            if not word.startswith("--"):
                allowed = VALUES[before] if before.startswith("--") else BEHIND[call]
                assert set(word.split(",")) <= allowed, words


@pytest.fixture(scope="module")
def known() -> set[str]:
    """The tests that a row may name: by name, or as file::name where two files have one of that name."""
    tests = ROOT / "tests"
    cases = {f"cases/{path.name}" for path in (tests / "cases").glob("*.toml")}
    files = {
        path.stem: set(re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.M))
        for path in tests.rglob("test_*.py")
    }
    often = Counter(name for names in files.values() for name in names)
    once = {name for name, times in often.items() if times == 1}
    return cases | once | {f"{file}::{name}" for file, names in files.items() for name in names}


@pytest.mark.parametrize("row", OURS, ids=lambda row: f"{row[0]} {row[1]}")
def test_tests_are_there(row: tuple[str, ...], known: set[str]) -> None:
    tests = {words[0] for words in named(row[4])}
    assert tests and tests <= known, row
