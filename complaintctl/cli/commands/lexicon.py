"""`lexicon check|add|remove|show|review`: the office's own words beside those that texts are read by."""

from pathlib import Path
from typing import Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import office as open_office
from complaintctl.cli.session import session
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words, say
from complaintctl.output.listing import Column

HELP = {
    "check": N_(
        "Check a file of the office's own words, without adding any. Without FILE, those that the ledger has.\n\n"
        "The file is TOML: form = 1, then [terms] with words by what they are for, as “lexicon show --lists” has it."
    ),
    "add": N_(
        "Add words of the office's own, from a file or one by one. Complaints taken down from now on are read with "
        "them; earlier ones stay as they are.\n\n"
        "A word is for a list of the lexicon (lift), or for a value of a fact (category=noise, danger=yes)."
    ),
    "remove": N_("Take a word of the office's own out again. Words that ship with the program stay."),
    "show": N_("List the office's own words; with --lists, what words can be for."),
    "review": N_(
        "Show where proposals were most often overruled: what was proposed, what the clerk said, the words that led "
        "there, the reasons. It suggests words to add, with the command that adds each.\n\n"
        "Nothing changes by looking. A word is suggested if it stands in three or more texts read wrongly the same "
        "way, from as many homes, and far less often elsewhere."
    ),
}
EXAMPLES = {
    "check": N_("complaintctl lexicon check words.toml\ncomplaintctl lexicon check"),
    "add": N_(
        "complaintctl lexicon add words.toml\ncomplaintctl lexicon add --term carport --for category=order\n"
        "complaintctl lexicon add --term funicular --for lift"
    ),
    "remove": N_("complaintctl lexicon remove carport\ncomplaintctl lexicon remove carport --for category=order"),
    "show": N_("complaintctl lexicon show\ncomplaintctl lexicon show --lists"),
    "review": N_("complaintctl lexicon review\ncomplaintctl lexicon review --since 2026-10-01 --json"),
}

For = Annotated[
    str | None,
    typer.Option("--for", metavar=N_("LIST|FACT=VALUE"), help=N_("What it is for: see “lexicon show --lists”.")),
]
OWN = Words(N_("the office's own words"))


def check(
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help=N_("A TOML file of words."))] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.output.lexicon import checked_data, checked_lines

    form = answer.choose(fmt, as_json)
    terms, standing = _of_ledger() if file is None else (_file(file), [])
    if file is not None:
        standing = _standing(terms)
    answer.give(
        form,
        lambda: checked_data(file, terms, standing),
        lambda: checked_lines(file or OWN, terms, standing),
    )


def _file(name: str) -> dict[str, list[str]]:
    """Read a file of words against the lexicon that ships."""
    from complaintctl.desk.packs import read_text
    from complaintctl.reading.lexicon import load_lexicon
    from complaintctl.reading.localfile import parse

    return parse(read_text(Path(name)), load_lexicon(), name, _spoken)


def _of_ledger() -> tuple[dict[str, list[str]], list[Any]]:
    """Return the ledger's own words, after checking that the lexicon still has what they are for."""
    from complaintctl.desk.lexicon import words_of
    from complaintctl.reading.lexicon import load_lexicon
    from complaintctl.reading.localfile import meaning

    with open_office() as office:
        own = words_of(office.query)
    for target in own:
        meaning(target, load_lexicon(), f"terms.{target}", say(OWN))
    return own, []


