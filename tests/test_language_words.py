"""The words of the source and of the catalogues themselves, also of texts that no test ever shows.

No sentence of the program stands outside the catalogues, no English word in its Chinese, no Chinese in its English but
for what is typed so; Chinese is written with its own marks; English says one and many.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import complaintctl
from complaintctl.locale import build
from tests.cli.test_both_languages import ALLOWED, CHINESE_TYPED, CODES, HANZI, HEADINGS, TYPED, WORD

PACKAGE = Path(complaintctl.__file__).parent
CHINESE = build.entries("zh")
#: Rooms whose texts people read.
SPOKEN = ("cli", "desk", "output", "reports", "errors.py", "language.py")
#: Names that stand as they are beside Chinese: keys of files and settings, names of formats and keys.
KEYS = frozenset(
    (
        *(
            "Ctrl-C",
            "MiB",
            "XLS",
            "Unicode",
            "NUL",
            "plain",
            "areas",
            "holidays",
            "yes",
            "no",
            "true",
            "false",
            "zh",
            "en",
        ),
        *("ledger", "lang", "actor", "words", "count", "given", "same", "day"),
    )
)


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE)
        if room.parts[0] in SPOKEN:
            yield str(room), ast.parse(path.read_text("utf-8"))


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """The texts of a module that no catalogue has: no docstring, annotation, message of a fault, or marked text."""
    left: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left.add(id(node.value))
        aside: list[ast.AST | None] = []
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in build._MARKERS:
            aside += node.args[:2]
        elif isinstance(node, ast.Raise | ast.Assert):
            aside += [node.exc if isinstance(node, ast.Raise) else node.msg]
        elif isinstance(node, ast.arg | ast.AnnAssign):
            aside += [node.annotation]
        elif isinstance(node, ast.FunctionDef):
            aside += [node.returns]
        left |= {id(one) for part in aside if part is not None for one in ast.walk(part)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left:
            yield node


#: Not sentences: scripts of shells, lines of the crontab, what Typer says in English and is known by, and the patterns
#: of what is never broken at the end of a line.
OTHER_TONGUES = ("cli/commands/completion.py", "cli/commands/cron.py", "cli/usage.py", "output/paragraph.py")
#: Limits as packs write them, the name of an encoding, a pattern, and a command put together from its words.
PHRASES = (
    *("same day", "at once", "by day", "business minutes", "business hours", "UTF-8 BOM"),
    'monthly-report 2026-09 --complaints timely-rate --as-of "',
)


def test_no_english_sentence_stands_outside_the_catalogues():
    """Two words with a blank between them, or one beside a field of an f-string, are for people."""
    wrong = []
    for room, tree in trees():
        if room in OTHER_TONGUES:
            continue
        for node in literals(tree):
            text = node.value
            for pattern in (*TYPED, re.compile(r"\{[^{}]*\}|\"\$\w+\"")):
                text = pattern.sub(" ", text)
            words = [word for word in WORD.findall(text) if word not in CODES and word not in ALLOWED]
            if " " in node.value.strip("\n") and words and node.value not in PHRASES:
                wrong.append(f"{room}:{node.lineno} {node.value!r}")
    assert not wrong, wrong


def test_no_chinese_stands_outside_the_catalogues():
    """But for what is typed and found: how a home is written, numerals, units beside their number, words searched."""
    wrong = []
    for room, tree in trees():
        for node in literals(tree):
            if re.search("[\u4e00-\u9fff]{2}", node.value) and node.value not in TYPED_OR_FOUND:
                wrong.append(f"{room}:{node.lineno} {node.value!r}")
    assert not wrong, wrong


#: What is read, not said; the pattern of spans, and those of what is never broken at the end of a line.
TYPED_OR_FOUND = frozenset(
    (
        *("投诉", "一二三四五六七八九十", "号楼", "样例", "search 电梯", ")[前内起止后]?)?"),
        r"(\d{1,6}) ?(s|m|min|minutes?|h|hours?|d|days?|分钟|分|小时|个小时|天|日)",
        "个?(?:工作日|办公小时|办公分钟|小时|分钟|星期|月)|[年月日号天周时点分秒件户次项条份人栋级轮个]",
    )
)


def test_chinese_texts_hold_no_english_but_what_is_typed():
    """Codes that are typed stand in help; that none stands on a screen is seen where every command is tried."""
    wrong = []
    for source, text in CHINESE.items():
        if source.startswith("complaintctl ") or not HANZI.search(text):
            continue
        left = re.sub(r"\{\w+\}", " ", text)
        for pattern in TYPED:
            left = pattern.sub(" ", left)
        wrong += [(word, text) for word in WORD.findall(left) if word not in ALLOWED | KEYS | CODES]
    assert not wrong, wrong


def test_english_texts_hold_no_chinese_but_what_is_typed():
    wrong = []
    for source in build.marked():
        if source.startswith("complaintctl ") or not HANZI.search(source):
            continue
        left = re.sub(r"[RQOCH]\d{0,2} [一二三四五六七八九十][\d.()]*|, [一二三四五六七八九十][\d.()]+", " ", source)
        for phrase in sorted(CHINESE_TYPED, key=len, reverse=True):
            left = left.replace(phrase, " ")
        wrong += [(word, source) for word in HANZI.findall(left) if word not in HEADINGS]
    assert not wrong, wrong


_H = "[\u4e00-\u9fff]"
MARKS = {
    "a half-width mark beside Chinese": rf"{_H}[,;!?]|[,;!?](?={_H})|{_H}:(?=\D)|(?<=\D):{_H}",
    "half-width brackets beside Chinese": rf"{_H} ?\(|\) ?{_H}|\({_H}|{_H}\)",
    "a blank beside a full-width mark": r"(?<! ) (?! )[，。；：（）、？！]|[，。；：（）、？！](?<! ) (?! )",
    "an English dash": " — | – ",
    "three dots": r"\.\.\.",
    "a blank beside quotes": rf"{_H} “|” {_H}",
    "curly quotes in what is typed": r"--[a-z-]+ [“‘]",
    "a counted number set off from its word": r"\{\w+\} [件条项天户次份张秒]",
}
#: Lists joined by commas as they are typed, an anchor as it is typed, and what is left out of a command.
TYPED_SO = (
    *("代码[,代码…]", "栏目[,栏目]", "编号… 步骤[,步骤…] [备注]", "代码[,代码]"),
    "下一步：complaintctl verify --anchor 序号:哈希（用上一份月报上印的锚点）",
)


def test_chinese_is_written_with_its_own_marks():
    wrong = []
    for source, text in CHINESE.items():
        if source.startswith("complaintctl ") or text in TYPED_SO or not HANZI.search(text):
            continue
        # What is left out of a command line is left out with one mark, as on the English page.
        plain = re.sub(r"complaintctl [^，。；：（）]*|\[\[…\]\]|“[A-Za-z][^”]*”", "甲", text)
        wrong += [(what, text) for what, pattern in MARKS.items() if re.search(pattern, plain)]
    assert not wrong, wrong


def test_one_thing_has_one_name():
    """Words that were used beside the one that the documents or the other screens have."""
    gone = ("超时", "呈报", "登记簿", "私密", "严重程度", "现场参数", "您", "你")
    kept = ("书面呈报",)
    wrong = [
        text for text in CHINESE.values() for word in gone if word in text and not any(one in text for one in kept)
    ]
    assert not wrong, wrong


def test_english_says_one_and_many():
    """A count beside a plural is said by `plural`, or after a colon, where it may as well be one."""
    said_by_plural = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "plural":
                said_by_plural |= {
                    one.value
                    for argument in node.args[:2]
                    for one in ast.walk(argument)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    counts = r"\{(?:n|count|left|days|entries|complaints|texts|homes|added)\} (?:[a-z]+ )?(?!is |was |has )[a-z]{2,}s\b"
    wrong = [text for text in build.marked() if re.search(counts, text) and text not in said_by_plural | MANY]
    assert not wrong, wrong


#: Texts whose number is never one, or that are chosen where `plural` does not see it.
MANY = frozenset(
    (
        *("{n} minutes", "{n} hours", "{n} days", "{n} months"),
        *("{n} working days", "{n} office minutes", "{n} office hours", "{n} rows"),
        *(
            "a row of more than {n} characters",
            "a row of more than {n} characters; perhaps a quotation mark is not closed",
        ),
        *("{count} invented complaints lie in {path}. Try on it:", "  … {count} more lines: complaintctl why {id}"),
        "{n} complaints taken over, ids {first} to {last}; “complaintctl undo” takes all of them back.",
        "Governs: the one due first of {n} limits for this step.",
    )
)
