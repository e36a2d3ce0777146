"""Names for the codes in listings: the standard words, or for an office's own steps and roles its procedure's."""

from collections.abc import Mapping
from typing import Any

from complaintctl.language import N_, gettext, pick, say
from complaintctl.output.words import word


class Labels:
    """Names of steps, rungs and roles, from the wording of the procedure in force."""

    def __init__(self, procedure: Mapping[str, Any]) -> None:
        """Take a procedure's snapshot, or any mapping with `steps`, `roles` and `rungs`."""
        self.procedure = procedure

    def step(self, code: str | None, rung: int | None = None) -> str:
        """What a step is called; a referral with the rung it goes to."""
        if code is None:
            return ""
        own = self.procedure["steps"].get(code)
        name = pick(own["title"]) if own else word("step", code)
        if rung is None:
            return name
        return gettext(N_("{step} → {rung}")).format(step=name, rung=self.rung(rung))

    def todo(self, row: Mapping[str, Any]) -> str:
        """What a row of what is late says is to be done: a complaint's step, or what an inspection or visit left."""
        if row["subject"] == "complaint":
            return self.step(row["step"], row["rung"])
        title = pick(row["title"]) if row["title"] else word("step", row["step"])
        if row["id"] is None:
            return title
        # Its number is no complaint's, so it says whose it is.
        return gettext(N_("{subject}: {todo}")).format(subject=word("subject", row["subject"]), todo=title)

    def rung(self, number: int) -> str:
        """What a rung of the ladder is called."""
        found = self.procedure["rungs"].get(str(number))
        return pick(found) if found else str(number)

    def rung_code(self, code: str | None) -> str:
        """What the rung with this code is called."""
        found = next((rung for rung in self.procedure["rungs"].values() if rung["code"] == code), None)
        return pick(found) if found else word("rung", code)

    def duty(self, codes: str | None) -> str:
        """Who bears a duty, from codes joined by commas."""
        roles = self.procedure["roles"]
        return say([pick(roles[code]) if code in roles else code for code in (codes or "").split(",") if code])


def short_name(row: Mapping[str, Any]) -> str:
    """Name what a row is about as commands take it: a complaint's short id, a finding's or a matter's `3.2`."""
    if row["id"] is None:
        return ""
    return f"{row['id']}" if row["item"] is None else f"{row['id']}.{row['item']}"
