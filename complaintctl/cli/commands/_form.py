"""The guided form of `log`: a few questions, the program's proposals to correct, and the judgement before it is kept.

Every question can be skipped with Enter, `?` explains it, `<` goes back to the one before, `.` leaves out the rest.
Nothing is kept before the last yes; Ctrl-C leaves at any point. All that is shown goes to standard error, so that
standard output holds nothing but the answer.
"""

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from complaintctl.cli.answer import remark
from complaintctl.cli.commands import _facts
from complaintctl.cli.commands.log import proposals
from complaintctl.desk.log import Intake, preview
from complaintctl.desk.office import Done, Office
from complaintctl.desk.related import Like, earlier, like
from complaintctl.errors import DeskError, Interrupted
from complaintctl.language import N_, gettext
from complaintctl.output import style, words
from complaintctl.output.done import Line, judgement, proposal, running
from complaintctl.output.problem import describe, fill
from complaintctl.output.related import earlier_lines, like_lines
from complaintctl.output.text import safe
from complaintctl.reading.proposal import Proposal
from complaintctl.rules.facts import FACTS
from complaintctl.rules.life import Life


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
        N_("One of: {values}."),
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
YES = ("y", "yes", "是", "对", "好", "1", "true")
NO = ("n", "no", "否", "不", "0", "false")
#: What a Chinese keyboard types where these keys are meant.
KEYS = {"？": "?", "＜": "<", "《": "<", "。": ".", "．": "."}


def ask(office: Office) -> Intake:
    """Ask, show what follows, and return what shall be taken down.

    Raises:
        Interrupted: the clerk left; nothing is kept.
    """
    _say(N_("Apologise, thank, let the resident finish, never argue (R 四.1, 四.4(1); Q 4.2.1; H4 二.1)."))
    _say(
        N_("Enter skips a question, . leaves out the rest, ? explains, < goes back, Ctrl-C leaves without keeping it.")
    )
    typed = _questions(office)
    shown: dict[str, Any] | None = None
    offered: tuple[Like, ...] = ()
    event: str | None = None
    why: str | None = None
    while True:
        facts = _facts.read(office, typed, echo=False)
        proposed, read = proposals(office, facts)
        intake = Intake(facts, reason=why, proposals=proposed, read=read)
        if shown != facts:
            found = like(office, _show(office, intake))
            if [one.id for one in found] != [one.id for one in offered]:
                event, offered = _offered(office, found), found
            shown = facts
        answer = _line(N_("Keep it? Enter = yes, or correct: category noise, fault no, unit 3-1-502 …"))
        if answer.lower() in ("", *YES):
            return intake._replace(event=event)
        if answer == "?":
            _say(
                N_("Type a fact and its value. Facts: {facts}."), facts=[_both("fact", name) for name in _named_facts()]
            )
        elif answer == "<":
            typed = _questions(office, typed)
        elif answer.lower() in NO:
            raise Interrupted()
        elif _parted(answer)[0].lower() in ("reason", gettext(N_("reason"))):
            why = _parted(answer)[1] or None
        else:
            _correct(office, typed, answer)
            if why is None and _overrules(office, typed, proposed):
                _say(N_("If it is worth knowing why, for “lexicon review”: reason …"))


def _questions(office: Office, typed: dict[str, Any] | None = None) -> dict[str, Any]:
    """Ask one question after the other; answers given before stand as they were unless typed anew."""
    typed = dict(typed or {})
    number = 0
    while number < len(QUESTIONS):
        question = QUESTIONS[number]
        answer = _line(question.asks, typed.get(question.fact))
        if answer == "?":
            _say(question.help, values=[_both(question.fact, code) for code in FACTS[question.fact].choices])
        elif answer == "<":
            number = max(0, number - 1)
        elif answer in ("", ".") and not typed.get("text"):
            _say(N_("Say in a few words what happened; Ctrl-C leaves."))
        elif answer == ".":
            break
        elif not answer or _taken(office, typed, question.fact, answer):
            number += 1
    return typed


def _taken(office: Office, typed: dict[str, Any], fact: str, answer: str) -> bool:
    """Take an answer if it can be read; otherwise say why not."""
    answer = _code(fact, answer)
    try:
        _facts.read(office, {fact: answer}, asked=words.word("fact", fact))
        if FACTS[fact].type == "moment":
            # A time that cannot be is told while it can still be typed anew.
            preview(office, Intake(_facts.read(office, {**typed, fact: answer}, echo=False)))
    except DeskError as error:
        for line in describe(error, "complaintctl log"):
            _say("{line}", line=line)
        return False
    typed[fact] = answer
    if fact == "unit":
        # The clerk is told while the resident is still there.
        _write(earlier_lines(office, earlier(office, answer, office.now)))
    return True


