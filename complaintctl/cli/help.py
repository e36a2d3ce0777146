"""Help pages: usage, what the command does, its options, an example. Loaded only for `--help`.

Written here rather than by Typer, whose pages are English, count a wide character as one column, and through
Rich cost as much as the rest of a command.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from typer._click import Command, Context, Parameter

from complaintctl.cli.registry import SECTIONS, Entry, Group
from complaintctl.language import N_, gettext
from complaintctl.output.paragraph import wrap
from complaintctl.output.style import screen
from complaintctl.output.text import pad, width

_NAMES_AT_MOST = 30
_TYPER_WORDS = (N_("Show this message and exit."),)
_GROUP_TEXT = N_("The complaint desk of a property office in one file.")
_GROUP_EXAMPLES = N_(
    "complaintctl demo\n"
    'complaintctl log --text "The lamp at the gate of building 3 is out" --unit 3-1-502\n'
    "complaintctl overdue --within 2h"
)


def command_page(command: Command, ctx: Context, examples: str) -> str:
    """The page of one command."""
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.get_params(ctx) if param.param_type_name == "option"]
    usage = [gettext(N_("[OPTIONS]")), *(_argument_usage(param) for param in arguments)]
    parts = [
        _usage(ctx, usage),
        _paragraphs(command.help or ""),
        _section(N_("Arguments"), [_record(param) for param in arguments if getattr(param, "help", None)]),
        _section(N_("Options"), [_record(param) for param in options if not getattr(param, "hidden", False)]),
        _examples(examples),
    ]
    return "\n".join(part for part in parts if part)


def group_page(group: Command, ctx: Context, table: Mapping[str, Entry | Group]) -> str:
    """The page of a group, its commands under the headings of the registry; no command is imported for it."""
    top = ctx.parent is None
    usage = [gettext(N_("[OPTIONS]")), gettext(N_("COMMAND")), "…"] if top else [gettext(N_("COMMAND")), "…"]
    parts = [_usage(ctx, usage), _paragraphs(_GROUP_TEXT if top else _help_of(ctx))]
    if top:
        parts.append(_section(N_("Options"), [_record(param) for param in group.get_params(ctx)]))
    for heading in SECTIONS if top else ("",):
        rows = [(name, gettext(entry.help)) for name, entry in table.items() if entry.section == heading]
        parts.append(_section(heading or N_("Commands"), rows))
    if top:
        parts.append(_examples(_GROUP_EXAMPLES))
    return "\n".join(part for part in parts if part)


def _help_of(ctx: Context) -> str:
    from complaintctl.cli.registry import COMMANDS

    entry = COMMANDS.get(ctx.info_name or "")
    return entry.help if entry else ""


def _columns() -> int:
    return max(min(screen()[0], 100), 50) - 2


def _usage(ctx: Context, pieces: Sequence[str]) -> str:
    return gettext(N_("Usage: {line}")).format(line=" ".join([_path(ctx), *pieces])) + "\n"


def _path(ctx: Context) -> str:
    names = []
    node: Context | None = ctx
    while node is not None:
        names.append(node.info_name or "")
        node = node.parent
    return " ".join(reversed(names))


def _paragraphs(text: str) -> str:
    lines = []
    for paragraph in gettext(text).split("\n\n"):
        lines += [f"  {line}".rstrip() for line in wrap(" ".join(paragraph.split()), _columns() - 2)] + [""]
    return "\n".join(lines) if text else ""


def _section(heading: str, rows: Sequence[tuple[str, str]]) -> str:
    if not rows:
        return ""
    names = min(max(width(name) for name, _ in rows), _NAMES_AT_MOST)
    return "\n".join([_heading(heading), *_rows(rows, names), ""])


def _heading(text: str) -> str:
    return gettext(N_("{heading}:")).format(heading=gettext(text))


def _rows(rows: Sequence[tuple[str, str]], names: int) -> Iterator[str]:
    for name, text in rows:
        lines = wrap(text, _columns() - names - 4)
        if width(name) > names:
            yield f"  {name}"
            name = ""
        for line in lines:
            yield f"  {pad(name, names)}  {line}".rstrip()
            name = ""


def _examples(text: str) -> str:
    if not text:
        return ""
    return "\n".join([_heading(N_("Examples")), *(f"  {line}" for line in gettext(text).split("\n")), ""])


def _argument_usage(param: Parameter) -> str:
    name = param.metavar or (param.name or "").upper()
    inner = name[1:-1]
    # What may be left out can say so by itself: [ID] is the word ID in brackets.
    alone = name == f"[{inner}]" and "[" not in inner and gettext(name) == name
    name = f"[{gettext(inner)}]" if alone else gettext(name)
    name += "…" if param.nargs == -1 and "…" not in name else ""
    return name if param.required or name.startswith("[") else f"[{name}]"


def _record(param: Parameter) -> tuple[str, str]:
    """Name and text of an option or argument, with its default or that it is needed."""
    help_text = gettext(getattr(param, "help", None) or "")
    notes = []
    default: Any = param.default
    if getattr(param, "show_default", False) and default not in (None, False, (), [], "") and not callable(default):
        notes.append(
            gettext(N_("default: {default}")).format(default=default if default is not True else gettext(N_("yes")))
        )
    if param.required:
        notes.append(gettext(N_("needed")))
    if param.param_type_name == "argument":
        name = _argument_usage(param)
        # Only the brackets around it: ID… [STEP] keeps its own.
        name = name[1:-1] if name.startswith("[") else name
    else:
        name = " / ".join(sorted([*param.opts, *param.secondary_opts], key=_order(param)))
        if not getattr(param, "is_flag", False):
            name += f" {gettext(param.metavar or param.type.name.upper())}"
    return name, " ".join([help_text, *(f"[{note}]" for note in notes)]).strip()


def _order(param: Parameter) -> Any:
    return lambda name: (name in param.secondary_opts, len(name))
