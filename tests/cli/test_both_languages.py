"""Every command in both languages: help, wrong usage, an empty ledger, the sample; no word of the other language.

The commands are tried with the examples of their own help, on a ledger with nothing in it and on the sample's; most
succeed on one of the two and are refused on the other, so that answers and refusals are both read.
"""

import io
import itertools
import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from complaintctl import language, procedures
from complaintctl.cli import app, registry
from complaintctl.cli.main import main
from complaintctl.desk import packs, play, site
from complaintctl.desk.inspection import PARTIES
from complaintctl.desk.office import Office
from complaintctl.intake.headings import PLACES, STAFF
from complaintctl.language import gettext
from complaintctl.ledger.store import Ledger
from complaintctl.output import words as vocabulary
from complaintctl.output.text import speak_plainly, width
from complaintctl.rules.example import moment
from complaintctl.rules.facts import FACTS
from complaintctl.rules.inspection import ITEMS
from complaintctl.rules.paths import ROUTES

ROOT = Path(__file__).parents[2]
COMMANDS: dict[str, registry.Entry] = {
    name if below is None else f"{name} {below}": one
    for name, entry in registry.COMMANDS.items()
    for below, one in (entry.commands.items() if isinstance(entry, registry.Group) else [(None, entry)])
}
NOW = "2026-11-02T09:00:00+08:00"
#: What prints other things than sentences: scripts, a played day that takes seconds, and words of residents.
NO_SENTENCES = ("completion", "demo", "lexicon show", "calendar show", "cron")
READ = [name for name in COMMANDS if not name.startswith(NO_SENTENCES)]
FOR_PROGRAMS = ("--json", "csv", "jsonl", "--raw", "json")

#: The English words that stand in Chinese output because they are typed so, or are names.
ALLOWED = frozenset(
    (
        *("complaintctl", "JSON", "CSV", "TOML", "XLSX", "SQLite", "UTF-8", "GB18030", "Lines", "shell", "crontab"),
        *("bash", "zsh", "fish", "pip", "install", "chinesecalendar", "Asia", "Shanghai", "YYYY", "YYYY-MM"),
        *("SEQ", "HASH", "Sample", "Gardens", "invented"),
        # Formats; a step, a key and two units that a page shows as typed; what a damaged ledger is told by.
        *("csv", "json", "jsonl", "sqlite", "came", "id", "hours", "workdays", "form", "terms", "lift", "version"),
        # “C 4.12.2 (second)” is cited so in every language; “noted” and “found” are words of an example.
        *("noted", "found", "last", "second"),
    )
)
PACK = packs.load("site-standard")
CODES = frozenset(
    {
        *procedures.SHIPPED,
        *itertools.chain.from_iterable(codes for codes in vocabulary._WORDS.values()),
        *itertools.chain.from_iterable(PACK[part] for part in ("steps", "roles", "params")),
        *(rung["code"] for rung in PACK["rungs"].values()),
        *(clock["id"] for name in procedures.SHIPPED for clock in packs.load(name)["clocks"]),
        # What is typed into the column of a correction file, and the keys of a list of departments.
        *("decision", "take", "skip", "ignore", "head"),
        *(one["name"] for one in PACK["occasions"]),
        *(*ITEMS, *PARTIES, *ROUTES, *STAFF, *PLACES),
        *itertools.chain.from_iterable(fact.choices for fact in FACTS.values()),
        *(name.replace("_", "-") for name in FACTS),
        *FACTS,
        *(word for name in COMMANDS for word in name.split()),
    }
)
#: Codes that screens show as codes, because they are typed: the procedures; and what a hint names after a whole
#: command line: “；staff add 登记人员”.
SHOWN_AS_TYPED = frozenset((*procedures.SHIPPED, "staff", "place", "add", "procedure", "adopt", "anchor-beyond"))
#: The key of a clock or of a parameter at the head of its line, in what a procedure says of itself.
KEY = re.compile(r"^ *[a-z][\w-]*(?=：|  )", re.M)
#: A code beside its word: 部门意见（opinion） or opinion（部门意见）.
BESIDE = re.compile(r"（[a-z][\w-]*）|\b[a-z][\w-]*(?=（[\u4e00-\u9fff])")
WORD = re.compile(r"(?<![\w./<>~{}|=-])[A-Za-z][A-Za-z']+(?:-[A-Za-z]+)*(?![\w./<>{}|=-])")
HANZI = re.compile(r"[\u4e00-\u9fff]+")
BROKEN = re.compile(r"(?<=[\u4e00-\u9fff\d])\n +(?=[\u4e00-\u9fff])")
CLAUSE = re.compile(r"(?:[RQOHC]\d{0,2} |, )[一二三四五六七八九十]+(?:\([一二三四五]\)|(?=[,.();·]))")
#: What an English page shows as typed in Chinese: wordings of moments and limits, words to search, headings of files.
CHINESE_TYPED = (
    *("昨天下午3点半", "明天下午3点", "11月17日 15:30", "11月27日18:00前", "11月27日前", "今天18:00前", "昨天18:30"),
    *("今天内", "两天内", "3天内", "本周五前", "本周日前", "上周五", "本周五", "下周五", "上月", "本月", "下月"),
    *("2小时", "3个工作日", "1个月", "当天", "立即", "昨天", "上午", "下午", "晚上", "3号楼", "天 = 1", "周 = 7"),
    *("师付=师傅", "电梯", "地下车库", "漏水"),
)
HEADINGS = frozenset(heading for named in (*STAFF.values(), *PLACES.values()) for heading in named)
#: Command lines to be typed, wherever they stand: their words are no sentence.
TYPED = (
    re.compile(r"complaintctl(?: [^\s，。；：（）、]+)*"),
    re.compile(r"“[A-Za-z][ -~]*”"),
    re.compile(r"--[a-z-]+"),
    re.compile(r"[\w-]+(?:\|[\w=-]+)+"),
)


