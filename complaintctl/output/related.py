"""What is related to a complaint, for people and scripts: like ones, the home's earlier ones, who handled it before."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from complaintctl.desk.office import Office
from complaintctl.desk.related import Beside, Handled, Like
from complaintctl.desk.similar import Similar
from complaintctl.language import N_, gettext, plural, say
from complaintctl.output import masks
from complaintctl.output.moments import duration, iso, iso_or_none, local
from complaintctl.output.problem import fill
from complaintctl.output.text import pad, safe, width
from complaintctl.output.words import word
from complaintctl.rules.life import Life

#: So much of another complaint's text is shown, in characters.
FIRST_WORDS = 20

_BECAUSE = {
    "place": N_("same place"),
    "building": N_("same building"),
    "site-wide": N_("a main of the whole site"),
}


# ---- others of the same thing


def like_lines(office: Office, like: Sequence[Like], complaint: int | None) -> Iterator[str]:
    """Yield the open complaints that may be about the same event; with an id also the command that links it."""
    if not like:
        return
    yield gettext(N_("  Other households may complain of the same:"))
    for one, line in zip(like, _aligned([_like(office, one) for one in like]), strict=True):
        yield f"    {line}"
        yield f"      {_grounds(one)}"
    if complaint is not None:
        yield fill(N_("    If so: complaintctl {command}"), command=link_command(like, complaint))


def link_command(like: Sequence[Like], complaint: int) -> str:
    """Return the command that links a complaint to the likeliest of the others, without the program's name."""
    return f"link {like[0].id} {complaint}"


def _like(office: Office, one: Like) -> list[str]:
    return [
        fill(N_("{number} ({id})"), number=one.number, id=one.id),
        local(one.received_at, office.zone)[5:16],
        fill(N_("building {building}"), building=one.building) if one.building else "",
        word("category", one.category),
        _linked(one.households) if one.event is not None else "",
    ]


def _linked(households: int) -> str:
    text = plural(N_("event of {n} household"), N_("event of {n} households"), households)
    return text.format(n=households)


def _grounds(one: Like) -> str:
    """Return another complaint's first words, and what it has in common with the new one."""
    text = masks.words(" ".join(str(one.private["text"]).split()), one.private, one.building)
    words = text[:FIRST_WORDS] + ("…" if len(text) > FIRST_WORDS else "")
    common = [*one.words, *(gettext(_BECAUSE[code]) for code in one.because if code in _BECAUSE)]
    return safe(gettext(N_("“{text}” — {common}")).format(text=words, common=say(common)))


def like_json(office: Office, one: Like) -> dict[str, Any]:
    """Return a like complaint for scripts; `because` holds codes, `words` what both texts have."""
    return {
        "id": one.id,
        "number": one.number,
        "received_at": iso(one.received_at, office.zone),
        "category": one.category,
        "building": one.building,
        "event": one.event,
        "households": one.households,
        "because": list(one.because),
        "words": list(one.words),
    }


# ---- the home's earlier ones


def earlier_lines(office: Office, earlier: Sequence[Handled]) -> Iterator[str]:
    """Yield what a home raised before, the newest first: when, about what, how it ended, who handled it."""
    if not earlier:
        return
    yield gettext(N_("  This home before:"))
    for line in _aligned([_earlier(office, one) for one in earlier]):
        yield f"    {line}"


def _earlier(office: Office, one: Handled) -> list[str]:
    ended = one.closed_at if one.closed_at is not None else one.resolved_at
    return [
        fill(N_("{number} ({id})"), number=one.number, id=one.id),
        local(one.received_at, office.zone)[:10],
        word("category", one.category),
        word("outcome", one.outcome) if one.outcome else word("stage", one.stage),
        local(ended, office.zone)[:10] if ended is not None and one.stage != "open" else "",
        hands(one),
    ]


def hands(one: Handled) -> str:
    """Return who handled it: the department and the person, as far as they were written down."""
    return " ".join(part for part in (one.department, one.person) if part)


def earlier_json(office: Office, one: Handled) -> dict[str, Any]:
    """Return an earlier complaint of the same home, or an earlier round, for scripts."""
    return {
        "id": one.id,
        "number": one.number,
        "round": one.round,
        "received_at": iso(one.received_at, office.zone),
        "category": one.category,
        "outcome": one.outcome,
        "resolved_at": iso_or_none(one.resolved_at, office.zone),
        "closed_at": iso_or_none(one.closed_at, office.zone),
        "handled_by": one.person,
        "department": one.department,
    }


