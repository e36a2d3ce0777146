"""The words for facts and for what the engine makes of them, so that a reason can say what made it so."""

from collections.abc import Iterable
from typing import Any

from complaintctl.language import N_, gettext
from complaintctl.output.words import word

_LABELS: dict[str, str] = {
    "kind": N_("kind"),
    "channel": N_("channel"),
    "category": N_("category"),
    "responsibility": N_("responsibility"),
    "validity": N_("validity"),
    "severity": N_("severity"),
    "class": N_("cause class"),
    "urgency": N_("urgency"),
    "text": N_("text"),
    "happened_at": N_("happened"),
    "heard_at": N_("heard by a colleague"),
    "requested_by": N_("asked for by"),
    "agreed_by": N_("agreed on"),
    "place": N_("place"),
    "against": N_("against"),
    "demand": N_("asks for"),
    "unit": N_("unit"),
    "name": N_("name"),
    "phone": N_("telephone"),
}

#: What a yes or a no is called: (when it is so, when it is not).
_FLAGS: dict[str, tuple[str, str]] = {
    "fault": (N_("the company's fault"), N_("no fault of the company")),
    "injury": (N_("bodily harm"), N_("nobody hurt")),
    "major_loss": (N_("heavy loss"), N_("no heavy loss")),
    "promise_broken": (N_("a promised service missing"), N_("no promise broken")),
    "repeated": (N_("raised several times before"), N_("not raised several times")),
    "over_one_month": (N_("stood for over a month before"), N_("not over a month old")),
    "danger": (N_("danger to persons"), N_("no danger")),
    "damage": (N_("serious damage to a home"), N_("no serious damage")),
    "outage": (N_("a shared facility out of order"), N_("no shared facility out of order")),
    "difficult": (N_("hard to handle"), N_("not hard to handle")),
    "complex": (N_("complex"), N_("not complex")),
    "inquiry_needed": (N_("must be looked into"), N_("needs no inquiry")),
    "on_the_spot": (N_("solved on the spot"), N_("not solved on the spot")),
    "large_effect": (N_("its effect is large"), N_("its effect is not large")),
    "nameless": (N_("nameless"), N_("complainant known")),
    "heard": (N_("heard by a colleague first"), N_("told to the desk directly")),
    "form_out": (N_("a form went out"), N_("no form went out")),
    "coordinated": (N_("to be coordinated"), N_("not to be coordinated")),
    "month_passed": (N_("a month has passed"), N_("the month has not passed")),
    "collective": (N_("collective"), N_("not collective")),
    "repeat": (N_("complained of again"), N_("not complained of again")),
}

_COUNTS: dict[str, str] = {
    "households": N_("households: {n}"),
    "round": N_("round {n}"),
    "tried": N_("tries in vain: {n}"),
}


def label(name: str) -> str:
    """What a fact is called in the language in force; a name that is not standard is shown as it is."""
    if name in _FLAGS:
        return gettext(_FLAGS[name][0])
    return gettext(_LABELS[name]) if name in _LABELS else name


def said(name: str, value: Any) -> str:
    """A fact with its value as one phrase: `responsibility: not yet known`, `the company's fault`."""
    if name in _FLAGS and (value is None or isinstance(value, bool) or value == "yes"):
        return gettext(_FLAGS[name][0 if value else 1])
    if name in _COUNTS:
        return gettext(_COUNTS[name]).format(n=value)
    if isinstance(value, bool):
        return gettext(N_("{fact}: {value}")).format(fact=label(name), value=word("flag", value))
    shown = word(name, value) if value is not None else gettext(N_("none"))
    return gettext(N_("{fact}: {value}")).format(fact=label(name), value=shown)


_ORDER = {name: place for place, name in enumerate((*_FLAGS, *_LABELS, *_COUNTS))}


def _place(fact: tuple[str, Any]) -> tuple[int, str]:
    """Where a fact stands among others: what is special about this complaint first, in whatever order rules name it."""
    return _ORDER.get(fact[0], len(_ORDER)), fact[0]


def joined(facts: Iterable[tuple[str, Any]]) -> str:
    """Facts with their values in one line; empty where there are none. The kind goes without saying beside others."""
    told = sorted(facts, key=_place)
    line = ""
    for name, value in told:
        if name == "kind" and len(told) > 1:
            continue
        phrase = said(name, value)
        line = gettext(N_("{first}, {second}")).format(first=line, second=phrase) if line else phrase
    return line


def because(wording: str, facts: Iterable[tuple[str, Any]]) -> str:
    """A ground with the facts behind it as one sentence."""
    line = joined(facts)
    return gettext(N_("{ground} ({facts})")).format(ground=wording, facts=line) if line else wording
