"""Errors as a person and a script are told them: one sentence, what to do next, and stable codes."""

import re
from typing import Any

from complaintctl.errors import DeskError, RuleRefusal
from complaintctl.language import N_, Words, gettext, say
from complaintctl.output.text import safe


class _Fields(dict[str, str]):
    """Fields for a text; one that the error did not give stands by its name, as in a usage line."""

    def __missing__(self, key: str) -> str:
        return key.upper()


_TYPED = frozenset(("field", "option"))
"""Values that name what was typed: an option, or an argument by its place in the usage line."""

_program = "complaintctl"


def call(program: str) -> None:
    """Say how this program was called, as `complaintctl --ledger site.db`, so that hints can be typed as they stand."""
    global _program
    _program = program


def typed(text: str) -> str:
    """A text with the program called in it as it was called this time."""
    return text if _program == "complaintctl" else _CALLED.sub(lambda _: _program, text)


_CALLED = re.compile(r"complaintctl(?= (?:[a-z]|\{(?:command|following)\}))")


def fill(text: str, /, **values: object) -> str:
    """A catalogue text in the language in force, its fields filled with values that are safe to print."""
    filled = _Fields({key: safe(say(value)) for key, value in values.items()})
    return _close(typed(gettext(text)), filled).format_map(filled)


def bracketed(what: str, aside: str) -> str:
    """Something with what is said aside of it, in the brackets of the language in force."""
    return gettext(N_("{what} ({clause})")).format(what=what, clause=aside)


_BLANK_AFTER = re.compile(r"\{(\w+)\} (?=[\u4e00-\u9fff])")
_BLANK_BEFORE = re.compile(r"(?<=[\u4e00-\u9fff]) \{(\w+)\}")


def _close(text: str, values: dict[str, str]) -> str:
    """A Chinese text without the blank that sets a figure or an option off, where a field holds Chinese itself."""
    if text.isascii():
        return text
    text = _BLANK_AFTER.sub(lambda found: found[0].rstrip() if values[found[1]][-1:] > "\u2e80" else found[0], text)
    return _BLANK_BEFORE.sub(lambda found: found[0].lstrip() if values[found[1]][:1] > "\u2e80" else found[0], text)


def describe(error: DeskError, command: str) -> tuple[str, str]:
    """The sentence and the hint (perhaps empty) of an error that met `command` (`complaintctl log`)."""
    values = {"command": command, **error.values}
    for key in _TYPED & values.keys():
        named = values[key]
        if isinstance(named, str) and not named.startswith("-"):
            # An argument is named as the usage line has it, which help shows translated.
            values[key] = Words(named)
    if error.names_people:
        from complaintctl.output.masks import words

        for key in error.names_people:
            values[key] = words(say(values[key]), {})
    return fill(error.message, **values), fill(error.hint, **values) if error.hint else ""


def as_json(error: DeskError, command: str) -> dict[str, Any]:
    """The `error` of a failed command's JSON; a refusal also names its rule and its clause."""
    message, hint = describe(error, command)
    told: dict[str, Any] = {"code": error.code, "message": message, "hint": hint}
    if isinstance(error, RuleRefusal):
        told |= {"rule": error.rule, "clause": say(error.values.get("clause", ""))}
    return told