def _standing(terms: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return those that the shipped lexicon has for that already."""
    from complaintctl.reading.lexicon import load_lexicon
    from complaintctl.reading.local import stands

    return [(target, word) for target, words in terms.items() for word in words if stands(load_lexicon(), target, word)]


def add(
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help=N_("A TOML file of words."))] = None,
    term: Annotated[
        str | None, typer.Option("--term", metavar=N_("WORD"), help=N_("One word, with --for what it is."))
    ] = None,
    target: For = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.lexicon import add as verb
    from complaintctl.output.lexicon import changed_data, changed_lines

    form = answer.choose(fmt, as_json)
    terms = _given(file, term, target)
    with open_office(write=True) as office:
        changed = verb(office, terms)
        words = [word for pair in changed.changed for _, word in _standing({pair[0]: [pair[1]]})]
        if words:
            session().warn("shipped-already", N_("The program has these already: {words}"), words=words)
        answer.give(form, lambda: changed_data(changed, added=True), lambda: changed_lines(changed, added=True))


def _given(file: str | None, term: str | None, target: str | None) -> dict[str, list[str]]:
    """Return the words to add: those of a file, or the one that was typed.

    Raises:
        UsageFault: neither, or both.
        LexiconWrong.
    """
    if file is not None and term is None and target is None:
        return _file(file)
    if file is not None or term is None or target is None:
        raise UsageFault(problem=Words(N_("Give a FILE of words, or one word: --term WORD --for LIST.")))
    from complaintctl.reading.lexicon import load_lexicon
    from complaintctl.reading.localfile import TYPED, checked, meaning

    meant = meaning(_spoken(target), load_lexicon(), f"--for {target}", TYPED)
    return {meant: [checked(term, load_lexicon(), "--term", TYPED)]}


def _spoken(typed: str) -> str:
    """Return what a word is for by its code; a fact and its value may be typed as their words."""
    from complaintctl.output.facts import label
    from complaintctl.output.words import word
    from complaintctl.reading.lexicon import ORDER, YES
    from complaintctl.reading.local import values_of

    fact, equals, value = (part.strip() for part in typed.replace("＝", "=").partition("="))
    fact = next((one for one in ORDER if label(one).lower() == fact.lower()), fact)
    if values_of(fact) == (YES,) and value.lower() in ("", YES, word("flag", True).lower()):
        # A fact that is yes or no can be named alone.
        return f"{fact}={YES}"
    code = next((one for one in values_of(fact) if value and word(fact, one) == value), value)
    return f"{fact}={code}" if equals else fact


def remove(
    term: Annotated[str, typer.Argument(metavar=N_("WORD"), help=N_("The word to take out."))],
    target: For = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.lexicon import remove as verb
    from complaintctl.output.lexicon import changed_data, changed_lines
    from complaintctl.reading.lexicon import load_lexicon
    from complaintctl.reading.local import plain_word
    from complaintctl.reading.local import target as meaning

    form = answer.choose(fmt, as_json)
    word = plain_word(term, load_lexicon()) or term
    meant = None
    if target is not None:
        # What it was for may be gone from the lexicon: then it is named as it is kept.
        meant = meaning(_spoken(target), load_lexicon()) or target.strip().lower()
    with open_office(write=True) as office:
        changed = verb(office, word, meant)
        answer.give(form, lambda: changed_data(changed, added=False), lambda: changed_lines(changed, added=False))


def show(
    lists: Annotated[bool, typer.Option("--lists", help=N_("What words can be for, with some words of each."))] = False,
    as_of: common.AsOf = None,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.opening import view as open_view
    from complaintctl.desk.lexicon import terms

    form = answer.choose(fmt, as_json, answer.LISTS)
    if lists:
        _lists(form, raw)
        return
    with open_view(as_of) as view:
        rows = [one._asdict() for one in terms(view.query)]
        columns = (
            Column("word", N_("Word")),
            Column("target", N_("For")),
            Column("since", N_("Since"), "moment"),
            Column("read", N_("Read"), "flag"),
        )
        answer.give_listing(form, columns, rows, view.zone, raw=raw)
        if not rows and form == "table":
            answer.tell(
                N_("No words of the office's own yet; to add one: complaintctl lexicon add --term WORD --for LIST")
            )


def _lists(form: str, raw: bool) -> None:
    from complaintctl.desk.packs import shipped_calendar
    from complaintctl.output.lexicon import list_rows
    from complaintctl.reading.lexicon import load_lexicon

    columns = (
        Column("target", N_("For")),
        Column("count", N_("Words"), "number"),
        Column("words", N_("Such as")),
    )
    answer.give_listing(form, columns, list_rows(load_lexicon()), shipped_calendar().zone, raw=raw)


def review(
    since: Annotated[
        str | None, typer.Option("--since", metavar=N_("DATE"), help=N_("Received from this day on, as 2026-10-01."))
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands import _people
    from complaintctl.cli.commands._one import folded
    from complaintctl.desk.lexicon import in_force
    from complaintctl.output.lexicon import review_data, review_lines
    from complaintctl.reports.overruled import review as look

    form = answer.choose(fmt, as_json)
    with open_office() as office:
        first = _people.day(office, since, "--since", end=False)
        found = look(office.ledger, in_force(office.query), office.book, first)
        answer.give(
            form, lambda: review_data(found, office.zone), lambda: folded(review_lines(found, office.zone), form)
        )
