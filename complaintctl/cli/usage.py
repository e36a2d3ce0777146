"""Typer's usage errors as our own: same codes, both languages, a hint that helps. Loaded only when one occurs.

Its sentences are fixed English, so they are not shown: what was wrong is read from the error and said anew.
"""

import ast
import re
from collections.abc import Sequence
from difflib import get_close_matches

from typer._click import Context, Parameter
from typer._click import exceptions as usage

from complaintctl.cli import settings
from complaintctl.cli.session import Session
from complaintctl.errors import (
    BadValue,
    DeskError,
    FileUnusable,
    MissingArgument,
    TooManyWords,
    UnknownCommand,
    UnknownOption,
    UsageFault,
)
from complaintctl.language import N_, Phrase, Words, gettext
from complaintctl.output.problem import typed

_AFTER_COMMAND = ("--json", "--format", "--as-of", "--at")
_INVALID = (
    (re.compile(r"(?P<value>.+) is not a valid (?:int|integer|float)\.", re.S), N_("a whole number, like 3")),
    (re.compile(r"(?P<value>.+) is not in the range (?P<range>.+)\.", re.S), "{range}"),
    (re.compile(r"(?P<value>.+) is not a valid boolean\..*", re.S), N_("yes or no")),
    (re.compile(r"(?P<value>.+) is not one of (?P<choices>.+)\.", re.S), "{choices}"),
)


def converted(error: usage.ClickException, session: Session) -> DeskError:
    """Our error for one of Typer's; one that we do not know keeps its English sentence."""
    if isinstance(error, usage.NoSuchOption):
        return _no_option(error, session)
    if isinstance(error, usage.MissingParameter) and error.param is not None:
        return _missing(error.param, error.ctx)
    if isinstance(error, usage.BadParameter) and error.param is not None:
        return _bad_value(error, _name(error.param, error.ctx))
    if isinstance(error, usage.BadOptionUsage):
        return _bad_use(error)
    if isinstance(error, usage.FileError):
        return FileUnusable(file=error.ui_filename, problem=error.message)
    if isinstance(error, usage.UsageError) and error.ctx is not None and error.ctx.args == []:
        extra = re.fullmatch(r"Got unexpected extra argument\(s\) \((.*)\)", error.message, re.S)
        if extra:
            return TooManyWords(words=extra[1])
    return UsageFault(problem=error.format_message())


def _missing(param: Parameter, ctx: Context | None) -> DeskError:
    """An argument that is needed, with an example of the whole command."""
    ours = MissingArgument(option=_name(param, ctx))
    examples = getattr(ctx.command, "examples", "") if ctx is not None else ""
    if examples:
        ours.hint = N_("Such as: {example}; more: {command} --help")
        ours.values["example"] = typed(gettext(examples).partition("\n")[0])
    return ours


def _bad_use(error: usage.BadOptionUsage) -> DeskError:
    """A flag that was given a value, or an option that was given none."""
    if error.message.endswith("does not take a value."):
        return UsageFault(problem=Phrase(N_("{option} takes no value."), option=error.option_name))
    return UsageFault(problem=Phrase(N_("{option} needs a value after it."), option=error.option_name))


def no_command(path: str, name: str | None, known: Sequence[str]) -> DeskError:
    """The error for a command that does not exist, or for a group that was called without one."""
    if name is None:
        missing = MissingArgument(option=Words(N_("COMMAND")), known=list(known), command=path)
        missing.hint = N_("{command} takes one of these: {known}.")
        return missing
    error = UnknownCommand(name=name, command=path)
    near = get_close_matches(name, known)
    if near:
        error.values["near"] = near
        error.hint = N_("Did you mean {near}? “{command} --help” lists the commands.")
    else:
        error.hint = N_("“{command} --help” lists the commands.")
    return error


def _no_option(error: usage.NoSuchOption, session: Session) -> DeskError:
    ours = UnknownOption(option=error.option_name)
    if error.option_name in settings.OPTIONS and session.command:
        ours.hint = N_("{option} stands before the command: complaintctl {option} … {name}")
        ours.values["name"] = session.command
    elif error.option_name in _AFTER_COMMAND and error.ctx is not None and error.ctx.parent is None:
        ours.hint = N_("{option} stands after the command: complaintctl today {option} …")
    elif error.possibilities:
        ours.hint = N_("Did you mean {near}? “{command} --help” lists the options.")
        ours.values["near"] = sorted(error.possibilities)
    elif not error.option_name.startswith("--"):
        ours.hint = N_("A text that starts with “-” comes after “--”, or from standard input with “-”.")
    return ours


def _bad_value(error: usage.BadParameter, field: str) -> DeskError:
    for pattern, expected in _INVALID:
        match = pattern.fullmatch(error.message)
        if match is None:
            continue
        groups = match.groupdict()
        text = _unquoted(groups.pop("value"))
        return BadValue(field=field, text=text, expected=Words(expected) if not groups else _list(groups))
    return UsageFault(problem=f"{field}: {error.message}")


def _list(groups: dict[str, str]) -> str:
    return ", ".join(_unquoted(one) for one in "".join(groups.values()).split(", "))


def _unquoted(text: str) -> str:
    try:
        return str(ast.literal_eval(text))
    except (ValueError, SyntaxError):
        return text


def _name(param: Parameter, ctx: Context | None) -> str:
    """The option as it is typed, or the argument as the usage line calls it."""
    if param.param_type_name == "option":
        return max(param.opts, key=len)
    # ID… [DEPARTMENT]: what is missing is the first of them.
    return Words((param.metavar or (param.name or "").upper()).partition("…")[0])
