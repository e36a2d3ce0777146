"""What a clerk can type wrong: each gets its exit code, one sentence and a hint, and leaves the ledger as it was.

It is Friday 2026-11-20, 15:00. Complaint 1 was taken down at 9 and lies there; 2 was dispatched at 9:05 and has run
over its four hours; 3 is resolved; 4 waits for its revisit; 5 is closed; 6 is not valid.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

SIX = ("1", "2", "3", "4", "5", "6")
BROKEN = os.fsdecode(b"\xe7\x81\xffx")
LONG = "长" * 1_000_000


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory, begun: Callable[[str], Path], new_shell: Any, new_clerk: Any) -> Path:
    """The ledger with the six complaints."""
    home = tmp_path_factory.mktemp("day")
    path = home / "site.db"
    shutil.copy(begun("site-standard"), path)
    clerk = new_clerk(new_shell(home), path)
    for name in SIX:
        clerk.take("09:00", *(("--responsibility", "self") if name == "6" else ()))
    clerk("09:05", "assign", "2", "3", "4", "5", "工程部")
    for name in ("3", "4", "5"):
        clerk("10:00", "resolve", name, "处理完毕")
    for name in ("4", "5"):
        clerk("10:30", "notify", name, "--via", "visit", "--accepted")
    clerk("11:00", "revisit", "5", "--satisfied")
    return path


@pytest.fixture
def at_three(day: Path, clerk: Any) -> Iterator[Any]:
    """The program at 15:00 on a copy of that ledger."""
    shutil.copy(day, clerk.ledger)
    yield clerk


EXTEND = ("--until", "11-27 18:00", "--reason", "缺件", "--told", "电话")

WRONG: list[tuple[tuple[str, ...], int, str]] = [
    # unknown numbers
    *(
        ((verb, "99", *more), 3, "not-found")
        for verb, more in (
            ("assign", ("工程部",)),
            ("resolve", ("x",)),
            ("notify", ("--via", "phone")),
            ("revisit", ("--satisfied",)),
            ("record", ("contacted",)),
            ("escalate", ("3",)),
            ("extend", EXTEND),
            ("reopen", ()),
            ("show", ()),
            ("why", ()),
            ("amend", ("--fault",)),
            ("link", ("1",)),
            ("close", ("--reason", "x")),
            ("forget", ("--reason", "x")),
            ("attach", ("/dev/null",)),
        )
    ),
    (("show", "TS202611-0099"), 3, "not-found"),
    (("show", BROKEN), 3, "not-found"),
    (("amend", "9" * 5000, "--fault"), 3, "not-found"),
    (("assign", "1", BROKEN, "工程部"), 3, "not-found"),
    (("log", "--text", "甲", "--evidence", "/nowhere/photo.jpg"), 3, "not-found"),
    (("resolve", "2", "同一件事", "--outcome", "duplicate", "--of", "99"), 3, "not-found"),
    # moments to come, or before the step they follow
    (("log", "--text", "甲", "--at", "15:01"), 2, "future-moment"),
    (("log", "--text", "甲", "--at", "2026-11-20 24:00"), 2, "future-moment"),
    (("log", "--text", "甲", "--heard-at", "16:00"), 2, "future-moment"),
    (("log", "--text", "甲", "--happened-at", "16:00"), 2, "future-moment"),
    (("log", "--text", "甲", "--heard-at", "10:00", "--at", "09:59"), 2, "before-step"),
    (("log", "--text", "甲", "--requested-by", "14:59"), 2, "before-step"),
    (("log", "--text", "甲", "--agreed-by", "14:59"), 2, "before-step"),
    (("assign", "1", "工程部", "--at", "08:59"), 2, "before-step"),
    (("assign", "1", "工程部", "--at", "15:01"), 2, "future-moment"),
    (("resolve", "2", "x", "--at", "09:04"), 2, "before-step"),
    (("resolve", "2", "x", "--at", "15:01"), 2, "future-moment"),
    (("notify", "3", "--via", "phone", "--at", "09:59"), 2, "before-step"),
    (("revisit", "4", "--satisfied", "--at", "10:29"), 2, "before-step"),
    (("revisit", "4", "--satisfied", "--raised", "x", "--promise", "14:59"), 2, "before-step"),
    (("record", "1", "contacted", "--at", "08:59"), 2, "before-step"),
    (("record", "1", "contacted", "--promise", "14:59"), 2, "before-step"),
    (("record", "3", "reported-developer", "--at", "09:30"), 2, "before-step"),
    (("escalate", "1", "3", "--at", "08:59"), 2, "before-step"),
    (("reopen", "5", "--at", "10:59"), 2, "before-step"),
    (("amend", "1", "--fault", "--at", "08:59"), 2, "before-step"),
    (("list", "--as-of", "15:01"), 2, "future-moment"),
    # steps that the rules do not allow
    (("resolve", "1", "x"), 4, "refused"),
    (("resolve", "1", "x", "--on-the-spot"), 4, "refused"),
    (("resolve", "3", "x"), 4, "refused"),
    (("notify", "1", "--via", "phone"), 4, "refused"),
    (("notify", "4", "--via", "phone"), 4, "refused"),
    (("revisit", "3", "--satisfied"), 4, "refused"),
    (("revisit", "5", "--satisfied"), 4, "refused"),
    (("extend", "2", *EXTEND), 4, "refused"),
    (("extend", "3", *EXTEND), 4, "refused"),
    (("extend", "1", "--until", "16:00", "--reason", "x", "--told", "y"), 4, "refused"),
    (("reopen", "1"), 4, "refused"),
    (("close", "1", "--reason", "x"), 4, "refused"),
    (("assign", "5", "工程部"), 4, "refused"),
    (("record", "5", "contacted"), 4, "refused"),
    (("record", "1", "signed"), 4, "refused"),
    (("record", "1", "form-returned"), 4, "refused"),
    (("record", "4", "matters-dealt-with"), 4, "refused"),
    (("escalate", "5", "3"), 4, "refused"),
    (("link", "1"), 4, "refused"),
    (("link", "1", "1"), 4, "refused"),
    # moments and limits that cannot be read
    (("log", "--text", "甲", "--at", "10"), 2, "bad-moment"),
    (("log", "--text", "甲", "--at", "Sat"), 2, "bad-moment"),
    (("extend", "1", "--until", "soon", "--reason", "x", "--told", "y"), 2, "bad-moment"),
    (("record", "1", "contacted", "--promise", "20261122"), 2, "bad-moment"),
    (("show", "1", "--as-of", "12.07"), 2, "bad-moment"),
    (("due", "soon"), 2, "bad-limit"),
    (("due", "-3 days"), 2, "usage"),
    (("due", "--", "-3 days"), 2, "bad-limit"),
    (("procedure", "params", "revisit=soon"), 2, "bad-limit"),
    # empty, too long, no text
    (("log", "--text", ""), 2, "empty-text"),
    (("log", "--text", " \n\t "), 2, "empty-text"),
    (("log", "--text", LONG), 2, "text-too-long"),
    (("log", "--text", BROKEN), 2, "bad-text"),
    (("log", "--text", "甲", "--name", BROKEN), 2, "bad-text"),
    (("log", "--text", "甲", "--reason", BROKEN), 2, "bad-text"),
    (("assign", "1", ""), 2, "empty-text"),
    (("assign", "1", "工程部", "--person", BROKEN), 2, "bad-text"),
    (("resolve", "2", ""), 2, "empty-text"),
    (("resolve", "2", LONG), 2, "text-too-long"),
    (("resolve", "2", "x", "--cause", BROKEN), 2, "bad-text"),
    (("resolve", "2", "x", "--analysis", ""), 2, "empty-text"),
    (("resolve", "2", "x", "--person", " "), 2, "empty-text"),
    (("notify", "3", "--via", "phone", "--note", LONG), 2, "text-too-long"),
    (("notify", "3", "--via", "phone", "--note", BROKEN), 2, "bad-text"),
    (("revisit", "4", "--satisfied", "--by", BROKEN), 2, "bad-text"),
    (("revisit", "4", "--satisfied", "--raised", ""), 2, "empty-text"),
    (("revisit", "4", "--satisfied", "--note", LONG), 2, "text-too-long"),
    (("record", "1", "contacted", ""), 2, "empty-text"),
    (("record", "1", "contacted", "--person", BROKEN), 2, "bad-text"),
    (("escalate", "1", "3", "--to", BROKEN), 2, "bad-text"),
    (("escalate", "1", "3", "--opinion", ""), 2, "empty-text"),
    (("amend", "1", "--demand", ""), 2, "empty-text"),
    (("amend", "1", "--fault", "--reason", BROKEN), 2, "bad-text"),
    (("close", "1", "--reason", ""), 2, "empty-text"),
    (("reopen", "5", "--reason", BROKEN), 2, "bad-text"),
    (("attach", "1", "/dev/null", "--note", BROKEN), 2, "bad-text"),
    (("forget", "1", "--reason", " "), 2, "empty-text"),
    (("show", "1", "--reveal", ""), 2, "empty-text"),
    (("extend", "1", "--until", "11-27 18:00", "--reason", "x", "--told", ""), 2, "empty-text"),
    (("extend", "1", "--until", "11-27 18:00", "--reason", BROKEN, "--told", "x"), 2, "bad-text"),
    (("list", "--department", BROKEN), 2, "bad-text"),
    (("list", "--building", BROKEN), 2, "bad-text"),
    (("search", BROKEN), 2, "bad-text"),
    # values out of their list, numbers that are none
    (("log", "--text", "甲", "--channel", "fax"), 2, "bad-value"),
    (("log", "--text", "甲", "--kind", "投诉单"), 2, "bad-value"),
    (("log", "--text", "甲", "--households", "0"), 2, "bad-value"),
    (("log", "--text", "甲", "--households", "1_000"), 2, "bad-value"),
    (("log", "--text", "甲", "--households", "5.0"), 2, "bad-value"),
    (("log", "--text", "甲", "--households", "９"), 2, "bad-value"),
    (("resolve", "2", "x", "--outcome", "done"), 2, "bad-value"),
    (("resolve", "2", "同", "--outcome", "duplicate", "--of", "2"), 2, "bad-value"),
    (("notify", "3", "--via", "pigeon"), 2, "bad-value"),
    (("notify", "3", "--via", "phone,pigeon"), 2, "bad-value"),
    (("notify", "3", "--via", ","), 2, "bad-value"),
    (("record", "1", ","), 2, "usage"),
    (("resolve", "2", "x", "--of", "1"), 2, "bad-value"),
    (("amend", "1", "--heard-at", "09:01"), 2, "before-step"),
    (("resolve", "2", "x", "--on-the-spot"), 4, "refused"),
    (("log", "--text", "甲", "--no-on-the-spot", "--result", "x"), 2, "usage"),
    (("amend", "1", "--withdraw", "severity"), 4, "refused"),
    (("record", "1", "nonsense"), 2, "bad-value"),
    (("record", "1", "resolved"), 2, "bad-value"),
    (("record", "1", "matters-dealt-with", "--matter", "x"), 2, "bad-value"),
    (("escalate", "1", "chief"), 2, "bad-value"),
    (("amend", "1", "--withdraw", "mood"), 2, "bad-value"),
    (("procedure", "params", "nix=2 days"), 2, "bad-value"),
    # what is missing, and what is too much
    (("log",), 2, "missing-option"),
    (("log", "--unit", "3-1-501"), 2, "missing-option"),
    (("log", "--text", "甲", "--severity", "minor"), 2, "missing-option"),
    (("log", "--text", "甲", "-"), 2, "usage"),
    (("assign", "1"), 2, "usage"),
    (("resolve", "2"), 2, "missing-option"),
    (("resolve", "2", "同", "--outcome", "duplicate"), 2, "missing-option"),
    (("notify", "3"), 2, "missing-option"),
    (("revisit", "4"), 2, "missing-option"),
    (("revisit", "4", "--satisfied", "--no-answer"), 2, "usage"),
    (("record", "contacted"), 2, "usage"),
    (("record", "1"), 2, "usage"),
    (("record", "1", "contacted", "a", "b"), 2, "usage"),
    (("escalate", "1"), 2, "missing-option"),
    (("extend", "1", "--until", "11-27 18:00", "--told", "x"), 2, "missing-option"),
    (("extend", "1", "--reason", "x", "--told", "x"), 2, "missing-option"),
    (("amend", "1"), 2, "usage"),
    (("amend", "1", "--severity", "minor"), 2, "missing-option"),
    (("close", "1"), 2, "missing-option"),
    (("forget", "1"), 2, "missing-option"),
    (("attach", "1"), 2, "missing-option"),
    # files and folders
    (("attach", "1", "/nowhere/photo.jpg"), 3, "not-found"),
    (("attach", "1", "/"), 2, "file-unusable"),
    (("procedure", "check", "x" * 300), 3, "not-found"),
    (("procedure", "adopt", "/nowhere/my.toml"), 3, "not-found"),
    (("procedure", "adopt", ""), 2, "file-unusable"),
    (("procedure", "adopt", "/dev/zero"), 2, "file-unusable"),
    (("calendar", "import", "/dev/zero"), 2, "file-unusable"),
    (("calendar", "import", "/"), 2, "file-unusable"),
    (("calendar", "import", "/nowhere/cal.toml"), 3, "not-found"),
    (("backup", ""), 2, "bad-value"),
    (("restore", "/nowhere/b.db", "--replace"), 3, "not-found"),
    (("verify", "--anchor", "4"), 2, "bad-value"),
    (("verify", "--anchor", "4:xyz"), 2, "bad-value"),
]


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@pytest.mark.parametrize(
    ("words", "code", "kind"), WRONG, ids=lambda value: ascii(value)[:60] if isinstance(value, tuple) else str(value)
)
def test_it_is_told_in_a_sentence_and_leaves_nothing(
    at_three: Any, words: tuple[str, ...], code: int, kind: str
) -> None:
    before = at_three.digest()
    english = at_three("15:00", *words, code=code)
    assert english.out == "" and english.err.endswith("\n")
    sentences = [line for line in english.err.splitlines() if ": read as " not in line]
    assert sentences[0].startswith("complaintctl: ") and 1 <= len(sentences) <= 2, sentences
    assert "{" not in sentences[0].replace("\\u{", "")
    chinese = at_three("15:00", *words, code=code, lang="zh")
    said = [line for line in chinese.err.splitlines() if "读作" not in line]
    assert all(is_chinese(line) for line in said) and len(said) == len(sentences), said
    if "--" in words:
        words = tuple(word if word != "--" else "--json" for word in words if word != "--json")
        words = (*words[: words.index("--json") + 1], "--", *words[words.index("--json") + 1 :])
    else:
        words = (*words, "--json")
    for language in ("en", "zh"):
        ran = at_three("15:00", *words, code=code, lang=language)
        document = ran.json
        assert ran.err == "" and document["ok"] is False and document["command"].split()[0] == words[0]
        assert document["error"]["code"] == kind, document
        assert document["error"]["message"] in (sentences if language == "en" else said)[0]
        assert document["error"]["hint"] is not None
        if code == 4:
            assert document["error"]["rule"] != "refused" and "clause" in document["error"]
    assert at_three.digest() == before


RULES = {
    ("resolve", "1", "x"): ("not-assigned", "R 四.5, C 4.3.1"),
    ("extend", "2", *EXTEND): ("too-late", "H4 五.3"),
    ("notify", "1", "--via", "phone"): ("not-resolved", ""),
    ("reopen", "1"): ("open", ""),
    ("close", "1", "--reason", "x"): ("may-not-close", ""),
}


@pytest.mark.parametrize(("words", "rule"), RULES.items(), ids=str)
def test_a_refusal_names_its_rule_its_clause_and_the_ready_command(at_three: Any, words: Any, rule: Any) -> None:
    error = at_three("15:00", *words, "--json", code=4).json["error"]
    assert (error["rule"], error["clause"]) == rule
    assert "complaintctl" in error["hint"] or "By hand only" in error["hint"] or "record 2" in error["hint"]


def test_resolving_first_gives_the_assign_line_to_type(at_three: Any) -> None:
    assert "complaintctl assign 1 DEPARTMENT" in at_three("15:00", "resolve", "1", "x", code=4).err
    assert "complaintctl assign 1 部门" in at_three("15:00", "resolve", "1", "x", code=4, lang="zh").err


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (b"", "empty-text"),
        (b" \n ", "empty-text"),
        (b"a\x00b", "bad-text"),
        (b"\xff\xfe\x00", "bad-text"),
        ("长".encode() * 400_000, "text-too-long"),
        (b"x" * 20_001, "text-too-long"),
    ],
    ids=["nothing", "blank", "NUL", "no text", "megabyte", "one too many"],
)
@pytest.mark.parametrize("words", [("log", "-"), ("resolve", "2", "-"), ("record", "1", "contacted", "-")], ids=str)
def test_what_comes_on_standard_input_is_held_to_the_same(
    at_three: Any, words: tuple[str, ...], told: bytes, kind: str
) -> None:
    before = at_three.digest()
    assert at_three("15:00", *words, "--json", stdin=told, code=2).json["error"]["code"] == kind
    assert at_three("15:00", *words, stdin=told, code=2, lang="zh").out == ""
    assert at_three.digest() == before


NASTY = (
    "灯\x1b[31m闪\x1b]8;;http://x\x07",
    "[/b] [red]x[/]",
    '=HYPERLINK("http://x","y")',
    "-x",
    "@SUM(1)",
    "\u202e反\u200b向",
)


@pytest.mark.parametrize("nasty", NASTY, ids=ascii)
def test_what_looks_like_a_command_is_taken_as_typed_and_shown_safely(at_three: Any, nasty: str) -> None:
    told = ("--unit", "火星-7-∞", "--name", nasty, "--place", nasty, "--kind", "complaint")
    data = at_three("15:00", "log", f"--text={nasty}", *told, "--channel", "phone", "--json").data
    name = str(data["id"])
    assert data["text"].startswith(nasty[:1])
    at_three("15:01", "assign", name, nasty if not nasty.startswith("-") else f"部{nasty}")
    at_three("15:02", "record", name, "contacted", "--", nasty)
    at_three("15:03", "resolve", name, "--cause", nasty, "--", nasty)
    revealed = at_three("15:04", "show", name, "--reveal", "核对", "--json").data
    assert (revealed["text"], revealed["name"], revealed["unit"]) == (nasty, nasty, "火星-7-∞")
    assert revealed["timeline"][-2]["result"] == nasty
    for words in (
        ("show", name, "--reveal", "核对"),
        ("show", name, "--format", "table"),
        ("why", name),
        ("list", "--format", "table"),
        ("list", "--format", "plain"),
        ("overdue", "--format", "table"),
        ("today",),
    ):
        out = at_three("15:05", *words).out
        assert not set(out) & set("\x1b\x07\u202e\u200b"), words
        assert "Traceback" not in out
    for words in (("list", "--all"), ("overdue",), ("search", "火星"), ("monthly-report",)):
        cells = at_three("15:05", *words, "--format", "csv").out.split('","')
        assert not any(cell.lstrip('"\ufeff').startswith(("=", "+", "-", "@")) for cell in cells), cells


def test_units_never_heard_of_are_taken_as_typed(at_three: Any) -> None:
    for unit in ("月球背面", "𠮷野家-1", "Tower B/12 (rear)", "3-1-501" * 20, "号楼", "-1"):
        data = at_three("15:00", "log", "--text", "甲", f"--unit={unit}", "--json").data
        shown = at_three("15:00", "show", str(data["id"]), "--reveal", "核对", "--json").data
        assert shown["unit"] == unit
    assert at_three("15:01", "verify", "--json").data["findings"] == []


def test_what_is_missing_is_shown_by_an_example_of_the_whole_command(at_three: Any) -> None:
    for lang, says in (("en", "Such as: complaintctl resolve 7 "), ("zh", "例如：complaintctl resolve 7 ")):
        assert says in at_three("15:00", "resolve", "2", code=2, lang=lang).err
    assert "例如：complaintctl staff add " in at_three("15:00", "staff", "add", code=2, lang="zh").err
    assert "后面可接：add、change、" in at_three("15:00", "staff", code=2, lang="zh").err


def test_a_wrong_value_is_told_with_what_each_means(at_three: Any) -> None:
    ran = at_three("15:00", "list", "--category", "电梯", code=2, lang="zh")
    assert "facility（设施维修）" in ran.err and "other（其他）" in ran.err
    assert "charges" in at_three("15:00", "list", "--category", "lift", code=2).err


def test_a_choice_may_be_called_by_its_word(at_three: Any) -> None:
    told = ("--kind", "报修", "--category", "噪音扰民", "--channel", "电话", "--responsibility", "其他住户")
    data = at_three("15:00", "log", "--text", "甲", *told, "--json", lang="zh").data
    assert (data["kind"], data["judgement"]["category"]) == ("repair", "noise")
    assert (data["facts"]["channel"], data["facts"]["responsibility"]) == ("phone", "resident")
    for wrong in ("噪音", "", "投诉 "):
        at_three("15:00", "log", "--text", "甲", "--category", wrong, code=2, lang="zh")
