"""What the rules refuse about visits to residents, one class a cause; every one names what to do instead.

`by` is the clause in brackets; empty where the procedure in force names none.
"""

from __future__ import annotations

from typing import ClassVar

from complaintctl.errors import RuleRefusal, UsageFault
from complaintctl.language import N_


class NoReplyTime(RuleRefusal):
    """A question that could not be answered at once, and no time for the reply."""

    rule: ClassVar[str] = "no-reply-time"
    message = N_("A question that is not answered at once needs the time promised for the reply ({clause}).")
    hint = N_('Add --reply-by MOMENT, such as --reply-by "{example}".')


class HeldAlready(RuleRefusal):
    """A visit is recorded, or dropped, that took place already."""

    rule: ClassVar[str] = "held-already"
    message = N_("{number} was already recorded as held at {at}{by}.")
    hint = N_("What came out later: complaintctl visit result {id} … — taking it back: complaintctl undo")


class NotHeld(RuleRefusal):
    """Something is said to have come out of a visit that has not been recorded."""

    rule: ClassVar[str] = "not-held"
    message = N_("{number} is only planned, so nothing can have come out of it yet{by}.")
    hint = N_("First: complaintctl visit record {id}")


class Dropped(RuleRefusal):
    """A visit that was dropped is recorded, or dropped again."""

    rule: ClassVar[str] = "dropped"
    message = N_("{number} was dropped at {at}{by}.")
    hint = N_("One that took place all the same is recorded by its kind: complaintctl visit record {kind}")


class DealtAlready(RuleRefusal):
    """A matter is dealt with, or a question answered, a second time."""

    rule: ClassVar[str] = "already-done"
    message = N_("{matter} was already done with at {at}{by}.")
    hint = N_("“complaintctl visit show {id}” lists the matters; “complaintctl undo” takes back your last command.")


class IsQuestion(RuleRefusal):
    """A question is said to be dealt with: who asked wants to be answered."""

    rule: ClassVar[str] = "is-a-question"
    message = N_("{matter} is a question: it is done with when it is answered{by}.")
    hint = N_('Type: complaintctl visit answered {matter} "…"')


class IsMatter(RuleRefusal):
    """A matter is said to be answered: it is done with when it is dealt with."""

    rule: ClassVar[str] = "is-a-matter"
    message = N_("{matter} is no question: it is done with when it is dealt with{by}.")
    hint = N_('Type: complaintctl visit dealt {matter} "…"')


class AreaMissing(UsageFault):
    """A kind of visit that each area is owed, without saying which."""

    code = "missing-option"
    message = N_("--area is missing: this visit is owed to each area by itself.")
    hint = N_("The areas: {areas}.")


class DayGone(UsageFault):
    """A visit is planned for a day that has gone by."""

    code = "bad-value"
    message = N_("A visit cannot be planned for {day}: that day has gone by.")
    hint = N_('One that took place is recorded: complaintctl visit record {kind} --at "{day} 09:00"')


class CountWrong(UsageFault):
    """A questionnaire's count that is larger than the one it is a part of."""

    code = "bad-value"
    message = N_("{option} cannot be {count}: {whole} is {most}.")
    hint = N_("Those returned are among those sent, those satisfied among those returned.")


class NotCounted(UsageFault):
    """Counts of sheets for a visit that has none."""

    code = "bad-value"
    message = N_("{option} belongs to a questionnaire; this is: {kind}.")
    hint = N_("How many people came: --participants N.")
