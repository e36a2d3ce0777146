"""Disputes, suggestions and repairs as people and scripts see them: on the sheet, in JSON, in the timeline."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.desk.office import Office
from complaintctl.desk.path_words import PART_WORDS, called, is_open, other_side
from complaintctl.language import N_, gettext, pick, say
from complaintctl.output.complaint import Told
from complaintctl.output.layout import Text
from complaintctl.output.moments import due, iso, iso_or_none, local
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.paths import Step, parts

ENDINGS = {
    "settled": N_("settled by agreement"),
    "failed": N_("came to nothing"),
    "withdrawn": N_("taken back"),
    "decided": N_("decided by the body"),
}
DECISIONS = {"adopted": N_("adopted"), "not-adopted": N_("not adopted")}
STAGES = {"told": N_("told to the director"), "published": N_("published"), **DECISIONS}


# ---- on the sheet


def lines(life: Life, told: Told, zone: ZoneInfo) -> Iterator[Text]:
    """Yield what the sheet says of a dispute, a suggestion's path and a repair; nothing where there is nothing."""
    for title, found in (
        (N_("Repair"), _repair_lines(life, told, zone)),
        (N_("Suggestion"), _suggestion_lines(life, told, zone)),
        (N_("Dispute"), _dispute_lines(life, told, zone)),
    ):
        texts = list(found)
        if texts:
            yield Text("")
            yield Text(gettext(title), style="bold")
            yield from texts


def _dispute_lines(life: Life, told: Told, zone: ZoneInfo) -> Iterator[Text]:
    for step in life.course.paths.steps:
        yield Text(_joined(_of_step(life, step, told, zone)), f"  {local(step.at, zone)}  ")


def _of_step(life: Life, step: Step, told: Told, zone: ZoneInfo) -> Iterator[str]:
    yield say(called(life, step.route))
    before = said_last(life, step.entries, "before")
    if before:
        yield told.free(before)
    others = [told.masked("against", name) for name in other_side(life, step)]
    if others:
        yield gettext(N_("with {names}")).format(names=say(others))
    if step.agreement is not None:
        yield gettext(N_("written agreement") if step.agreement else N_("no written agreement"))
    count = len(evidence(life, step))
    if count:
        yield gettext(N_("evidence: {n}")).format(n=count)
    if step.ended_at is None:
        yield gettext(N_("going on"))
        return
    ended = gettext(N_("{outcome} on {moment}"))
    yield ended.format(outcome=gettext(ENDINGS[step.outcome or ""]), moment=local(step.ended_at, zone))
    result = said_last(life, step.entries, "result")
    if result:
        yield told.free(" ".join(result.split()))


def _suggestion_lines(life: Life, told: Told, zone: ZoneInfo) -> Iterator[Text]:
    """Yield a suggestion's checklist: told, decided, answered, published."""
    if life.course.known["kind"] != "suggestion":
        return
    held, said = life.course.paths.suggestion, suggestion_words(life)
    yield _checked(N_("told to the director"), held.told_at, zone)
    decided = _checked(DECISIONS.get(held.decision or "", N_("adopted or not")), held.decided_at, zone)
    more = [told.free(said[key]) for key in ("plan", "reason", "by") if said.get(key)]
    if held.until is not None:
        more.append(gettext(N_("until {moment}")).format(moment=due(held.until, zone)))
    yield decided._replace(text=_joined([decided.text, *(" ".join(one.split()) for one in more)]))
    yield _checked(N_("resident answered"), life.course.notified_at, zone)
    published = _checked(N_("published with thanks"), held.published_at, zone)
    if held.published_at is not None:
        text = gettext(N_("with the name, as agreed") if held.consent else N_("without a name"))
        published = published._replace(text=_joined([published.text, text]))
    yield published


def _checked(what: str, at: Moment | None, zone: ZoneInfo) -> Text:
    text = (
        gettext(what)
        if at is None
        else gettext(N_("{step} on {moment}")).format(step=gettext(what), moment=local(at, zone))
    )
    return Text(text, "  [ ] " if at is None else "  [x] ")


def _repair_lines(life: Life, told: Told, zone: ZoneInfo) -> Iterator[Text]:
    if not any(entry.kind == "repair" for entry in standing(life.entries)):
        return
    held = life.course.paths.repair
    if held.part is not None:
        yield Text(part_word(life, held.part), "  ")
    price = price_of(life)
    if price is not None or held.price_told is not None:
        words = {True: N_("told beforehand"), False: N_("not told yet"), None: N_("not said whether told")}
        text = gettext(N_("price: {price} ({told})"))
        shown = told.free(price) if price else gettext(N_("not noted"))
        yield Text(text.format(price=shown, told=gettext(words[held.price_told])), "  ")
    if life.course.paths.appointments:
        text = gettext(N_("somebody comes at {moment}"))
        yield Text(text.format(moment=due(life.course.paths.appointments[-1].until, zone)), "  ")


def part_word(life: Life, part: str) -> str:
    """Return what the complaint's procedure calls a part, else the usual word."""
    found = next((one.title for one in parts(life.course.procedure) if one.name == part), None)
    return pick(found) if found else gettext(PART_WORDS.get(part, part))


def written(office: Office, life: Life, entries: Iterable[Entry]) -> Iterator[str]:
    """Yield a line for each entry just written: what it says."""
    told = Told(office, life, False)
    for entry in entries:
        texts = [*codes(life, entry, told, office.zone), *_times(entry, office.zone)]
        for key in ("result", "reason", "note"):
            if (entry.private or {}).get(key):
                texts.append(told.free(" ".join(str((entry.private or {})[key]).split())))
        if texts:
            yield "  " + _joined(texts)


