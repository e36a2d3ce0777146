"""Everything that can go wrong, one class a cause: a code for scripts, an exit code, and values.

An error carries no sentence of its own language: `message` and `hint` are catalogue texts with named fields,
filled in where the error is shown. Raise one as `NotFound(what=Words("complaint"), name="TS202611-0007")`.
The exit codes are those that the terminal promises: 2 input, 3 not found, 4 refused by a rule, 5 the ledger
cannot be used, 6 something was found, 130 interrupted, 1 a fault of the program.
"""
# ruff: noqa: N818 - the names say what happened; that they are errors says the module

from typing import ClassVar

from complaintctl.language import N_


class DeskError(Exception):
    """Base of all: `values` fill the fields of `message` and `hint`; a value may be `Words` or a wording."""

    code: ClassVar[str] = "fault"
    exit_code: ClassVar[int] = 1
    message: str = N_("The program failed.")
    hint: str = ""
    #: Values that list whom the ledger names: their telephone numbers are masked, as everywhere.
    names_people: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values = values

    def __str__(self) -> str:
        """The code and the values, for a test's or a developer's eye; people see the rendered message."""
        return f"{self.code} {self.values}"


class Fault(DeskError):
    """The program itself failed: `kind` of exception at `place` in its source, never the values it met."""

    message = N_("The program met a fault of its own: {kind} at {place}.")
    hint = N_(
        "What was kept is whole; look with “complaintctl today” before repeating anything. Please report this "
        "line. COMPLAINTCTL_DEBUG=1 shows more, private words perhaps among it."
    )


class OutputFailed(DeskError):
    """What was to be shown could not be written: standard output is full or broken."""

    code = "output-failed"
    message = N_("The answer could not be written to standard output: {problem}.")
    hint = N_("What the command did is kept; look with “complaintctl today” before repeating it.")


class OutOfMemory(DeskError):
    """The computer has no memory left for this."""

    code = "out-of-memory"
    message = N_("There is not enough memory for this.")
    hint = N_("Ask for less at once, for example one month, or --format csv.")


class Interrupted(DeskError):
    """Ctrl-C, or the end of input in the middle of a question."""

    code = "interrupted"
    exit_code = 130
    message = N_("Interrupted.")
    hint = N_("A command is kept whole or not at all; “complaintctl today” shows what there is.")


# ---- wrong usage or bad input: 2


class UsageFault(DeskError):
    """A command line that cannot be read; `problem` is already a sentence."""

    code = "usage"
    exit_code = 2
    message = N_("{problem}")
    hint = N_("“{command} --help” shows what can be typed.")


class UnknownCommand(UsageFault):
    """There is no command of this `name`."""

    message = N_("There is no command “{name}”.")


class UnknownOption(UsageFault):
    """There is no such `option`, at least not where it stands."""

    message = N_("There is no option {option} here.")


class TooManyWords(UsageFault):
    """More `words` than the command takes."""

    message = N_("“{words}” is more than this command takes.")
    hint = N_('Put a text with spaces into quotes: "like this".')


class BadMoment(UsageFault):
    """`text` is no moment in the grammar of moments."""

    code = "bad-moment"
    message = N_("Cannot read “{text}” as a moment.")
    hint = N_(
        "Write it like 2026-11-22 09:05, 2026-11-22T09:05+08:00, 11-22 09:05, 09:05, today 09:05, "
        "yesterday 18:30 or 昨天18:30."
    )


class BadDay(BadMoment):
    """`text` is no day."""

    message = N_("Cannot read “{text}” as a day.")
    hint = N_("Write it like 2026-11-22, 11-22, today, yesterday or 昨天.")


class BadMonth(BadMoment):
    """`text` is no month."""

    message = N_("Cannot read “{text}” as a month.")
    hint = N_("Write it like 2026-11.")


class SkippedTime(BadMoment):
    """On that day the clocks in `zone` were put forward over the reading `text`."""

    message = N_("There was no “{text}”: the clocks in {zone} were put forward over that time.")
    hint = N_("Give the time just before or after, or one with its offset, like {example}.")


class DoubleTime(BadMoment):
    """On that day the clocks in `zone` were put back, so that the reading `text` came twice."""

    message = N_("“{text}” came twice: the clocks in {zone} were put back over that time.")
    hint = N_("Say which one with its offset: {first} or {second}.")


class BadLimit(UsageFault):
    """`text` is no limit."""

    code = "bad-limit"
    message = N_("Cannot read “{text}” as a limit.")
    hint = N_(
        "Write it like 10 minutes, 2 hours, same day, 3 days, 5 workdays, 1 month, 4 business hours, "
        "at once or by day 30 of the month."
    )


