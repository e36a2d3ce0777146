"""The guided form of `log`: a few questions, the program's proposals to correct, and the judgement before it is kept.

Every question can be skipped with Enter, `?` explains it, `<` goes back to the one before. Nothing is kept
before the last yes; Ctrl-C leaves at any point.
"""

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from complaintctl.cli.answer import write_lines
from complaintctl.cli.commands import _facts
from complaintctl.cli.commands.log import proposals
from complaintctl.desk.log import Intake, preview
from complaintctl.desk.office import Done, Office
from complaintctl.errors import DeskError, Interrupted
from complaintctl.language import N_, gettext
from complaintctl.output import words
from complaintctl.output.done import judgement, what_next
from complaintctl.output.problem import describe, fill
from complaintctl.rules.facts import FACTS


class Question(NamedTuple):
    """One question: the fact it fills, its wording, and what `?` says."""

    fact: str
    asks: str
    help: str


QUESTIONS = (
    Question(
        "text",
        N_("What happened?"),
        N_("In the resident's words. This is the only answer that is needed."),
    ),
    Question(
        "unit",
        N_("Which home?"),
        N_("Such as 3-2-501. It is private. Without home, name and phone the complaint is nameless."),
    ),
    Question("name", N_("Who complains?"), N_("The resident's name. It is private.")),
    Question("phone", N_("Which phone?"), N_("Under which the resident can be told the result. It is private.")),
    Question(
        "channel",
        N_("How did it come in? [desk]"),
        N_("desk, on-site, phone, email, letter, box, wechat, web, committee, company, group, government, developer"),
    ),
    Question("place", N_("Where did it happen?"), N_("If it was not in the home itself.")),
    Question("demand", N_("What does the resident ask for?"), N_("The solution or the treatment that is wanted.")),
    Question(
        "requested_by",
        N_("By when does the resident want it solved?"),
        N_("A moment, such as 11-27 18:00. It takes the place of the two days for a minor complaint."),
    ),
)
#: Facts that the correction line takes.
CORRECTABLE = tuple(name for name, fact in FACTS.items() if fact.type in ("choice", "flag", "int"))
YES = ("y", "yes", "是", "对", "1", "true")
NO = ("n", "no", "否", "不", "0", "false")


def ask(office: Office) -> Intake:
    """Ask, show what follows, and return what shall be taken down.

    Raises:
        Interrupted: the clerk left; nothing is kept.
    """
    _say(N_("Apologise, thank, let the resident finish, never argue (R 四.1, 四.4(1); Q 4.2.1; H4 二.1)."))
    _say(N_("Enter skips a question, ? explains it, < goes back, Ctrl-C leaves without keeping anything."))
    typed = _questions(office)
    while True:
        facts = _facts.read(office, typed)
        intake = Intake(facts, proposals=proposals(facts))
        _show(office, intake)
        answer = _line(N_("Keep it? Enter = yes, or correct: category noise, fault no, unit 3-1-502 …"))
        if answer.lower() in ("", *YES):
            return intake
        if answer == "?":
            _say(N_("Type the name of a fact and its value. Facts: {facts}."), facts=[*CORRECTABLE, *_private()])
        elif answer == "<":
            typed = _questions(office, typed)
        elif answer.lower() in NO:
            raise Interrupted()
        else:
            _correct(office, typed, answer)


def _questions(office: Office, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    """Ask one question after the other; answers given before stand as they were unless typed anew."""
    typed = dict(typed or {})
    number = 0
    while number < len(QUESTIONS):
        question = QUESTIONS[number]
        answer = _line(question.asks, typed.get(question.fact))
        if answer == "?":
            _say(question.help)
        elif answer == "<":
            number = max(0, number - 1)
        elif not answer and question.fact == "text" and not typed.get("text"):
            _say(N_("Say in a few words what happened; Ctrl-C leaves."))
        elif not answer or _taken(office, typed, question.fact, answer):
            number += 1
    return typed


def _taken(office: Office, typed: dict[str, Any], fact: str, answer: str) -> bool:
    """Take an answer if it can be read; otherwise say why not."""
    try:
        _facts.read(office, {fact: answer})
    except DeskError as error:
        for line in describe(error, "complaintctl log"):
            _say("{line}", line=line)
        return False
    typed[fact] = answer
    return True


def _correct(office: Office, typed: dict[str, Any], answer: str) -> None:
    """Read a correction such as `fault no` or `category noise`, in either language."""
    name, _, value = answer.partition(" ")
    fact = _named(name)
    if fact is None or not value.strip():
        _say(N_("“{answer}” names no fact. ? lists them."), answer=answer)
        return
    value = value.strip()
    if FACTS[fact].type == "flag":
        if value.lower() not in (*YES, *NO):
            _say(N_("{fact} is yes or no."), fact=fact)
            return
        typed[fact] = value.lower() in YES
    else:
        _taken(office, typed, fact, _code(fact, value))


def _named(name: str) -> str | None:
    """Return the fact that a person calls by its name or its word."""
    asked = name.strip().lower().replace("-", "_")
    for fact in [*CORRECTABLE, *_private()]:
        if asked in (fact, words.word("facet", fact).lower(), words.word("fact", fact).lower()):
            return fact
    return None


def _code(fact: str, value: str) -> str:
    """Return the code that a person means by its word in the language in force."""
    return next((code for code in FACTS[fact].choices if words.word(fact, code) == value), value)


def _private() -> list[str]:
    return [question.fact for question in QUESTIONS if question.fact not in CORRECTABLE]


def _show(office: Office, intake: Intake) -> None:
    """Show what was read from the text, the judgement it gives, and what would run out first."""
    for one in intake.proposals:
        _say(
            N_("  read from the text — {fact}: {value} ({words})"),
            fact=words.word("fact", one.fact),
            value=words.word("flag" if isinstance(one.value, bool) else one.fact, one.value),
            words=list(one.words),
        )
    life = preview(office, intake)
    write_lines(judgement(office, Done(None, life)))
    write_lines(line for line in list(what_next(office, life))[:-1])


def _say(text: str, **values: Any) -> None:
    sys.stderr.write(fill(text, **values) + "\n")


def _line(text: str, standing: Any = None) -> str:
    """Ask for one line; the end of input counts as leaving."""
    prompt = gettext(text) + (f" [{standing}]" if standing else "") + " "
    try:
        return _reader()(prompt).strip()
    except EOFError:
        raise Interrupted() from None


def _reader() -> Callable[[str], str]:
    """Return what reads a line: with editing where the answers go to the terminal too."""
    if sys.stdout.isatty():
        # Importing it gives input() line editing, which wide characters need.
        import readline  # noqa: F401

        return input

    def read(prompt: str) -> str:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line

    return read
