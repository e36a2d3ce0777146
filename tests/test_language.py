"""The catalogues: complete, in step with the source, compiled anew, and robust."""

import ast
import errno
import os
import re
from pathlib import Path

import pytest

import complaintctl
from complaintctl import language
from complaintctl.errors import DeskError, FileUnusable
from complaintctl.language import N_, Phrase, Words, gettext, pick, plural, say, system_words
from complaintctl.locale import build
from complaintctl.output.problem import call, describe, fill

PACKAGE = Path(complaintctl.__file__).parent
SAME_IN_BOTH = re.compile(r"[\W\d_]*(?:\{\w+\}[\W\d_]*)*")
"""Texts that are only fields and marks need no other words in Chinese."""


@pytest.fixture(autouse=True)
def speak_english():
    language.install("en")
    call("complaintctl")
    yield
    language.install("en")


def test_every_marked_text_has_its_chinese():
    have = build.entries("zh")
    missing = {text: file for text, file in build.marked().items() if text not in have}
    assert not missing, f"run python -m complaintctl.locale.build --missing: {missing}"


def test_no_entry_outlives_its_text():
    assert not set(build.entries("zh")) - set(build.marked())


def test_the_compiled_catalogue_is_that_of_the_sources():
    compiled = Path(language.catalogue_path("zh")).read_bytes()
    assert compiled == build.compiled("zh"), "run python -m complaintctl.locale.build"
    assert build.compiled("zh") == build.compiled("zh")


def test_chinese_texts_are_chinese():
    for source, target in build.entries("zh").items():
        if not SAME_IN_BOTH.fullmatch(source) and not source.startswith("complaintctl"):
            assert target != source or not re.search("[a-z]{3}", source), source


def test_the_standard_library_reads_the_catalogue_too():
    import gettext as standard

    with Path(language.catalogue_path("zh")).open("rb") as file:
        catalogue = standard.GNUTranslations(file)
    for source, target in build.entries("zh").items():
        assert catalogue.gettext(source) == target


def test_every_entry_is_found():
    language.install("zh")
    for source, target in build.entries("zh").items():
        assert gettext(source) == target
    assert gettext("never marked") == "never marked"


def test_helps_and_metavars_are_marked():
    """A literal given to help=, metavar= or a heading that is not marked would stay English for ever."""
    wrong = []
    for path in sorted((PACKAGE / "cli").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "help" and isinstance(node.value, ast.Constant):
                wrong.append(f"{path.name}:{node.value.lineno}")
    assert not wrong


def test_markers_take_plain_literals_only():
    """What is put together at run time cannot be in a catalogue."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_"
            if called and not (isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)):
                wrong.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert not wrong


def test_every_error_says_its_message_and_hint_in_both_languages():
    def all_below(kind):
        for one in kind.__subclasses__():
            yield one
            yield from all_below(one)

    values = dict.fromkeys(
        (field for kind in all_below(DeskError) for field in build.fields(kind.message) | build.fields(kind.hint)), "X"
    )
    for kind in [DeskError, *all_below(DeskError)]:
        for lang in ("en", "zh"):
            language.install(lang)
            message, hint = describe(kind(**values), "complaintctl log")
            assert message and "{" not in message + hint
            assert kind.code and kind.exit_code in (1, 2, 3, 4, 5, 6, 130)


def test_an_error_that_lacks_a_value_is_still_told():
    from complaintctl.errors import BeforeStep

    assert "complaintctl show ID" in describe(BeforeStep(field="--at", moment="x"), "complaintctl log")[1]


def test_values_are_said_in_the_language_in_force():
    wording = {"zh": "前台", "en": "desk"}
    assert say([Words("complaint"), "7", wording]) == "complaint, 7, desk"
    assert say(Phrase("There is no {what} “{name}”.", what=Words("complaint"), name=3)) == "There is no complaint “3”."
    language.install("zh")
    assert say([Words("complaint"), "7", wording]) == "投诉、7、前台"
    assert say(Phrase("There is no {what} “{name}”.", what=Words("complaint"), name=3)) == "没有投诉“3”。"
    assert pick({"en": "only"}) == "only" and pick({}) == ""
    assert say(5) == "5" and say("as typed") == "as typed"


def test_a_list_of_what_holds_commas_has_the_heavier_mark():
    assert say(["甲，乙", "丙"]) == "甲，乙, 丙"
    language.install("zh")
    assert say(["甲，乙", "丙"]) == "甲，乙；丙" and say(["甲（乙、丙）", "丁"]) == "甲（乙、丙）；丁"
    assert say(["C 4.3.1, 4.4.1", "H4"]) == "C 4.3.1, 4.4.1、H4"


def test_chinese_beside_chinese_has_no_blank():
    """The blank of a text sets off figures and what is typed; a field that is Chinese itself needs none."""
    language.install("zh")
    text = N_("{field} is empty.")
    assert [fill(text, field=field) for field in ("--text", Words("RESULT"))] == ["--text 没有内容。", "结果没有内容。"]
    assert fill(text, field="内容 x") == "内容 x 没有内容。"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EISDIR, errno.ENOENT, errno.EROFS, errno.EIO])
def test_what_the_system_says_is_said_in_chinese(number):
    """Its own words stand in the catalogue, as it gives them; what is not known there stays as it is."""
    error = FileUnusable(file="x.csv", problem=system_words(OSError(number, os.strerror(number))))
    assert os.strerror(number) in describe(error, "complaintctl list")[0]
    language.install("zh")
    assert not re.search("[a-z]{2}", describe(error, "complaintctl list")[0].removeprefix("无法使用 x.csv"))
    assert say(system_words(ValueError("bad header"))) == "bad header"


def test_one_and_many():
    one, many = N_("{n} day"), N_("{n} days")
    assert [plural(one, many, n).format(n=n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]


def test_an_unknown_language_is_english():
    language.install("fr")
    assert language.current() == "en"


@pytest.mark.parametrize("content", [None, b"", b"\xde\x12", b"rubbish" * 20])
def test_a_missing_or_damaged_catalogue_leaves_english(monkeypatch, tmp_path, content):
    path = tmp_path / "x.mo"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(language, "catalogue_path", lambda lang: str(path))
    language.install("zh")
    assert gettext("complaint") == "complaint"


def test_catalogues_that_contradict_are_refused(tmp_path, monkeypatch):
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    folder = tmp_path / "zh"
    folder.mkdir()
    monkeypatch.setattr(build, "HERE", tmp_path)
    for bodies, word in (
        (['msgid "a"\nmsgstr "甲"\n', 'msgid "a"\nmsgstr "乙"\n'], "otherwise elsewhere"),
        (['msgid "a {x}"\nmsgstr "甲 {y}"\n'], "other fields"),
        (['msgid "a"\nmsgstr ""\n'], "no finished"),
        (['#, fuzzy\nmsgid "a"\nmsgstr "甲"\n'], "no finished"),
    ):
        for number in range(2):
            (folder / f"{number}.po").write_text(head + (bodies[number] if number < len(bodies) else ""))
        with pytest.raises(build.CatalogueError, match=word):
            build.entries("zh")
