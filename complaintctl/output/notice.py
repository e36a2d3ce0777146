"""The text in which the decision on a suggestion is published with thanks, ready to be posted (H11 3.1.4).

It holds nothing private: of the resident at most the name, and that only where they agreed; what the office itself
wrote of its plan or reason, with name, phone and home of the resident taken out.
"""

import re

from complaintctl.desk.office import Office, private_facts
from complaintctl.language import N_, gettext
from complaintctl.output.masks import STARS
from complaintctl.output.masks import words as masked
from complaintctl.output.moments import due, local
from complaintctl.output.paths import suggestion_words
from complaintctl.output.problem import fill
from complaintctl.output.words import word
from complaintctl.rules.life import Life

_STARRED = re.compile(rf"\d{{3}}{re.escape(STARS)}\d{{4}}")


def notice(office: Office, life: Life) -> list[str]:
    """Return the lines of the text, in the language in force."""
    held, said, zone = life.course.paths.suggestion, suggestion_words(life), office.zone
    named = str(private_facts(life).get("name") or "") if held.consent else ""
    adopted = held.decision == "adopted"
    lines = [gettext(N_("A suggestion adopted") if adopted else N_("The answer to a suggestion"))]
    day = local(life.course.received_at, zone)[:10]
    about = word("category", life.course.known["category"])
    lines.append(
        fill(N_("{number}, received on {day}, about: {category}."), number=life.number, day=day, category=about)
    )
    plan, reason = (_public(life, said.get(key)) for key in ("plan", "reason"))
    if adopted and plan:
        lines.append(fill(N_("We adopt it: {plan}"), plan=plan))
    if held.until is not None:
        lines.append(fill(N_("To be done by {moment}."), moment=due(held.until, zone)))
    if held.decision == "not-adopted" and reason:
        lines.append(fill(N_("We could not adopt it: {reason}"), reason=reason))
    if named:
        lines.append(fill(N_("Our thanks to {name} for caring about our home."), name=named))
    else:
        lines.append(gettext(N_("Our thanks to the resident who made it, for caring about our home.")))
    at = local(held.published_at if held.published_at is not None else office.now, zone)[:10]
    lines.append(" ".join(part for part in (str(office.site.get("name") or ""), at) if part))
    return lines


def _public(life: Life, text: str | None) -> str:
    """Return what the office wrote without a trace of the resident: not masked as elsewhere, but left out."""
    if not text:
        return ""
    private = private_facts(life)
    for key, instead in (("name", gettext(N_("the resident"))), ("phone", ""), ("unit", gettext(N_("a home")))):
        value = str(private.get(key) or "").strip()
        if len(value) > 1:
            text = text.replace(value, instead)
    return " ".join(_STARRED.sub("", masked(text, {})).split())
