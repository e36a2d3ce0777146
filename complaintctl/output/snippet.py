"""The place where searched words stand, short and without anything private."""

from collections.abc import Sequence

from complaintctl.language import N_, gettext
from complaintctl.output import masks
from complaintctl.output.facts import label
from complaintctl.reports.search import Match, excerpt


def snippet(match: Match, parts: Sequence[str], building: str | None, departments: tuple[str, ...]) -> str:
    """Give the stretch around a match; what was found in a private field is only named and masked."""
    masked = {
        "name": masks.name(match.text),
        "phone": masks.phone(match.text),
        "unit": masks.unit(match.text, building),
        "against": masks.party(match.text, departments),
    }
    if match.field in masked:
        return gettext(N_("{fact}: {value}")).format(fact=label(match.field), value=masked[match.field])
    # What was looked for may itself stand masked in the text.
    shown = [masks.words(part, match.private, building) for part in parts]
    return excerpt(masks.words(match.text, match.private, building), [*parts, *shown])
