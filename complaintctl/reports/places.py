"""Places as the reports see them: buildings by name and area, and how many households there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from complaintctl.ledger import people as register
from complaintctl.ledger.query import Queries
from complaintctl.rules.units import bare_code

SITE, BUILDINGS = "site", "buildings"
"""Where the number of households comes from: the site's settings, or the sum over its buildings."""


class Households(NamedTuple):
    """How many households the rates divide by, and where that comes from; None where nobody has said.

    `together` is the sum over the buildings, None unless every one of them has a number. `of` gives each building's
    number, `names` what people call those that have a name.
    """

    value: int | None
    source: str | None
    together: int | None
    of: Mapping[str, int]
    names: Mapping[str, str]

    @property
    def differs(self) -> bool:
        """Whether the site's number is another than its buildings' together."""
        return self.source == SITE and self.together is not None and self.together != self.value


NOBODY = Households(None, None, None, {}, {})


def households(query: Queries, site: Mapping[str, Any]) -> Households:
    """Give the site's households: as its settings have it, else the sum over its buildings if each has a number."""
    own: int | None = site.get("households")
    if not query.registered("building"):
        return Households(own, SITE if own else None, None, {}, {})
    rows = register.buildings(query)
    of = {row["code"]: row["households"] for row in rows if row["households"] is not None}
    together = sum(of.values()) if len(of) == len(rows) else None
    source = SITE if own else BUILDINGS if together else None
    names = {row["code"]: row["name"] for row in rows if row["name"] is not None}
    return Households(own or together, source, together, of, names)


def codes_of_area(query: Queries, area: str) -> tuple[str, ...] | None:
    """Give the codes of an area's buildings; None where nobody has named such an area."""
    if area not in register.areas(query):
        return None
    return tuple(row["code"] for row in register.buildings(query) if row["area"] == area)


def code_of(query: Queries, typed: str) -> str:
    """Give the code of a building that is called by its code or, where it is registered, by its name."""
    if not query.registered("building"):
        return typed
    rows = register.buildings(query)
    if any(row["code"] == typed for row in rows):
        return typed
    named = [row["code"] for row in rows if row["name"] == typed]
    return str(named[0]) if named else next((row["code"] for row in rows if row["code"] == bare_code(typed)), typed)
