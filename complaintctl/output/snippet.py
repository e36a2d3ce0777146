"""The place where searched words stand, short and without anything private."""

from collections.abc import Sequence

from complaintctl.language import N_, gettext
from complaintctl.output import masks
from complaintctl.output.facts import label
from complaintctl.reports.search import Match, excerpt

#: Fields that are names themselves: masked whole, as their excerpt would give them away.
_WHOLE = ("name", "phone", "unit", "against")


def snippet(match: Match, parts: Sequence[str], building: str | None, departments: tuple[str, ...]) -> str:
    """Give the stretch around a match; what was found in a private field is only named and masked."""
    if match.field in _WHOLE:
        shown = {
            "name": masks.name,
            "phone": masks.phone,
            "unit": lambda text: masks.unit(text, building),
            "against": lambda text: masks.party(text, departments),
        }[match.field](match.text)
        return gettext(N_("{fact}: {value}")).format(fact=label(match.field), value=shown)
    return excerpt(masks.words(match.text, match.private, building), list(parts))