def _offered(office: Office, found: Sequence[Like]) -> str | None:
    """Show the open complaints that may be about the same event; return the one to link to, None for none."""
    _write(like_lines(office, found, None))
    named = {name: str(one.id) for one in found for name in (str(one.id), one.number.lower())}
    while found:
        asks = N_("Same event? Its number links it, Enter = none")
        if len(found) == 1:
            asks = N_("Same event? y = link it, Enter = no")
        answer = unicodedata.normalize("NFKC", _line(asks)).lower()
        if answer in named:
            return named[answer]
        if answer in ("", *NO):
            return None
        if answer in YES:
            return str(found[0].id)
        _say(
            N_("Linked complaints are one event of several households: {numbers}."),
            numbers=[str(one.id) for one in found],
        )
    return None


def _correct(office: Office, typed: dict[str, Any], answer: str) -> None:
    """Read a correction such as `fault no`, `category: noise` or `责任 其他住户`."""
    name, value = _parted(answer)
    fact = _named(name)
    if fact is None or not value:
        _say(N_("“{answer}” names no fact. ? lists them."), answer=answer)
        return
    if FACTS[fact].type == "flag":
        if value.lower() not in (*YES, *NO):
            _say(N_("{fact} is yes or no."), fact=words.word("fact", fact))
            return
        typed[fact] = value.lower() in YES
    else:
        _taken(office, typed, fact, value)


def _parted(answer: str) -> tuple[str, str]:
    """Return what a correction is about, and what it says."""
    name, value = [*re.split(r"[ :：=＝]+", answer, maxsplit=1), ""][:2]
    return name, value.strip()


def _overrules(office: Office, typed: dict[str, Any], proposed: Sequence[Proposal]) -> bool:
    """Say whether what was typed is other than what had been proposed."""
    facts = _facts.read(office, typed, echo=False)
    return any(facts.get(one.fact) not in (None, one.value) for one in proposed)


def _named(name: str) -> str | None:
    """Return the fact that a person calls by its name or its word."""
    asked = name.strip().lower().replace("-", "_")
    for fact in _named_facts():
        if asked in (fact, words.word("facet", fact).lower(), words.word("fact", fact).lower()):
            return fact
    return None


def _code(fact: str, value: str) -> str:
    """Return the code that a person means by it or by its word in the language in force, however written."""
    asked = value.lower()
    return next((code for code in FACTS[fact].choices if asked in (code, words.word(fact, code).lower())), value)


def _named_facts() -> list[str]:
    """Return the facts that can be corrected: all that are no moments of the past, questions first."""
    asked = [question.fact for question in QUESTIONS]
    return [*asked, *(fact for fact in CORRECTABLE if fact not in asked)]


def _both(facet: str, code: str) -> str:
    """Return a code with its word, where that is another."""
    word = words.word(facet, code)
    return code if word == code else fill("{word} ({code})", word=word, code=code)


def _show(office: Office, intake: Intake) -> Life:
    """Show what was read from the text, the judgement it gives, and what would run out first; return its life."""
    for one in intake.proposals:
        _say(N_("  read from the text — {fact}"), fact=proposal(one))
    life = preview(office, intake)
    _write(judgement(office, Done(None, life)))
    _write(running(office, life))
    return life


def _write(lines: Iterable[Line]) -> None:
    for line in lines:
        text, kind = (line, "") if isinstance(line, str) else line
        for part in style.fitted(safe(text), sys.stderr):
            sys.stderr.write(style.paint(part, kind, sys.stderr) + "\n")


def _say(text: str, **values: Any) -> None:
    remark(fill(text, **values))


def asked(text: str) -> str:
    """Ask one question that another command has; the end of input counts as leaving.

    Raises:
        Interrupted.
    """
    return _line(text)


def _line(text: str, standing: Any = None) -> str:
    """Ask for one line; the end of input counts as leaving."""
    prompt = gettext(text) + (f" [{safe(str(standing))}]" if standing else "") + " "
    try:
        answer = _reader()(prompt).strip()
    except EOFError:
        raise Interrupted() from None
    return KEYS.get(answer, answer)


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
