"""docs/coverage.md is honest: each section of the documents has its row, and each command and test named is there."""

import re
from pathlib import Path

import pytest

from complaintctl.cli.app import build
from complaintctl.cli.registry import COMMANDS, Group

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "coverage.md").read_text("utf-8")
NOT_OURS = "not a matter for a program: "

#: The numbered sections of the five documents, as they stand in them; parts without numbers by their headings.
SECTIONS = {
    "R": "1 2 3 4 5 6 7 8 9 10 notes 一 二 三.1 三.2 三.3 三.4 四.1 四.2 四.3(1)① 四.3(1)② 四.3(1)③ 四.3(2) 四.3(3) "
    "四.4(1)① 四.4(1)② 四.4(2)① 四.4(2)② 四.4(2)③ 四.5 四.6(1) 四.6(2) 四.7 四.8 四.9",
    "Q": "1 2 3.1 3.2 3.3 3.4 3.5 4.1.1 4.1.2 4.1.3 4.2.1 4.2.2 4.2.3 4.2.4 4.2.5 4.2.6 4.2.7 4.2.8 4.2.9 title",
    "O": "01 02 03 04 05 06",
    "H1": "一 二 三 四 五 六 七",
    "H2": "一 二(一) 二(二) 二(三) 二(四)",
    "H3": "1 2.1 2.2 2.3 2.4 2.5 2.6",
    "H4": "一 二.1 二.2 三.1 三.2 四.1 四.2 五.1 五.2 五.3",
    "H5": "一 二 三(一)1 三(一)2 三(一)3 三(一)4 三(一)5 三(二) 三(二)1 三(二)2 三(二)3",
    "H6": "一.1 一.2 一.3 一.4 二.1 二.2 二.3 二.4",
    "H7": "一 二 三.1 三.2 三.3 三.4 四 五 六",
    "H8": "introduction 1.1 1.2 1.3 2.1 2.2 2.3 3.1 3.2 3.3 4.1 4.2 4.3 5.1 5.2 5.3",
    "H9": "1 2 3.1 3.2 3.3",
    "H10": "1 2.1 2.2 3.1 3.2 3.3 3.4 3.5 3.6 4.1 4.2 5",
    "H11": "1 2 3.1.1 3.1.2 3.1.3 3.1.4 3.1.5 3.1.6 3.1.7 3.2.1(1) 3.2.1(2) 3.2.1(3) 3.2.1(4) "
    "3.2.2(1) 3.2.2(2) 3.2.2(3) 3.2.2(4) 3.2.2(5)",
    "C": "1.0 2.0 3.1 3.2 3.3 4.1.1 4.1.2 4.1.3 4.1.4 4.2.1 4.2.2 4.3.1 4.4.1 4.4.2 4.4.3 4.4.4 4.4.5 4.4.6 4.4.7 "
    "4.4.8 4.4.9 4.4.10 4.5.1 4.5.2 4.5.3 4.6.1 4.7.1 4.7.2 4.7.3 4.8.1 4.9.1 4.10.1 4.11.1 4.12.1 4.12.2 5.0 "
    "6.1 6.2 6.3 6.4",
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
    told = {row[1].split(" ")[0] for row in ROWS if row[0] == document}
    assert told == set(SECTIONS[document].split())


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


@pytest.fixture(scope="module")
def known() -> set[str]:
    tests = ROOT / "tests"
    cases = {f"cases/{path.name}" for path in (tests / "cases").glob("*.toml")}
    return cases | {
        name
        for path in tests.rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.M)
    }


@pytest.mark.parametrize("row", OURS, ids=lambda row: f"{row[0]} {row[1]}")
def test_tests_are_there(row: tuple[str, ...], known: set[str]) -> None:
    tests = {words[0] for words in named(row[4])}
    assert tests and tests <= known, row