def _times(entry: Entry, zone: ZoneInfo) -> Iterator[str]:
    for key, text in (("until", N_("until {moment}")), ("agreed_by", N_("solution agreed for {moment}"))):
        if entry.body.get(key) is not None:
            yield gettext(text).format(moment=due(entry.body[key], zone))


# ---- what was told in private


def said_last(life: Life, entries: Sequence[int], key: str) -> str | None:
    """Return what was last said under a key in these entries; None where nothing was, or it was erased."""
    told = [(entry.private or {}).get(key) for entry in life.entries if entry.seq in entries]
    return next((str(one) for one in reversed(told) if one), None)


def suggestion_words(life: Life) -> dict[str, str]:
    """Return plan, who carries it out and reason, as said with the decision of the present round."""
    decided = [
        entry
        for entry in standing(life.entries)
        if entry.kind == "suggestion" and entry.body["stage"] in DECISIONS and entry.at >= life.course.rounds[-1]
    ]
    private = (decided[-1].private or {}) if decided and life.course.paths.suggestion.decision else {}
    return {key: str(private[key]) for key in ("plan", "by", "reason") if private.get(key)}


def price_of(life: Life) -> str | None:
    """Return the price as last noted; None where none was, or it was erased."""
    found = [(entry.private or {}).get("price") for entry in standing(life.entries) if entry.kind == "repair"]
    return next((str(one) for one in reversed(found) if one), None)


def evidence(life: Life, step: Step) -> list[Entry]:
    """Return what was attached by the commands that tell of a step of a dispute."""
    kept = standing(life.entries)
    return [entry for entry in kept if entry.kind == "attached" and entry.batch in step.batches]


# ---- in JSON


def data(life: Life, told: Told, zone: ZoneInfo) -> dict[str, Any]:
    """Give `dispute`, `suggestion` and `repair`; null where the complaint has none, or is of another kind."""
    kind = life.course.known["kind"]
    return {
        "dispute": _dispute_json(life, told, zone) if life.course.paths.steps else None,
        "suggestion": _suggestion_json(life, told, zone) if kind == "suggestion" else None,
        "repair": _repair_json(life, told, zone) if kind == "repair" else None,
    }


def _dispute_json(life: Life, told: Told, zone: ZoneInfo) -> dict[str, Any]:
    steps = [
        {
            "route": step.route,
            "at": iso(step.at, zone),
            "with": [told.masked("against", name) for name in other_side(life, step)],
            "before": _free(told, said_last(life, step.entries, "before")),
            "agreement": step.agreement,
            "outcome": step.outcome,
            "result": _free(told, said_last(life, step.entries, "result")),
            "ended_at": iso_or_none(step.ended_at, zone),
            "evidence": [
                {"seq": entry.seq, **entry.body["evidence"], "file": _file(entry, told)}
                for entry in evidence(life, step)
            ],
        }
        for step in life.course.paths.steps
    ]
    return {"route": life.course.paths.route, "open": is_open(life), "steps": steps}


def _suggestion_json(life: Life, told: Told, zone: ZoneInfo) -> dict[str, Any]:
    held, said = life.course.paths.suggestion, suggestion_words(life)
    return {
        "told_at": iso_or_none(held.told_at, zone),
        "decision": held.decision,
        "decided_at": iso_or_none(held.decided_at, zone),
        **{key: _free(told, said.get(key)) for key in ("plan", "by", "reason")},
        "until": iso_or_none(held.until, zone),
        "answered_at": iso_or_none(life.course.notified_at, zone),
        "published_at": iso_or_none(held.published_at, zone),
        "consent": held.consent,
    }


def _repair_json(life: Life, told: Told, zone: ZoneInfo) -> dict[str, Any]:
    course = life.course
    appointments = course.paths.appointments
    finish = [one.until for one in course.pledges if one.kind in ("agreed", "extended") and one.round == course.round]
    return {
        "part": course.paths.repair.part,
        "price": _free(told, price_of(life)),
        "price_told": course.paths.repair.price_told,
        "appointment": iso_or_none(appointments[-1].until if appointments else None, zone),
        "finish": iso_or_none(finish[-1] if finish else None, zone),
    }


def _free(told: Told, text: str | None) -> str | None:
    return None if text is None else told.free(text)


def _file(entry: Entry, told: Told) -> str | None:
    """The name of a file, which may say whose it is: only where private facts are shown."""
    return (entry.private or {}).get("name") if told.reveal else None


# ---- in the timeline


def codes(life: Life, entry: Entry, told: Told, zone: ZoneInfo) -> Iterator[str]:
    """Yield what an entry of these paths tells: route, outcome, parties; part and price; times given."""
    body, private = entry.body, entry.private or {}
    if entry.kind == "disputed":
        yield say(called(life, body["route"]))
        if private.get("with"):
            yield gettext(N_("with {names}")).format(
                names=say([told.masked("against", one) for one in private["with"]])
            )
        if "agreement" in body:
            yield gettext(N_("written agreement") if body["agreement"] else N_("no written agreement"))
        if "outcome" in body:
            yield gettext(ENDINGS[body["outcome"]])
    if "consent" in body:
        yield gettext(N_("with the name, as agreed") if body["consent"] else N_("without a name"))
    if "part" in body:
        yield part_word(life, body["part"])
    if "price_told" in body:
        yield gettext(N_("price told beforehand") if body["price_told"] else N_("price not told yet"))
    if body.get("appointment") is not None:
        yield gettext(N_("somebody comes at {moment}")).format(moment=due(body["appointment"], zone))
    for key in ("before", "price", "plan", "by"):
        if private.get(key):
            yield told.free(" ".join(str(private[key]).split()))


def _joined(parts_: Any) -> str:
    return " · ".join(part for part in parts_ if part)