class LimitTooFar(BadLimit):
    """`limit` reads well, but ends beyond the year 9999, or on no working day that ever comes."""

    message = N_("The limit “{limit}” has no end that can be reckoned.")
    hint = N_("It lies beyond the year 9999, or the calendar has no working day left. Give a shorter one.")


class BadValue(UsageFault):
    """`field` cannot take `text`; `expected` says what it takes."""

    code = "bad-value"
    message = N_("{field} cannot be “{text}”.")
    hint = N_("Expected: {expected}.")


class FutureMoment(UsageFault):
    """`moment` of `field` has not come yet."""

    code = "future-moment"
    message = N_("{field} cannot be {moment}: that is still to come.")
    hint = N_("It is {now} now. Give a moment that has passed, or leave it out: that means now.")


class BeforeStep(UsageFault):
    """`moment` of `field` lies before the step that it follows (`earlier`, at `earlier_at`)."""

    code = "before-step"
    message = N_("{field} cannot be {moment}: that is before “{earlier}” at {earlier_at}.")
    hint = N_("“complaintctl show {id}” lists the steps and their times.")


class EmptyText(UsageFault):
    """`field` must say something."""

    code = "empty-text"
    message = N_("{field} is empty.")
    hint = N_("Say in a few words what happened; “-” reads it from standard input.")


class TextTooLong(UsageFault):
    """`field` has `length` characters and may have `limit`."""

    code = "text-too-long"
    message = N_("{field} is {length} characters long; {limit} are the most.")
    hint = N_("Keep the heart of the matter here and add the rest as a file with “complaintctl attach”.")


class BadText(UsageFault):
    """`field` holds characters that are no text (NUL, broken encoding)."""

    code = "bad-text"
    message = N_("{field} holds characters that are no text ({problem}).")
    hint = N_("Save the text as UTF-8 and try again.")


class MissingArgument(UsageFault):
    """Something that the command needs was not given."""

    code = "missing-option"
    message = N_("{option} is missing.")


class MissingOption(UsageFault):
    """An answer is missing, and nobody can be asked."""

    code = "missing-option"
    message = N_("{option} is missing.")
    hint = N_("Standard input is no terminal, so nothing is asked: give {option}. {command} --help has examples.")


class MissingExtra(UsageFault):
    """An optional part is not installed; `extra` names it."""

    code = "missing-extra"
    message = N_("{feature} needs an optional part that is not installed.")
    hint = N_("Install it with: pip install 'complaintctl[{extra}]'")


class PackWrong(UsageFault):
    """A procedure file is wrong at `key`."""

    code = "pack-wrong"
    message = N_("The procedure {file} is wrong at {key}: expected {expected}.")
    hint = N_("“complaintctl procedure copy site-standard FILE” writes one that is right.")


class LexiconWrong(PackWrong):
    """A file of words is wrong at `key`."""

    code = "lexicon-wrong"
    message = N_("The lexicon {file} is wrong at {key}: expected {expected}.")
    hint = N_("The head of the lexicon that ships with the program says what may stand at each key.")


class WordWrong(LexiconWrong):
    """A word that was typed, or what it is for, cannot be."""

    message = N_("{key} cannot be: expected {expected}.")


class CalendarWrong(UsageFault):
    """A calendar file is wrong at `key`."""

    code = "calendar-wrong"
    message = N_("The calendar {file} is wrong at {key}: expected {expected}.")
    hint = N_("“complaintctl calendar show” prints one that is right.")


class FileUnusable(UsageFault):
    """A file that was named cannot be read or written; `problem` is the system's word for it."""

    code = "file-unusable"
    message = N_("{file} cannot be used: {problem}.")
    hint = N_("Check the name and the rights of the file.")


class ConfigWrong(UsageFault):
    """The user's configuration file cannot be read."""

    code = "config-wrong"
    message = N_("The configuration {file} cannot be read: {problem}.")
    hint = N_('It may hold the lines ledger = "…", lang = "zh" or "en", and actor = "…".')


class NoHome(UsageFault):
    """There is no home folder in which a ledger could lie."""

    code = "no-home"
    message = N_("There is no home folder, so there is no place for the ledger.")
    hint = N_("Name the file with --ledger FILE or COMPLAINTCTL_LEDGER.")


class FileTaken(UsageFault):
    """A file lies already where one was to be written."""

    code = "file-taken"
    message = N_("There is already a file {file}.")
    hint = N_("Nothing was changed. Name another file.")


# ---- not there: 3


class NotFound(DeskError):
    """No such complaint, file, report: `what` says which kind, `name` which one."""

    code = "not-found"
    exit_code = 3
    message = N_("There is no {what} “{name}”.")
    hint = N_("“complaintctl list” shows what there is.")