# ---- cases to learn from


def similar_lines(office: Office, similar: Sequence[Similar]) -> Iterator[str]:
    """Yield earlier cases that resemble a complaint: what came of them, how long that took, what was done."""
    if not similar:
        return
    yield gettext(N_("  Like cases before:"))
    for one, line in zip(similar, _aligned([_similar(office, one) for one in similar]), strict=True):
        yield f"    {line}"
        done = masked_result(one)
        if done:
            yield f"      {safe(done)}"


def _similar(office: Office, one: Similar) -> list[str]:
    return [
        fill(N_("{number} ({id})"), number=one.number, id=one.id),
        local(one.received_at, office.zone)[:10],
        word("category", one.category),
        word("outcome", one.outcome),
        _took(one),
        one.department or "",
    ]


def _took(one: Similar) -> str:
    """Give how long a case took; to the day, or not at all, where a register tells no more."""
    if one.took is None:
        return ""
    if one.days and not one.took:
        return gettext(N_("the same day"))
    return fill(N_("took {span}"), span=duration(one.took))


def masked_result(one: Similar) -> str:
    """Return what was done in an earlier case and what had caused it, without who complained; empty if unknown."""
    parts = [masks.words(" ".join(part.split()), one.private, one.building) for part in (one.result, one.cause) if part]
    return gettext(N_("; ")).join(parts)


def similar_json(office: Office, one: Similar) -> dict[str, Any]:
    """Return an earlier case for scripts; the result without who complained."""
    result, cause = (
        None if text is None else masks.words(text, one.private, one.building) for text in (one.result, one.cause)
    )
    return {
        "id": one.id,
        "number": one.number,
        "received_at": iso(one.received_at, office.zone),
        "category": one.category,
        "outcome": one.outcome,
        "took_seconds": one.took,
        "department": one.department,
        "handled_by": one.person,
        "result": result,
        "cause": cause,
        "words": list(one.words),
    }


# ---- all of it, beside a new complaint


def lines(office: Office, life: Life, found: Beside) -> Iterator[str]:
    """Yield what stands beside a complaint just taken down, unless the clerk was shown it while typing."""
    if not found.told:
        yield from earlier_lines(office, found.earlier)
        yield from like_lines(office, found.like, life.id)
    yield from similar_lines(office, found.similar)


def data(office: Office, found: Beside) -> dict[str, Any]:
    """Return the same for scripts: `like`, `history` and `similar`."""
    return {
        "like": [like_json(office, one) for one in found.like],
        "history": [earlier_json(office, one) for one in found.earlier],
        "similar": [similar_json(office, one) for one in found.similar],
    }


# ---- who had it before


def before_lines(office: Office, life: Life) -> Iterator[str]:
    """Yield who handled before what was reopened or raised several times, for whoever takes it over (C 4.11)."""
    from complaintctl.desk.related import handled_before

    for one in handled_before(office, life):
        which = fill(N_("round {n}"), n=one.round) if one.id == life.id else one.number
        told = [hands(one) or gettext(N_("nobody named")), word("outcome", one.outcome) or word("stage", one.stage)]
        if one.resolved_at is not None:
            told.append(local(one.resolved_at, office.zone)[:10])
        yield fill(N_("handled before ({which}): {who}"), which=which, who=say([part for part in told if part]))


def before_json(office: Office, life: Life) -> list[dict[str, Any]]:
    """Return the same for scripts."""
    from complaintctl.desk.related import handled_before

    return [earlier_json(office, one) for one in handled_before(office, life)]


def _aligned(rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield rows of cells with their columns under one another, safe to print; empty columns are left out."""
    made = [[safe(cell) for cell in row] for row in rows]
    most = max(map(len, made))
    made = [[*row, *[""] * (most - len(row))] for row in made]
    widths = [max(map(width, column)) for column in zip(*made, strict=True)]
    for row in made:
        cells = [pad(cell, wide) for cell, wide in zip(row, widths, strict=True) if wide]
        yield "  ".join(cells).rstrip()
