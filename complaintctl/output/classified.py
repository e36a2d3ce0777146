"""A judgement without a complaint, as JSON values and for people."""

from collections.abc import Iterator
from typing import Any

from complaintctl.desk.classify import Classified
from complaintctl.language import N_, gettext, say
from complaintctl.output.complaint import FLAG_FACETS, reason_json
from complaintctl.output.facts import because, said
from complaintctl.output.layout import Text
from complaintctl.output.sheet import value_word
from complaintctl.output.words import word
from complaintctl.rules.facts import JUDGED_KINDS
from complaintctl.rules.procedure import Procedure


def data(found: Classified, procedure: Procedure) -> dict[str, Any]:
    """Give a judgement as JSON values: the facets, the reasons, and what the text proposed."""
    known = found.known
    has = {rule.facet for rule in procedure.judgements}
    judged = known["kind"] in JUDGED_KINDS
    return {
        **{name: known.get(name) for name in ("kind", "category", "responsibility")},
        **{facet: known.get(facet) for facet in ("class", "validity", "urgency", "severity")},
        **{facet: known.get(facet) == "yes" if judged and facet in has else None for facet in FLAG_FACETS},
        "reasons": [reason_json(reason) for reason in found.reasons],
        "proposals": [
            {"fact": one.fact, "value": one.value, "words": list(one.words), "rule": one.rule}
            for one in found.proposals
        ],
    }


def lines(found: Classified) -> Iterator[Text]:
    """Yield a judgement for a person, each part with its ground, then the words that led to the facts."""
    known = found.known
    facts = [word("kind", known["kind"]), word("category", known["category"])]
    yield Text(" · ".join([*facts, said("responsibility", known["responsibility"])]), style="bold")
    for reason in found.reasons:
        text = gettext(N_("{facet}: {value} — {because}")).format(
            facet=word("facet", reason.facet),
            value=value_word(reason.facet, reason.value),
            because=because(say(reason.because), reason.facts),
        )
        yield Text(f"{text} · {reason.clause}", "  ")
    if found.proposals:
        yield Text(gettext(N_("Proposed from the text:")), "  ")
    for one in found.proposals:
        words = gettext(N_("{fact} — {words}")).format(fact=said(one.fact, one.value), words=say(list(one.words)))
        told = one.words and one.fact != "place"
        yield Text(words if told else said(one.fact, one.value), "    ")
