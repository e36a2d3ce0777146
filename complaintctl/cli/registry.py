"""Every command: its name, where its function is, and one line of help.

The lines here are all that `--help` reads; a module is imported when its command is called. A new command is
one line here and one module in `cli/commands/`.
"""

from collections.abc import Mapping
from typing import NamedTuple

from complaintctl.language import N_


class Entry(NamedTuple):
    """One command; `target` is `module:function` below `complaintctl.cli.commands`, `section` its place in help."""

    target: str
    help: str
    section: str = ""


class Group(NamedTuple):
    """Commands under a common name, like `procedure list`."""

    help: str
    commands: Mapping[str, Entry]
    section: str = ""


DAILY = N_("Daily")
ON_THE_WAY = N_("On the way")
LOOKING = N_("Looking")
PAPERS = N_("Reports and papers")
SITE = N_("The site")
SAFETY = N_("Safety")

SECTIONS = (DAILY, ON_THE_WAY, LOOKING, PAPERS, SITE, SAFETY)

HOME = "today"
"""The command that runs when none is named."""

COMMANDS: dict[str, Entry | Group] = {
    "log": Entry("log:log", N_("Take down a complaint."), DAILY),
    "assign": Entry("assign:assign", N_("Dispatch complaints to a department."), DAILY),
    "resolve": Entry("resolve:resolve", N_("Say how a complaint was solved."), DAILY),
    "notify": Entry("notify:notify", N_("Say that the resident was told the result."), DAILY),
    "revisit": Entry("revisit:revisit", N_("Say what asking again some days later gave."), DAILY),
    "overdue": Entry("overdue:overdue", N_("What is late, whose duty it is, which rung is next."), DAILY),
    "monthly-report": Entry("monthly_report:monthly_report", N_("The figures of a month."), DAILY),
    "record": Entry("record:record", N_("Record any other step, several at once."), ON_THE_WAY),
    "sign": Entry("sign:sign", N_("Sign for a step: an opinion, a review, a form received."), ON_THE_WAY),
    "escalate": Entry("escalate:escalate", N_("Refer a complaint upwards."), ON_THE_WAY),
    "extend": Entry("extend:extend", N_("Give the solution more time, before its limit runs out."), ON_THE_WAY),
    "amend": Entry("amend:amend", N_("Correct facts, or overrule a judgement."), ON_THE_WAY),
    "link": Entry("link:link", N_("Link complaints of several households about one event."), ON_THE_WAY),
    "repair": Entry("repair:repair", N_("What a repair is about, its price, and when somebody comes."), ON_THE_WAY),
    "dispute": Entry("dispute:dispute", N_("The routes of a dispute; without an ID, all disputes."), ON_THE_WAY),
    "suggestion": Group(
        N_("Suggestions: told, adopt, decline, publish, list."),
        {
            "told": Entry("suggestion:told", N_("Say that the director was told.")),
            "adopt": Entry("suggestion:adopt", N_("Adopt a suggestion, with a plan.")),
            "decline": Entry("suggestion:decline", N_("Decide against a suggestion, with the reason.")),
            "publish": Entry("suggestion:publish", N_("Publish the decision with thanks; prints the text.")),
            "list": Entry("suggestion:list_", N_("List what waits for the director, an answer, publishing.")),
        },
        ON_THE_WAY,
    ),
    "reopen": Entry("reopen:reopen", N_("Begin a new round: the result is not accepted."), ON_THE_WAY),
    "close": Entry("close:close", N_("Close a complaint by hand, with a reason."), ON_THE_WAY),
    "study": Entry("study:study", N_("Write a complaint up as a case, with who was trained on it."), ON_THE_WAY),
    "corrective": Entry("corrective:corrective", N_("Take corrective action, and check that it works."), ON_THE_WAY),
    "attach": Entry("attach:attach", N_("Attach photos, recordings, documents."), ON_THE_WAY),
    "undo": Entry("undo:undo", N_("Take back your own last command."), ON_THE_WAY),
    "today": Entry("today:today", N_("The desk at a glance."), LOOKING),
    "list": Entry("list_:list_", N_("List complaints."), LOOKING),
    "show": Entry("show:show", N_("Show one complaint."), LOOKING),
    "event": Entry("event:event", N_("Show an event of several households, or the open ones."), LOOKING),
    "why": Entry("why:why", N_("Explain judgement and clocks, step by step."), LOOKING),
    "assist": Entry("assist:assist", N_("What others must solve, and who has not answered."), LOOKING),
    "search": Entry("search:search", N_("Find complaints by words."), LOOKING),
    "signatures": Entry("sign:signatures", N_("What waits for whose signature."), LOOKING),
    "classify": Entry("classify:classify", N_("Judge a text without taking it down."), LOOKING),
    "due": Entry("due:due", N_("Say when a limit runs out."), LOOKING),
    "publish": Entry("publish:publish", N_("Tell the owners of a month, without anything private."), PAPERS),
    "export": Entry("export:export", N_("Write everything out: CSV, JSON Lines, SQLite."), PAPERS),
    "init": Entry("init:init", N_("Begin the ledger of a site."), SITE),
    "procedure": Group(
        N_("The written procedures: list, show, check, adopt, copy, params, simulate."),
        {
            "list": Entry("procedure:list_", N_("List shipped and adopted procedures.")),
            "show": Entry("procedure:show", N_("Show judgements and clocks with their clauses.")),
            "check": Entry("procedure:check", N_("Check a procedure and its worked examples.")),
            "adopt": Entry("procedure:adopt", N_("Put a procedure in force from now on.")),
            "copy": Entry("procedure:copy", N_("Write a procedure to a file of your own.")),
            "params": Entry("procedure:params", N_("Show or change the site parameters.")),
            "simulate": Entry("simulate:simulate", N_("Compare past complaints under another procedure.")),
        },
        SITE,
    ),
    "lexicon": Group(
        N_("The words that texts are read by: check, add, remove, show, review."),
        {
            "check": Entry("lexicon:check", N_("Check a file of the office's own words.")),
            "add": Entry("lexicon:add", N_("Add words of the office's own.")),
            "remove": Entry("lexicon:remove", N_("Take a word of the office's own out again.")),
            "show": Entry("lexicon:show", N_("List the office's own words.")),
            "review": Entry("lexicon:review", N_("Show where proposals were most often overruled.")),
        },
        SITE,
    ),
    "calendar": Group(
        N_("Holidays and office hours: show, import, update, diff."),
        {
            "show": Entry("calendar:show", N_("Show the calendar in force.")),
            "import": Entry("calendar:import_", N_("Adopt a calendar file.")),
            "update": Entry("calendar:update", N_("Adopt the holidays of a newer library.")),
            "diff": Entry("calendar:diff", N_("Show what a calendar file would change.")),
        },
        SITE,
    ),
    "staff": Group(
        N_("The people of the office: add, change, left, list, show, import, department, departments."),
        {
            "add": Entry("staff:add", N_("Register a member of staff.")),
            "change": Entry("staff:change", N_("Change what is registered of somebody.")),
            "left": Entry("staff:left", N_("Write down that somebody left.")),
            "list": Entry("staff:list_", N_("List who is there.")),
            "show": Entry("staff:show", N_("Show a member of staff.")),
            "import": Entry("staff:import_", N_("Take a list of staff from a CSV file.")),
            "department": Entry("staff:department", N_("Register or change a department.")),
            "departments": Entry("staff:departments", N_("List the departments.")),
        },
        SITE,
    ),
    "place": Group(
        N_("Buildings and homes: add, change, units, list, import."),
        {
            "add": Entry("place:add", N_("Register a building.")),
            "change": Entry("place:change", N_("Change what is registered of a building.")),
            "units": Entry("place:units", N_("Put down the homes of a building.")),
            "list": Entry("place:list_", N_("List the buildings.")),
            "import": Entry("place:import_", N_("Take buildings and homes from a CSV file.")),
        },
        SITE,
    ),
    "visit": Group(
        N_("Visits to residents: plan, record, dealt, answered, drop, list, show."),
        {
            "plan": Entry("visit:plan", N_("Plan a visit, or move it to another day.")),
            "record": Entry("visit:record", N_("Say that a visit took place, and what was raised there.")),
            "result": Entry("visit:result", N_("Add what came out of a visit later.")),
            "raised": Entry("visit:raised", N_("Add a matter raised at a visit.")),
            "asked": Entry("visit:asked", N_("Add a question asked at a visit.")),
            "dealt": Entry("visit:dealt", N_("Say how a matter raised was dealt with.")),
            "answered": Entry("visit:answered", N_("Say how a question was answered.")),
            "drop": Entry("visit:drop", N_("Give up a planned visit.")),
            "list": Entry("visit:list_", N_("List the visits of a year, or the gaps.")),
            "show": Entry("visit:show", N_("Show one visit.")),
        },
        SITE,
    ),
    "inspect": Group(
        N_("Inspections: plan, record, finding, rectified, recheck, drop, list, show."),
        {
            "plan": Entry("inspect:plan", N_("Plan an inspection, or move it to another day.")),
            "record": Entry("inspect:record", N_("Record an inspection that was held.")),
            "finding": Entry("inspect:finding", N_("Write down what must be put right, by whom and when.")),
            "rectified": Entry("inspect:rectified", N_("Say how a finding was put right.")),
            "recheck": Entry("inspect:recheck", N_("Say whether checking it again closed a finding.")),
            "drop": Entry("inspect:drop", N_("Drop a plan, with a reason.")),
            "list": Entry("inspect:list_", N_("List inspections, or what they found.")),
            "show": Entry("inspect:show", N_("Show one inspection.")),
        },
        SITE,
    ),
    "import": Entry("import_:import_", N_("Take over an old register from CSV or XLSX."), SITE),
    "demo": Entry("demo:demo", N_("Build an invented site's ledger and show a day of it."), SITE),
    "cron": Entry("cron:cron", N_("Print the lines for the crontab."), SITE),
    "verify": Entry("keep:verify", N_("Look for what was changed behind the program's back."), SAFETY),
    "backup": Entry("keep:backup", N_("Copy the ledger, checked."), SAFETY),
    "restore": Entry("keep:restore", N_("Put a backup in the ledger's place."), SAFETY),
    "rebuild": Entry("keep:rebuild", N_("Fold everything anew from the entries."), SAFETY),
    "forget": Entry("keep:forget", N_("Erase a complaint's private part for ever."), SAFETY),
    "completion": Entry("completion:completion", N_("Print a script that completes commands in the shell."), SITE),
}


def command_name(words: list[str]) -> str | None:
    """The command that words call, `procedure list` for one in a group; None where they call none."""
    if not words or words[0].startswith("-"):
        return None
    entry = COMMANDS.get(words[0])
    if isinstance(entry, Group) and words[1:] and words[1] in entry.commands:
        return f"{words[0]} {words[1]}"
    return words[0]
