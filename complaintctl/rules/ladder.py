"""Who stands at a rung of the ladder: from who is whose superior, else from who holds the rung's role.

The documents name rungs, an office has people. A proposal is made only where the register leaves no doubt. Works on
derived rows and imports next to nothing, for commands that only look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from complaintctl.rules.localtime import Moment

Row = Mapping[str, Any]

HEAD = "department-head"
ROLES = {"company": ("general-manager",), "manager": ("manager", "director")}
"""The roles that stand at a rung, where it is not the one called alike."""


class Ladder:
    """The people and departments registered, as they are at a moment."""

    def __init__(self, people: Iterable[Row], departments: Iterable[Row], at: Moment) -> None:
        """Take the derived rows of staff and departments."""
        self.people = {row["id"]: row for row in people}
        self.heads: dict[str, int | None] = {row["name"]: row["head"] for row in departments}
        self.at = at

    def at_rung(
        self, code: str, *, department: str | None = None, handler: int | None = None, area: str | None = None
    ) -> Row | None:
        """Return who stands at the rung of a code for a complaint with its department, handler and area.

        First the department's head, then the superiors of the handler and of that head, then whoever alone holds
        the role. None where nobody does, or several do and nothing tells them apart.
        """
        roles = ROLES.get(code, (code,))
        head = self._here(self.heads.get(department)) if department is not None else None
        if HEAD in roles and head is not None and head["id"] != handler:
            return head
        for one in (*self._above(handler), *([head] if head else []), *self._above(head["id"] if head else None)):
            if one["role"] in roles and one["id"] != handler:
                return one
        return self._alone(roles, department, handler, area)

    def _here(self, number: int | None) -> Row | None:
        row = self.people.get(number) if number is not None else None
        return row if row is not None and there(row, self.at) else None

    def _above(self, number: int | None) -> Iterator[Row]:
        """Yield the superiors of somebody, the nearest first; those who have left are passed over."""
        seen = {number}
        row = self.people.get(number) if number is not None else None
        while row is not None and row["superior"] is not None and row["superior"] not in seen:
            seen.add(row["superior"])
            row = self.people.get(row["superior"])
            if row is not None and there(row, self.at):
                yield row

    def _alone(
        self, roles: tuple[str, ...], department: str | None, handler: int | None, area: str | None
    ) -> Row | None:
        found = [
            row
            for row in self.people.values()
            if row["role"] in roles and there(row, self.at) and row["id"] != handler and row["name"] is not None
        ]
        if HEAD in roles:
            # The head of another department is nobody's superior here.
            found = [row for row in found if row["department"] == department or None in (row["department"], department)]
        for name, wanted in (("department", department), ("area", area)):
            if len(found) > 1 and wanted is not None:
                found = [row for row in found if row[name] == wanted] or found
        return found[0] if len(found) == 1 else None


def cycle(superiors: Mapping[int, int | None], number: int) -> list[int]:
    """Return the ids of those who would be each other's superiors, beginning with `number`; empty for none."""
    chain = [number]
    above = superiors.get(number)
    while above is not None and above not in chain:
        chain.append(above)
        above = superiors.get(above)
    return chain if above == number else []


# ---- who and what is there


def answering(rows: Iterable[Row], category: str, at: Moment) -> list[Row]:
    """Return the departments, as derived rows, that exist at a moment and answer for a category."""
    return [row for row in rows if category in row["categories"].split(",") and exists(row, at)]


def exists(row: Row, at: Moment) -> bool:
    """Say whether a department is not closed by a moment."""
    return row["closed_at"] is None or row["closed_at"] > at


def there(row: Row, at: Moment) -> bool:
    """Say whether somebody has not left by a moment; from the moment of leaving on he is gone."""
    left: Moment | None = row["left_at"]
    return left is None or left > at


def department_names(departments: Iterable[Row], own: Iterable[Any], people: Iterable[Row], at: Moment) -> list[str]:
    """Return the names of departments that are known: registered, the site's `own`, those that people belong to."""
    rows = list(departments)
    closed = {row["name"] for row in rows if not exists(row, at)}
    told = [str(one["name"] if isinstance(one, Mapping) else one) for one in own]
    theirs = [row["department"] for row in people if row["department"] is not None and there(row, at)]
    names = dict.fromkeys([*(row["name"] for row in rows), *told, *theirs])
    return [name for name in names if name not in closed]