def _said() -> Iterator[str]:
    """Every Chinese word that the people of the sample said or are called by."""
    script = (ROOT / "sample_data" / "desk.jsonl").read_text("utf-8") + (ROOT / "sample_data" / "site.json").read_text()
    yield from HANZI.findall(script)


SAID = frozenset(_said())
ALL_SAID = "\n".join(SAID)


class Site:
    """Two ledgers, one with nothing in it and one with the sample, and a way to run commands on copies of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledgers = {"empty": folder / "empty.db", "sample": folder / "sample.db"}
        start = site.Beginning({"zone": "Asia/Shanghai"}, packs.load("site-standard"), packs.shipped_calendar())
        site.begin(str(self.ledgers["empty"]), moment("2026-08-01 00:00", start.calendar.zone), "manager", start)
        self._sample()

    def _sample(self) -> None:
        """The first weeks of the sample, with every verb in them: all three months would take three times as long."""
        settings = json.loads((ROOT / "sample_data" / "site.json").read_text("utf-8"))
        script = (ROOT / "sample_data" / "desk.jsonl").read_text("utf-8").splitlines()
        steps = [step for step in map(json.loads, script) if step["at"] < "2026-09-05"]
        calendar = packs.shipped_calendar(settings["zone"])
        with Ledger.create(self.ledgers["sample"]) as ledger:
            office = Office(ledger, moment("2026-08-01 00:00", calendar.zone), "样例", pinned=True)
            site.adopt_first(office, site.Beginning(settings, packs.load("site-standard"), calendar))
            for _ in play.play(office, steps, {}):
                pass

    def __call__(self, ledger: str, lang: str, words: list[str], encoding: str = "utf-8") -> tuple[int, str]:
        """Run a command line on a copy of a ledger; its exit code, and all it printed; `answer` is the data alone."""
        shutil.copyfile(self.ledgers[ledger], self.folder / "site.db")
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding, newline="", write_through=True) for _ in range(2))
        settings = {
            **{"HOME": str(self.folder), "LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "")},
            **{"COMPLAINTCTL_LEDGER": str(self.folder / "site.db"), "COMPLAINTCTL_LANG": lang},
            **{"COMPLAINTCTL_ACTOR": "样例" if lang == "zh" else "clerk", "COMPLAINTCTL_NOW": NOW},
        }
        heard = io.TextIOWrapper(io.BytesIO(b""), "utf-8")
        with (
            mock.patch.dict(os.environ, settings, clear=True),
            mock.patch.object(sys, "stdin", heard),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = main(words)
        # A process of its own would end here; within this one the next test measures characters again.
        speak_plainly(None)
        self.answer, told = (one.buffer.getvalue().decode(encoding) for one in (out, err))  # type: ignore[attr-defined]
        return code, self.answer + told


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("languages")
    before = Path.cwd()
    os.chdir(folder)
    yield Site(folder)
    os.chdir(before)
    language.install("en")


def examples(name: str, lang: str) -> Iterator[list[str]]:
    """The command lines of a command's own help, each as its words."""
    language.install(lang)
    shown = app.build(name.split()[-1], COMMANDS[name]).examples
    for line in gettext(shown).split("\n"):
        lexer = shlex.shlex(line.partition("complaintctl ")[2], posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words = list(itertools.takewhile(lambda word: not set(word) <= set("|;<>()&"), lexer))
        if words and words[0] not in ("--ledger", "--lang"):
            yield words


def tried(name: str, lang: str) -> Iterator[tuple[str, list[str]]]:
    """Every way in which a command is tried: (ledger, words)."""
    words = name.split()
    yield "empty", [*words, "--help"]
    yield "empty", words
    yield "sample", words
    yield "empty", [*words, "--nope"]
    yield "empty", [*words, "999"]
    yield "empty", [*words, *(["a", "b", "c", "d", "e", "f", "g"])]
    for line in examples(name, lang):
        yield "empty", line
        yield "sample", line


def words_left(text: str, given: list[str], lang: str) -> list[str]:
    """The words of the other language in an output, less what was typed in and what is to be typed."""
    return english_left(text, given) if lang == "zh" else chinese_left(text, given)


def chinese_left(text: str, given: list[str]) -> list[str]:
    text = CLAUSE.sub(" ", text.partition("Examples:")[0] if "--help" in given else text)
    # Chinese may be broken between any two characters.
    text = BROKEN.sub("", text)
    for phrase in sorted(CHINESE_TYPED, key=len, reverse=True):
        text = re.sub(rf"(?<![\u4e00-\u9fff]){phrase}(?![\u4e00-\u9fff])", " ", text)
    typed = " ".join(given)
    # Names are masked to their first character, and what was told is cut where a line ends.
    known = {*HEADINGS, *SAID, *HANZI.findall(typed), "样"}
    found = [word for word in HANZI.findall(text) if word not in known and word not in typed]
    return [word for word in found if len(word) < 5 or word not in ALL_SAID]


def english_left(text: str, given: list[str]) -> list[str]:
    helps = "--help" in given
    text = text.partition("示例：")[0] if helps else text
    for pattern in TYPED if helps else (*TYPED, BESIDE, *([KEY] if given[0] == "procedure" else [])):
        text = pattern.sub(" ", text)
    # A help page names the codes that can be typed; on a screen a code is a word that was not translated.
    codes = CODES if helps else SHOWN_AS_TYPED
    known = {*ALLOWED, *codes, *(part for word in given for part in re.findall(r"[\w'-]+", word))}
    return [word for word in WORD.findall(text) if word not in known]


@pytest.mark.parametrize("name", READ)
def test_chinese_is_chinese(visited: Site, name: str) -> None:
    wrong = []
    for ledger, words in tried(name, "zh"):
        code, text = visited(ledger, "zh", words)
        assert code != 1, (words, text)
        if "--help" in words or not any(word in FOR_PROGRAMS for word in words):
            wrong += [(" ".join(words), word) for word in words_left(text, words, "zh")]
    assert not wrong


@pytest.mark.parametrize("name", READ)
def test_english_is_english(visited: Site, name: str) -> None:
    """What the sample's residents say is Chinese in either language."""
    wrong = []
    for ledger, words in tried(name, "en"):
        code, text = visited(ledger, "en", words)
        assert code != 1, (words, text)
        wrong += [(" ".join(words), word) for word in words_left(text, words, "en")]
        if ledger == "empty":
            page = text.partition("Examples:")[0] if "--help" in words else text
            wrong += [(" ".join(words), mark) for mark in FULL_WIDTH.findall(page) if mark not in "".join(words)]
    assert not wrong


#: Marks that only Chinese is written with: what people said may hold them, so they are looked for where nobody spoke.
FULL_WIDTH = re.compile("[，。；：（）、！？《》]")


# ---- terminals that carry less


@pytest.mark.parametrize("encoding", ["gbk", "gb2312", "big5", "shift_jis", "cp437", "latin-1"])
@pytest.mark.parametrize("words", [["log", "--text", "𠮷家的灯坏了😀é"], ["show", "𠮷"], ["log", "--help"]], ids=len)
def test_a_terminal_that_lacks_characters_shows_what_they_are(visited: Site, encoding: str, words: list[str]) -> None:
    """Chinese where it can be shown at all; no crash, and nothing lost without a word."""
    code, text = visited("empty", "zh", words, encoding)
    assert code in (0, 3)
    if words[0] == "show":
        assert "\\U00020bb7" in text
    spoken = "Usage: " in text or "received" in text or "There is no complaint" in text
    assert spoken == (encoding not in ("gbk", "gb2312"))


#: What reads or writes the whole ledger takes its time, and says the same few words each time.
QUICK = [name for name in READ if name not in ("verify", "rebuild", "backup", "init")]


@pytest.mark.parametrize("name", QUICK)
def test_a_gb18030_terminal_gets_the_same_in_its_own_bytes(visited: Site, name: str) -> None:
    assert visited("sample", "zh", name.split(), "gb18030") == visited("sample", "zh", name.split())


@pytest.mark.parametrize("name", QUICK)
def test_a_plain_terminal_gets_ascii_that_can_be_read(visited: Site, name: str) -> None:
    """In English, as no Chinese could be shown; an escape stands only for what is Chinese in itself."""
    words = name.split()
    for ledger, line in (("sample", words), ("empty", [*words, "--help"]), ("empty", [*words, "--nope"])):
        code, text = visited(ledger, "zh", line, "ascii")
        assert code != 1
        escaped = re.findall(r"\\u([0-9a-f]{4})", text)
        assert not [one for one in escaped if not "\u2e80" <= chr(int(one, 16)) <= "\u9fff"], text
        assert "Usage: " in text or "--help" not in line


def test_a_file_and_json_stay_in_the_language_asked_for(visited: Site) -> None:
    visited("sample", "zh", ["publish", "2026-08", "--output", "notice.txt"], "ascii")
    assert "月度物业服务报告" in Path("notice.txt").read_text("utf-8")
    _code, text = visited("empty", "zh", ["show", "7", "--json"], "ascii")
    assert json.loads(text)["error"]["message"] == "没有投诉“7”。"


# ---- widths


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_help_fits_80_columns(visited: Site, lang: str) -> None:
    long = []
    for name in COMMANDS:
        _code, text = visited("empty", lang, [*name.split(), "--help"])
        page = text.partition("示例：" if lang == "zh" else "Examples:")[0]
        # The line that shows what is typed is never broken.
        long += [line for line in page.split("\n")[1:] if width(line) > 80]
    assert not long


#: Listings of the sample, and the least that their tables need.
LISTINGS = (
    *(["list", "--all"], ["overdue"], ["overdue", "--all"], ["signatures"], ["assist"], ["dispute"], ["event"]),
    *(["suggestion", "list", "--all"], ["staff", "list"], ["staff", "departments"], ["place", "list"]),
    *(["visit", "list"], ["inspect", "list"], ["inspect", "list", "--findings"], ["procedure", "list"]),
    *(["procedure", "params"], ["search", "灯"], ["monthly-report", "2026-08"]),
)


@pytest.mark.parametrize(("lang", "encoding"), [("zh", "utf-8"), ("en", "utf-8"), ("zh", "ascii")])
@pytest.mark.parametrize("words", LISTINGS, ids=" ".join)
def test_columns_stand_in_line_with_wide_characters(visited: Site, words: list[str], lang: str, encoding: str) -> None:
    """Between two columns there is the same blank on every line: at the same place on the screen, not in the text."""
    code, text = visited("sample", lang, [*words, "--format", "plain"], encoding)
    assert code == 0, text
    table = [line for line in visited.answer.split("\n") if line]
    if words[0] in ("monthly-report", "signatures", "dispute", "event") or len(table) < 3:
        return
    cells = [_columns(line) for line in table[:60]]
    head = [at for at in range(2, len(cells[0])) if cells[0][at - 2 : at + 1] == [1, 1, 0]]
    for line in cells:
        for at in head:
            # A heading that is aligned to the left begins where its cells do; one aligned to the right ends there.
            assert at >= len(line) or line[at - 1] or _ends_alike(cells[0], line, at), (words, table[cells.index(line)])


def _columns(line: str) -> list[int]:
    """For each column of the screen whether it is blank."""
    return [int(char == " ") for char in line for _ in range(width(char))]


def _ends_alike(head: list[int], line: list[int], at: int) -> bool:
    """Whether a right-aligned cell ends where its heading ends."""
    end = next((one for one in range(at, len(head)) if head[one : one + 2] == [1, 1]), len(head))
    return end >= len(line) or bool(line[end])


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_screens_fit_a_terminal_of_80_columns(visited: Site, new_shell: Any, lang: str) -> None:
    """Drawn on a real terminal, whatever the words of the language take."""
    shutil.copyfile(visited.ledgers["sample"], visited.folder / "shown.db")
    shell = new_shell(visited.folder)
    env = {"COMPLAINTCTL_LEDGER": str(visited.folder / "shown.db"), "COMPLAINTCTL_LANG": lang, "COMPLAINTCTL_NOW": NOW}
    for words in (
        ["today"],
        ["list"],
        ["overdue"],
        ["show", "7"],
        ["procedure", "show"],
        ["monthly-report", "2026-08"],
        # What verbs answer, what they remark, and what is refused.
        ["log", "--text", "三号楼电梯停运，老人下不了楼，请尽快来修，昨天也说过", "--unit", "3-2-501"],
        ["classify", "保安态度恶劣，骂人，以前也说过多次"],
        ["record", "7", "contacted", "--promise", "今天9点"],
        ["revisit", "7", "--satisfied"],
    ):
        ran = shell.terminal(*words, env={**env, "NO_COLOR": "1"}, lines=60)
        assert ran.code in (0, 2, 4) and len(ran.out) > 60
        shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", ran.out)
        assert [line for line in shown.split("\n") if width(line) > 80] == [], words
        # A command to be typed stands in one line.
        assert not re.search(r"complaintctl(?: (?:amend|assign|notify|record|resolve|show))?$", shown, re.M), words


@pytest.mark.parametrize("columns", [36, 50, 60])
def test_a_narrow_terminal_loses_no_cell_of_a_table(visited: Site, new_shell: Any, columns: int) -> None:
    shutil.copyfile(visited.ledgers["sample"], visited.folder / "narrow.db")
    shell = new_shell(visited.folder)
    env = {"COMPLAINTCTL_LEDGER": str(visited.folder / "narrow.db"), "COMPLAINTCTL_LANG": "zh", "COMPLAINTCTL_NOW": NOW}
    whole = shell("overdue", "--format", "plain", env=env).out
    shown = shell.terminal("overdue", env={**env, "NO_COLOR": "1"}, columns=columns, lines=100).out
    assert [line for line in shown.split("\n") if width(line) > columns] == []
    told = re.sub(r"\s", "", shown)
    for line in whole.split("\n")[1:20]:
        cells = re.split(" {2,}", line.strip())
        # A narrow screen has fewer columns: the id, the step, its due moment, by how much it is late, whose duty it is.
        assert all(re.sub(r"\s", "", cells[at]) in told for at in (0, 2, 4, 5, 6)), line
