"""An office's own words, and where proposals were overruled, as JSON values and for people."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.desk.lexicon import Changed
from complaintctl.language import N_, gettext, plural, say
from complaintctl.output.facts import said
from complaintctl.output.layout import Text
from complaintctl.output.moments import iso_or_none, local
from complaintctl.output.problem import bracketed, fill
from complaintctl.reading.lexicon import ORDER, PLAIN, YES, Lexicon
from complaintctl.reading.local import values_of
from complaintctl.reports.overruled import Overruled, Review
from complaintctl.reports.suggested import Suggested
from complaintctl.rules.facts import FACTS

Pair = tuple[str, str]
_SUCH_AS = 6


def _pairs(pairs: Sequence[Pair]) -> list[dict[str, str]]:
    return [{"word": word, "for": target} for target, word in pairs]


# ---- checking and changing


def checked_data(file: str | None, terms: Mapping[str, Sequence[str]], standing: Sequence[Pair]) -> dict[str, Any]:
    """Give what a check found as JSON values."""
    pairs = [(target, word) for target, words in terms.items() for word in words]
    return {"file": file, "words": _pairs(pairs), "shipped_already": _pairs(standing)}


def checked_lines(name: Any, terms: Mapping[str, Sequence[str]], standing: Sequence[Pair]) -> Iterator[str]:
    """Say that the words are in order, and which of them the program has already."""
    count = sum(map(len, terms.values()))
    words = plural(N_("{name}: {n} word, in order."), N_("{name}: {n} words, all in order."), count)
    yield fill(words, name=name, n=count)
    if standing:
        yield fill(N_("The program has these already: {words}"), words=[word for _, word in standing])


def changed_data(changed: Changed, *, added: bool) -> dict[str, Any]:
    """Give what was added or removed as JSON values, and what stood so already."""
    return {"added" if added else "removed": _pairs(changed.changed), "stood_already": _pairs(changed.stood)}


def changed_lines(changed: Changed, *, added: bool) -> Iterator[str]:
    """Say what is read otherwise from now on."""
    for target, word in changed.changed:
        text = N_("“{word}” is read as {target} from now on.") if added else N_("“{word}” is read as {target} no more.")
        yield fill(text, word=word, target=_named(target))
    for target, word in changed.stood:
        yield fill(N_("“{word}” stood for {target} already."), word=word, target=_named(target))
    if changed.changed and added:
        yield fill(N_("Try it: complaintctl classify TEXT; to take it back: complaintctl undo"))


def _named(target: str) -> str:
    """Name what a word is for: a value by its words, a list by its name."""
    fact, equals, value = target.partition("=")
    if not equals or fact not in FACTS:
        return target
    return said(fact, True if value == YES else value)


def list_rows(lexicon: Lexicon) -> list[dict[str, Any]]:
    """Give a row for all that words can be for: how many words the program has for it, and some of them."""
    words: dict[int, list[str]] = {}
    for word, home in lexicon.words.items():
        for number in lexicon.homes[home]:
            words.setdefault(number, []).append(word)
    rows = [
        {"target": name, "count": len(words.get(number, ())), "words": words.get(number, [])[:_SUCH_AS]}
        for number, name in enumerate(lexicon.lists)
        if number >= PLAIN and number in words
    ]
    for fact in ORDER:
        rows += [{"target": f"{fact}={one}", "count": 0, "words": [_named(f"{fact}={one}")]} for one in values_of(fact)]
    return rows


# ---- reviewing


def review_data(found: Review, zone: ZoneInfo) -> dict[str, Any]:
    """Give a review as JSON values."""
    return {
        "since": iso_or_none(found.since, zone),
        "texts": found.texts,
        "proposed": found.proposed,
        "overruled": found.overruled,
        "judgements_overruled": found.judgements,
        "changes": [_change_data(one) for one in found.rows],
        "suggested": [
            {
                "word": one.term,
                "for": one.target,
                "among": one.among,
                "of": one.of,
                "others": one.others,
                "of_others": one.of_others,
                "command": _command(one),
            }
            for one in found.suggested
        ],
    }


def _change_data(one: Overruled) -> dict[str, Any]:
    return {
        "fact": one.fact,
        "proposed": one.proposed,
        "stated": one.stated,
        "count": one.times,
        "of": one.of,
        "words": [{"word": word, "count": count} for word, count in one.words],
        "reasons": one.reasons,
        "numbers": one.numbers,
    }


def review_lines(found: Review, zone: ZoneInfo) -> Iterator[Text]:
    """Say where proposals were overruled, most often first, and which words might be added."""
    if not found.texts:
        yield Text(gettext(N_("No text was read in that time.")))
        return
    yield Text(_sum(found, zone), style="bold")
    if found.judgements:
        text = N_("{n} judgement that followed from the text was overruled")
        text = plural(text, N_("{n} judgements that followed from the text were overruled"), found.judgements)
        yield Text(text.format(n=found.judgements), style="bold")
    for one in found.rows:
        yield from _change_lines(one)
    if found.suggested:
        yield Text(gettext(N_("Words to add, if they mean that at your office:")), style="bold")
    for word in found.suggested:
        yield Text(
            fill(
                N_("{word} → {target}: in {among} of {of} read wrongly so, in {others} of {of_others} others"),
                word=word.term,
                target=_named(word.target),
                among=word.among,
                of=word.of,
                others=word.others,
                of_others=word.of_others,
            ),
            "  ",
        )
        yield Text(_command(word), "    ")


def _sum(found: Review, zone: ZoneInfo) -> str:
    values = {"texts": found.texts, "proposed": found.proposed, "overruled": found.overruled}
    if found.since is None:
        return fill(N_("Texts read {texts}, facts proposed {proposed}, of these overruled {overruled}"), **values)
    text = N_("Since {day}: texts read {texts}, facts proposed {proposed}, of these overruled {overruled}")
    return fill(text, day=local(found.since, zone)[:10], **values)


def _change_lines(one: Overruled) -> Iterator[Text]:
    if one.proposed is None:
        text = N_("{stated}: not seen in {count} of {of}")
    else:
        text = N_("{proposed} → {stated}: {count} of {of}")
    was = None if one.proposed is None else said(one.fact, one.proposed)
    yield Text(fill(text, proposed=was, stated=said(one.fact, one.stated), count=one.times, of=one.of), "  ")
    if one.words:
        words = [bracketed(word, str(count)) if count > 1 else word for word, count in one.words]
        yield Text(fill(N_("read from: {words}"), words=words), "    ")
    for reason in one.reasons:
        yield Text(fill(N_("because: {reason}"), reason=reason), "    ")
    yield Text(say(one.numbers), "    ", "dim")


def _command(one: Suggested) -> str:
    return f"complaintctl lexicon add --term {one.term} --for {one.target}"
