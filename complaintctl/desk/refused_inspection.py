"""What is refused about inspections, one class a cause; every one names what to do instead."""

from __future__ import annotations

from typing import ClassVar

from complaintctl.errors import RuleRefusal, UsageFault
from complaintctl.language import N_


class NotSaid(UsageFault):
    """A record without what every record of an inspection says, or a finding without its limit."""

    code = "missing-option"
    message = N_("{option} is missing: it belongs into the record of an inspection{where}.")
    hint = N_("Such as: {example}")


class DayGone(UsageFault):
    """An inspection is planned for a day that has gone by."""

    code = "bad-value"
    message = N_("An inspection cannot be planned for {day}: that day has gone by.")
    hint = N_('One that was held is recorded: complaintctl inspect record {kind} --at "{day} 09:00"')


class PartyMissing(RuleRefusal):
    """An inspection of a kind in which several parties take part, without one of them."""

    rule: ClassVar[str] = "party-missing"
    message = N_("In a {kind} all its parties take part; missing: {missing} ({clause}).")
    hint = N_(
        "Name who came:{example} — or, if they did not take part, record it as irregular: inspect record irregular"
    )


class HeldAlready(RuleRefusal):
    """A plan is recorded, moved or dropped that was carried out already."""

    rule: ClassVar[str] = "held-already"
    message = N_("{number} was already held at {at}{where}.")
    hint = N_("“complaintctl inspect show {id}” shows it; “complaintctl undo” takes back your last command.")


class NotHeld(RuleRefusal):
    """A finding of an inspection that is only planned."""

    rule: ClassVar[str] = "not-held"
    message = N_("{number} has not been held yet, so nothing can have been found{where}.")
    hint = N_("First: complaintctl inspect record {id} --inspectors NAME --items {items}")


class Dropped(RuleRefusal):
    """A plan that was dropped is recorded, moved or dropped again."""

    rule: ClassVar[str] = "dropped"
    message = N_("{number} was dropped at {at}{where}.")
    hint = N_("One that was held all the same is recorded by its kind: complaintctl inspect record {kind}")


class FindingClosed(RuleRefusal):
    """A finding that a re-check closed is put right or checked again."""

    rule: ClassVar[str] = "finding-closed"
    message = N_("Finding {finding} was closed by the re-check of {at}{where}.")
    hint = N_(
        "What is wrong anew is a finding of the next inspection; “complaintctl undo” takes back your last command."
    )


class RectifiedAlready(RuleRefusal):
    """A finding is put right twice without a re-check in between."""

    rule: ClassVar[str] = "rectified-already"
    message = N_("Finding {finding} was already put right at {at} and waits for its re-check{where}.")
    hint = N_("Next: complaintctl inspect recheck {finding} --passed — or --failed --until MOMENT")


class NotRectified(RuleRefusal):
    """A finding is checked again before anybody said that it was put right."""

    rule: ClassVar[str] = "not-rectified"
    message = N_("Finding {finding} has not been put right, so there is nothing to check{where}.")
    hint = N_('First: complaintctl inspect rectified {finding} "RESULT"')
