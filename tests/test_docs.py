"""Docs and program kept in step: commands, options, links, README's two commands, pictures, and words not to say."""

import itertools
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from complaintctl.cli import app
from complaintctl.cli.registry import COMMANDS, Entry, Group
from complaintctl.cli.settings import OPTIONS

ROOT = Path(__file__).parents[1]
README, CHINESE = ROOT / "README.md", ROOT / "docs" / "README.zh.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "sample_data" / "README.md"])
ENTRIES: dict[str, Entry] = {
    f"{name} {below}" if below else name: one
    for name, entry in COMMANDS.items()
    for below, one in (entry.commands.items() if isinstance(entry, Group) else [("", entry)])
}
FIRST_LINES = 60
#: Where a shell begins to run our program: at the head of a line, or after `;`, `(` and the like.
OURS = re.compile(r"(?:^|[;(&|] *)(?:\S*/)?complaintctl (?=[\w-])")
FIXED = {"COMPLAINTCTL_NOW": "2026-11-20T14:00+08:00", "COMPLAINTCTL_LANG": "en", "COMPLAINTCTL_ACTOR": "desk"}


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# ---- command lines


def blocks(text: str) -> Iterator[str]:
    """The shell parts of a page, lines that go on joined."""
    for found in re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S):
        yield found.replace("\\\n", " ")