class FileMissing(NotFound):
    """A file that was named does not exist."""

    message = N_("There is no file {name}.")
    hint = N_("Check the name and the folder.")


# ---- refused by a rule: 4


class RuleRefusal(DeskError):
    """A step that the procedure does not allow; `rule` is stable for scripts, the value `clause` says where."""

    code = "refused"
    exit_code = 4
    rule: ClassVar[str] = "refused"
    message = N_("The procedure does not allow this ({clause}).")
    hint = N_("“complaintctl why {id}” explains what holds for this complaint.")


# ---- the ledger cannot be used: 5


class LedgerError(DeskError):
    """Base of what keeps the ledger at `path` from being used."""

    code = "ledger"
    exit_code = 5
    message = N_("The ledger {path} cannot be used.")
    hint = N_("“complaintctl verify” looks into it.")


class LedgerMissing(LedgerError):
    """There is no file at `path`."""

    code = "ledger-missing"
    message = N_("There is no ledger at {path}.")
    hint = N_("“complaintctl init” makes one; --ledger FILE names another.")


class LedgerExists(LedgerError):
    """A new ledger was asked for where a file already lies."""

    code = "ledger-exists"
    message = N_("There is already a file at {path}.")
    hint = N_("Nothing was changed. Name another place with --ledger FILE.")


class LedgerEmpty(LedgerError):
    """The file holds nothing: cut off, or never begun."""

    code = "ledger-empty"
    message = N_("{path} is empty: no ledger was ever begun in it, or it was cut off.")
    hint = N_("Restore a backup with “complaintctl restore FILE”, or remove the file and run “complaintctl init”.")


class LedgerForeign(LedgerError):
    """The file is something else."""

    code = "ledger-foreign"
    message = N_("{path} is not a ledger of this program.")
    hint = N_("Nothing was changed. Name the right file with --ledger FILE.")


class LedgerNewer(LedgerError):
    """Written by a later version of the program."""

    code = "ledger-newer"
    message = N_("{path} was written by a newer complaintctl (form {found}; this one knows {known}).")
    hint = N_("Install the newer program: pip install --upgrade complaintctl")


class LedgerOlder(LedgerError):
    """Written by an earlier version, and it cannot be written to bring it up to date."""

    code = "ledger-older"
    message = N_("{path} is of an older form ({found}; this program writes {known}) and may not be written.")
    hint = N_("Allow writing to file and folder, or restore a copy elsewhere: complaintctl --ledger NEW restore FILE")


class LedgerReadonly(LedgerError):
    """The file or its folder may not be written."""

    code = "ledger-readonly"
    message = N_("{path} cannot be written.")
    hint = N_("Look at the rights of the file and of its folder; reading commands may still work.")


class LedgerUnreadable(LedgerError):
    """The file may not be read."""

    code = "ledger-unreadable"
    message = N_("{path} cannot be read.")
    hint = N_("Look at the rights of the file and of its folder.")


class LedgerLocked(LedgerError):
    """Another program holds the ledger."""

    code = "ledger-locked"
    message = N_("Another program is writing to {path}; waited {seconds} seconds.")
    hint = N_("Nothing was kept. Try again when the other program is done.")


class LedgerDamaged(LedgerError):
    """The file does not read as what was written."""

    code = "ledger-damaged"
    message = N_("{path} is damaged: {problem}.")
    hint = N_("Leave the file as it is and restore the last backup with “complaintctl restore FILE”.")


class DiskFull(LedgerError):
    """No room left on the disk."""

    code = "disk-full"
    message = N_("There is no room left on the disk of {path}.")
    hint = N_("Nothing was kept. Make room and type the command again.")


class DiskFailing(LedgerError):
    """The disk or the network drive refused to read or write (`problem` is SQLite's word for it)."""

    code = "disk-failing"
    message = N_("The disk of {path} does not read or write as it should ({problem}).")
    hint = N_(
        "Look after the disk or the network drive; then see with “complaintctl today” whether the command was kept."
    )


# ---- something was found: 6


class Findings(DeskError):
    """A check found `count` things; the particulars were printed."""

    code = "findings"
    exit_code = 6
    message = N_("Found: {count}.")
    hint = N_("Leave the file as it is and compare it with the last backup.")


class ExampleFailed(DeskError):
    """A worked example of a procedure gave something else."""

    code = "example-failed"
    exit_code = 6
    message = N_("Examples of {file} that give something else than they say: {count}.")
    hint = N_("Either the rule or the example is wrong; each is named above.")


NOT_EMPTY = 10
"""Exit code of a listing that has rows, only with --exit-code: no error, so no class."""
