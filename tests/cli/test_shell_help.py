"""Every command's help: an example that works, every option explained, both languages whole."""

import itertools
import re
import shlex

import pytest
from typer._click import Context

from complaintctl import language
from complaintctl.cli import app, help, registry, settings
from complaintctl.language import gettext

COMMANDS = {
    name if below is None else f"{name} {below}": one
    for name, entry in registry.COMMANDS.items()
    for below, one in (entry.commands.items() if isinstance(entry, registry.Group) else [(None, entry)])
}
ENGLISH = re.compile(r"(?<![\w/.~<>-])(the|of|is|and|for|with|to|what|when|who|how)(?![\w/.-])", re.I)


@pytest.fixture(autouse=True)
def speak_english():
    language.install("en")
    yield
    language.install("en")


def built(name):
    return app.build(name.split()[-1], COMMANDS[name])


def page(name):
    command = built(name)
    return help.command_page(command, Context(command, info_name=f"complaintctl {name}"), command.examples)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_has_an_example_and_explains_every_option(name):
    command = built(name)
    assert command.help and command.examples
    for param in command.params:
        assert getattr(param, "hidden", False) or getattr(param, "help", None), param.name
    text = page(name)
    assert text.startswith(f"Usage: complaintctl {name}") and "Examples:\n  complaintctl" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_the_chinese_page_is_chinese(name):
    language.install("zh")
    text, _, _examples = page(name).partition("示例：")
    assert not ENGLISH.findall(text), text


def typed(line):
    """The words after the program's name, up to whatever else the shell is told."""
    lexer = shlex.shlex(line.partition("complaintctl ")[2], posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    return list(itertools.takewhile(lambda word: not set(word) <= set("|;<>()&"), lexer))


@pytest.mark.parametrize("lang", language.LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_examples_use_what_there_is(name, lang):
    language.install(lang)
    lines = [line for line in gettext(built(name).examples).split("\n") if "complaintctl " in line]
    assert any(f"complaintctl {name}" in line or f" {name}" in line for line in lines)
    for line in lines:
        scan = settings.scan(typed(line))
        assert scan.known, line
        called = registry.command_name(list(scan.rest)) or registry.HOME
        assert called in COMMANDS, line
        command = built(called)
        known = {word for param in command.params for word in (*param.opts, *param.secondary_opts)}
        for word in scan.rest:
            if word.startswith("--") and word != "--":
                assert word.partition("=")[0] in {*known, "--help"}, f"{line}: {word}"


def test_every_command_stands_under_a_heading():
    for name, entry in registry.COMMANDS.items():
        assert entry.section in registry.SECTIONS, name
        assert entry.help, name


@pytest.mark.parametrize(
    ("words", "usage", "argument"),
    [
        ("sign", "sign [选项] 编号… [签署项]", "编号… [签署项]  "),
        ("assign", "assign [选项] 编号… [部门]", "编号… [部门]  "),
        ("visit record", "visit record [选项] 形式|编号", "形式|编号  "),
        ("classify", "classify [选项] [文字|-]", "文字|-  "),
    ],
)
def test_what_to_type_is_said_in_chinese_and_whole(shell, words, usage, argument):
    page = shell("--lang", "zh", *words.split(), "--help").out.splitlines()
    assert page[0].endswith(usage)
    assert any(line.startswith(f"  {argument}") for line in page)