def command_lines(page: Path) -> list[str]:
    """Every command line of ours on a page: in shell blocks, and in the running text between backticks."""
    text = page.read_text("utf-8")
    lines = [line for block in blocks(text) for line in block.splitlines()]
    lines += re.findall(r"`(complaintctl [^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
    return [line for line in lines if OURS.search(line)]


def words_of(line: str) -> list[str]:
    """The words after the program's name, up to whatever else the shell is told."""
    after = OURS.split(line, maxsplit=1)[1].partition("  #")[0]
    lexer = shlex.shlex(after, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    return list(itertools.takewhile(lambda word: not set(word) <= set("|;<>()&"), lexer))


def called(words: list[str]) -> tuple[str, list[str]]:
    """The command that words call, without the program's own options, and the words after it."""
    while words and words[0] in OPTIONS:
        words = words[2:]
    if not words or words[0].startswith("-"):
        return "today", words
    size = 2 if isinstance(COMMANDS.get(words[0]), Group) and len(words) > 1 else 1
    return " ".join(words[:size]), words[size:]


def options_of(name: str) -> set[str]:
    command = app.build(name.split()[-1], ENTRIES[name])
    found = {word for param in command.params for word in (*param.opts, *param.secondary_opts)}
    return {word for word in found if word.startswith("-")} | {"--help", "-h"}


LINES = [(name_of(page), line) for page in PAGES for line in command_lines(page)]


def test_there_are_command_lines_to_look_at() -> None:
    assert len(LINES) > 60 and {"README.md", "docs/README.zh.md"} <= {page for page, _ in LINES}


@pytest.mark.parametrize(("page", "line"), LINES)
def test_every_command_that_a_page_names_is_there_with_its_options(page: str, line: str) -> None:
    name, rest = called(words_of(line))
    if name in ("COMMAND", "…"):
        return
    if isinstance(COMMANDS.get(name), Group):
        assert rest in ([], ["--help"]), line
        return
    assert name in ENTRIES, line
    given = {word.partition("=")[0] for word in rest if word.startswith("--") and word != "--"}
    assert given <= options_of(name) | {"--version"}, (line, given - options_of(name))


@pytest.mark.parametrize("page", [README, CHINESE], ids=["en", "zh"])
def test_every_command_is_named(page: Path) -> None:
    text = page.read_text("utf-8")
    table = text[text.index("## All commands" if page == README else "## 全部命令") :]
    for name, entry in COMMANDS.items():
        assert f"`{name}`" in table, name
        if isinstance(entry, Group):
            group = re.search(rf"`{name}` ?[(（](.*?)[)）]", table)
            assert group and re.findall(r"`([\w-]+)`", group[1]) == list(entry.commands), name
    known = {*COMMANDS, *(below for entry in COMMANDS.values() if isinstance(entry, Group) for below in entry.commands)}
    rows = "\n".join(line for line in table.splitlines() if line.startswith("|"))
    assert set(re.findall(r"`([\w-]+)`", rows)) == known


def shape(page: Path) -> list[tuple[str, list[str]]]:
    """What a page's shell blocks call, option by option; values may be of another language."""
    lines = [
        line for block in blocks(page.read_text("utf-8")) for line in block.splitlines() if "complaintctl " in line
    ]
    found = [called(words_of(line)) for line in lines if re.search(r"complaintctl [\w-]", line)]
    return [(name, [word for word in rest if word.startswith("--")]) for name, rest in found]


def test_both_readmes_show_the_same_commands() -> None:
    assert shape(README) == shape(CHINESE)
    pictures = [set(re.findall(r"\((?:docs/)?([\w-]+\.svg)\)", page.read_text("utf-8"))) for page in (README, CHINESE)]
    assert pictures[0] == pictures[1] and len(pictures[0]) == 2
    heads = [len(re.findall("^## ", page.read_text("utf-8"), re.M)) for page in (README, CHINESE)]
    assert heads[0] == heads[1]


def test_the_two_commands_of_the_bare_machine_stand_at_the_head() -> None:
    head = "\n".join(README.read_text("utf-8").splitlines()[:FIRST_LINES])
    assert "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/complaintctl demo\n" in head
    assert "\npython3 -m tests\n" in head
    assert (ROOT / "tests" / "__main__.py").is_file()


# ---- the day of README, really worked


@pytest.mark.parametrize(("page", "heading"), [(README, "## A day"), (CHINESE, "## 一天")], ids=["en", "zh"])
def test_the_day_of_the_readme_can_be_worked_as_it_stands(page: Path, heading: str, tmp_path: Path) -> None:
    text = page.read_text("utf-8")
    day = text[text.index(heading) :].partition("\n## ")[0]
    lines = [line for block in blocks(day) for line in block.splitlines() if line]
    assert len(lines) >= 14
    env = {**FIXED, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", "")}

    def run(words: list[str], **more: str) -> str:
        command = [sys.executable, "-m", "complaintctl", "--ledger", "day.db", *words]
        done = subprocess.run(command, cwd=tmp_path, env=env | more, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (words, done.stderr)
        return done.stdout

    run(["init"])
    for line in lines:
        run(words_of(line))
    # A day later nothing of the first two is late; the third is in its second round, where nobody did anything.
    late = run(["overdue"], COMPLAINTCTL_NOW="2026-11-21T14:00+08:00")
    assert [number for number in ("0001", "0002", "0003") if f"TS202611-{number}" in late] == ["0003"]
    rows = run(["list", "--all", "--format", "csv", "--raw"]).splitlines()
    assert len(rows) == 4 and '"notified"' in rows[3] and '"open"' in rows[1]


# ---- links and pictures


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith("https://"):
            path, _, anchor = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            assert file.is_file(), target
            if anchor:
                heads = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.M)
                assert anchor in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}, target


def test_every_page_is_linked_from_the_readme() -> None:
    linked = set(re.findall(r"\]\(([^)\s#]+)", README.read_text("utf-8")))
    assert {name_of(page) for page in PAGES} - {"README.md"} <= linked


def test_the_pictures_show_what_the_program_prints() -> None:
    pytest.importorskip("pty", reason="no terminals here")
    spec = spec_from_file_location("picture", ROOT / "docs" / "picture.py")
    assert spec and spec.loader
    picture = module_from_spec(spec)
    spec.loader.exec_module(picture)
    for name, drawn in picture.pictures().items():
        assert (ROOT / "docs" / name).read_text("utf-8") == drawn, "run python docs/picture.py"


# ---- what is never said


def tracked() -> list[Path]:
    """The files of the project; without version control, all but what tools leave behind."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not any(part[0] in "._" for part in path.relative_to(ROOT).parts)]
    return [path for path in found if path.is_file()]


TEXTS = {
    path: text
    for path in tracked()
    if path.suffix != ".mo" and (text := path.read_bytes().decode("utf-8", "replace")) is not None
}
#: Sites that anybody may be sent to; the rest is somebody's machine. `x` stands in tests of terminal links.
SITES = {"www.w3.org", "toml.io", "keepachangelog.com", "semver.org", "x"}
#: Names of what stands in a workbook; nobody is sent there.
SITES |= {"schemas.openxmlformats.org", "purl.oclc.org"}
#: Registries and folders of a machine; written in parts, so that this page does not hold them itself.
NEVER = ("pypi" + ".", "python" + "hosted", "/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/")
PHONE = re.compile(r"(?<![\w.*])1[3-9]\d{9}(?!\w)")
UNUSED = "1540000"


def test_no_word_of_a_machine_or_a_registry_stands_anywhere() -> None:
    found = [(name_of(path), word) for path, text in TEXTS.items() for word in NEVER if word in text]
    assert not found


def test_no_other_site_is_named() -> None:
    named = {
        (name_of(path), host)
        for path, text in TEXTS.items()
        for host in re.findall(r"https?://([\w.-]+)", text)
        if host not in SITES
    }
    assert not named


def test_phones_are_of_the_unused_block() -> None:
    found = [
        (name_of(path), phone)
        for path, text in TEXTS.items()
        for phone in PHONE.findall(text)
        if not phone.startswith(UNUSED)
    ]
    assert not found


def test_only_what_is_true_is_promised() -> None:
    """Nobody who owns the file can be kept from changing it; it can only be seen."""
    for path, text in TEXTS.items():
        if path.suffix == ".md":
            without = re.sub(r"never\s+tamper-proof", "", text)
            assert "tamper-proof" not in without and "tamperproof" not in without, name_of(path)
