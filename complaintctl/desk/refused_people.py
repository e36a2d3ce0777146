"""What is refused about people and places, one class a cause."""

from __future__ import annotations

from typing import ClassVar

from complaintctl.errors import RuleRefusal
from complaintctl.language import N_


class PersonLeft(RuleRefusal):
    """Somebody who has left would sign, or take on work."""

    rule: ClassVar[str] = "left"
    message = N_("{person} left at {at}.")
    hint = N_("Name somebody who is there (complaintctl staff list), or an earlier moment with --at.")
