"""The command group: builds the one command that is called, and turns what cannot be read into our own errors."""

from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer

# Typer keeps these to itself; the bound on its version and a test hold that they are still there.
from typer._click import Command, Context, HelpFormatter
from typer._click.exceptions import ClickException
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from complaintctl.cli.registry import COMMANDS, Entry, Group
from complaintctl.cli.session import Session
from complaintctl.errors import Interrupted
from complaintctl.language import N_

SETTINGS: dict[str, Any] = {
    # Rich help costs as much as the rest of a command, and pretty tracebacks print private values.
    "rich_markup_mode": None,
    "add_completion": False,
    "pretty_exceptions_enable": False,
}


def run(session: Session) -> int:
    """Run the command line of a session; the exit code. Every usage error comes out as a `DeskError`."""
    try:
        group = _root()
        with group.make_context("complaintctl", list(session.words), help_option_names=["--help", "-h"]) as context:
            group.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code
    except (typer.Abort, EOFError):
        raise Interrupted() from None
    except ClickException as error:
        from complaintctl.cli.usage import converted

        raise converted(error, session) from None
    return 0


class _Command(TyperCommand):
    """A command whose help page is our own: in the language in force, as wide as its characters are."""

    examples = ""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        _must_have_values(self, ctx, args)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        from complaintctl.cli.help import command_page

        _print_page(command_page(self, ctx, self.examples))


def _must_have_values(command: Command, ctx: Context, args: list[str]) -> None:
    """Refuse an option without its value, which would take the next option for it.

    `forget 7 --reason --json` would erase for ever, and `--reveal --json` show what is private, for no reason.
    """
    takes: dict[str, bool] = {}
    for param in command.get_params(ctx):
        if param.param_type_name == "option":
            value = not (getattr(param, "is_flag", False) or getattr(param, "count", False))
            takes.update(dict.fromkeys((*param.opts, *param.secondary_opts), value))
    words = iter(args)
    for word in words:
        if word == "--":
            return
        if takes.get(word) and next(words, "").partition("=")[0] in {*takes, "--"}:
            from complaintctl.errors import UsageFault
            from complaintctl.language import Phrase

            raise UsageFault(problem=Phrase(N_("{option} needs a value after it."), option=word))


class _LazyGroup(TyperGroup):
    """A group that knows its commands by name and builds only the one that is called."""

    table: Mapping[str, Entry | Group] = {}

    def list_commands(self, ctx: Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        entry = self.table.get(cmd_name)
        if isinstance(entry, Group):
            return _group(cmd_name, entry.commands)
        return None if entry is None else build(cmd_name, entry)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        command = self.get_command(ctx, args[0])
        if command is None:
            _unknown(self, ctx, args[0])
        return args[0], command, args[1:]

    def invoke(self, ctx: Context) -> Any:
        if not ctx._protected_args:
            _unknown(self, ctx, None)
        return super().invoke(ctx)

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        from complaintctl.cli.help import group_page

        _print_page(group_page(self, ctx, self.table))


def _print_page(page: str) -> NoReturn:
    """Print a help page as everything else is printed: Typer would write UTF-8 to a terminal that has only ASCII."""
    from complaintctl.cli.answer import flush, write_lines

    write_lines(page.rstrip("\n").split("\n"))
    flush()
    raise typer.Exit()


def _unknown(group: _LazyGroup, ctx: Context, name: str | None) -> NoReturn:
    from complaintctl.cli.usage import no_command

    raise no_command(ctx.command_path, name, list(group.table))


def build(name: str, entry: Entry) -> Command:
    """Import a command's module and build it: `HELP` and `EXAMPLES` of the module belong to its function."""
    module_name, _, function_name = entry.target.partition(":")
    module = import_module(f"complaintctl.cli.commands.{module_name}")
    app = typer.Typer(**SETTINGS)
    app.command(name, cls=_Command, help=entry.help)(getattr(module, function_name))
    command = get_command(app)
    assert isinstance(command, _Command)
    command.help = _of(module, "HELP", function_name) or entry.help
    command.examples = _of(module, "EXAMPLES", function_name)
    return command


def _of(module: Any, table: str, function_name: str) -> str:
    """The text of a command in its module: one text, or a mapping where the module holds several commands."""
    texts = getattr(module, table, "")
    return texts if isinstance(texts, str) else texts.get(function_name, "")


def _group(name: str, commands: Mapping[str, Entry | Group]) -> _LazyGroup:
    group = _LazyGroup(name=name, rich_markup_mode=None)
    group.table = commands
    return group


def _root() -> _LazyGroup:
    app = typer.Typer(cls=_LazyGroup, **SETTINGS)
    app.callback()(_globals)
    group = get_command(app)
    assert isinstance(group, _LazyGroup)
    group.table = COMMANDS
    return group


def _print_version(wanted: bool) -> None:
    if wanted:
        from complaintctl import __version__
        from complaintctl.cli.answer import flush, write_lines

        write_lines([f"complaintctl {__version__}"])
        flush()
        raise typer.Exit()


def _globals(
    ledger: Annotated[str | None, typer.Option("--ledger", metavar=N_("FILE"), help=N_("The ledger to use."))] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=N_("The language to speak."))] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar=N_("NAME"), help=N_("Who is acting; written into every entry."))
    ] = None,
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help=N_("Print the version and leave.")),
    ] = False,
) -> None:
    """Read by `settings.scan` before anything is built; declared here for help and for wrong use."""
