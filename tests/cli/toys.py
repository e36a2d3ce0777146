"""Commands that only exist in tests: the terminal's promises tried without a ledger.

Run as a script it is the program with just these commands. The listing's rows hold what a resident may write.
"""

import sys
import time
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from complaintctl.cli import answer, common, registry
from complaintctl.cli.session import session
from complaintctl.errors import Findings, NotFound, RuleRefusal
from complaintctl.language import N_, Words
from complaintctl.output.listing import Column
from complaintctl.output.problem import fill
from complaintctl.reading.moments import read

ZONE = ZoneInfo("Asia/Shanghai")
EVENING = 1_795_190_400
"""2026-11-20 24:00 in Shanghai, by hand: 20,778 days of 86,400 s after the epoch, less 8 h."""

HELP = {"rows": N_("complaint")}
EXAMPLES = {"rows": "complaintctl rows 3", "fail": "complaintctl fail rule"}

TEXTS = (
    "灯不亮",
    "\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link",
    "[/b] [bold]loud[/bold]",
    '=HYPERLINK("http://x","y")',
    "-5 dB，太吵",
    "a\u202egnp.exe b\u200bc\ufeff",
    "first line\nsecond\tline",
    "𠮷野家 \ue000 é e\u0301",
    "＝1+1",
    "\x9b31m C1",
)


def rows(
    n: Annotated[str, typer.Argument(metavar="N", help=N_("A whole number."))],
    count: Annotated[int, typer.Option("--count", help=N_("yes"))] = 1,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
    exit_code: common.ExitCode = False,
) -> None:
    form = answer.choose(fmt, as_json, answer.LISTS)
    columns = [
        Column("id", "No.", "number"),
        Column("text", N_("TEXT")),
        Column("state", "State", "word"),
        Column("due_at", "Due", "due", style="red"),
        Column("late_by_seconds", "Late", "duration"),
        Column("reveal", "Flag", "flag"),
        Column("hidden", human=False),
    ]
    total = common.whole(n, "N")
    assert total is not None
    data = (
        {
            "id": i,
            "text": TEXTS[i % len(TEXTS)],
            "state": "late",
            "due_at": EVENING + 1800 * i,
            "late_by_seconds": 4000 * i,
            "reveal": i % 2 == 0,
            "hidden": "x",
        }
        for i in range(total)
    )
    shown = answer.give_listing(form, columns, data, ZONE, raw=raw)
    common.leave_if(shown, exit_code)


def say(
    text: Annotated[str, typer.Argument(metavar="TEXT")],
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    form = answer.choose(fmt, as_json)
    kept = common.text_of(text, "TEXT")
    when = read(at, now=session().now, zone=ZONE) if at else None
    session().warn("noted", N_("There is no {what} “{name}”."), what=Words(N_("complaint")), name=kept)
    told = {"text": kept, "now": session().now, "actor": session().actor, "at": when and when.at}
    answer.give(form, lambda: told, lambda: [(kept, "red"), fill(N_("There is no file {name}."), name=kept)])


def fail(how: Annotated[str, typer.Argument(metavar="HOW")], as_json: common.Json = False) -> None:
    form = answer.choose(None, as_json)
    if how == "rule":
        raise RuleRefusal(clause="R 四.5", id=7)
    if how == "missing":
        raise NotFound(what=Words(N_("complaint")), name="99\x1b[2J")
    if how == "found":
        raise Findings(count=2, data={"findings": ["a", "b"]})
    if how == "fault":
        name = "Zhang San 15400005678"
        raise KeyError(name)
    if how == "memory":
        raise MemoryError
    if how == "late":
        answer.give(form, lambda: {"half": 1}, lambda: ["half"])
        raise NotFound(what="x", name="y")
    if how == "ask":
        common.need(None, "--text")
    if how == "sleep":
        sys.stderr.write("ready\n")
        sys.stderr.flush()
        time.sleep(30)


COMMANDS: dict[str, registry.Entry | registry.Group] = {
    "rows": registry.Entry("toys:rows", N_("complaint"), registry.DAILY),
    "say": registry.Entry("toys:say", N_("letter"), registry.DAILY),
    "fail": registry.Entry("toys:fail", N_("closed"), registry.SAFETY),
    "set": registry.Group(N_("other"), {"rows": registry.Entry("toys:rows", N_("complaint"))}, registry.SITE),
}


def install() -> None:
    """Put the toys in the place of the real commands."""
    registry.COMMANDS.clear()
    registry.COMMANDS.update(COMMANDS)
    sys.modules["complaintctl.cli.commands.toys"] = sys.modules[__name__]


if __name__ == "__main__":
    install()
    from complaintctl.cli.main import main

    sys.exit(main())
