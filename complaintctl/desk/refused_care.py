"""What is refused of assisting, class care and corrective action; each names the clause, or what is missing."""

from __future__ import annotations

from typing import ClassVar

from complaintctl.errors import BadValue, RuleRefusal, UsageFault
from complaintctl.language import N_


class PartsMissing(UsageFault):
    """What must be written down is not whole: `options` are the parts that are missing."""

    code = "missing-option"
    message = N_("{number}: {what} is not whole without {options} ({clause}).")
    hint = N_("“{command} --help” shows an example.")


class WhichOne(UsageFault):
    """Several wait, and it was not said which is meant."""

    code = "missing-option"
    message = N_("{number}: several wait ({choices}).")
    hint = N_("Say which with {option}.")
    names_people: ClassVar[tuple[str, ...]] = ("choices",)


class NotAsked(BadValue):
    """An answer by somebody of another name than those who were asked."""

    names_people: ClassVar[tuple[str, ...]] = ("expected",)


class NotForStudy(RuleRefusal):
    """A case study of a complaint of which the procedure asks none."""

    rule: ClassVar[str] = "no-study"
    message = N_("{number} is none of those that are written up as a case ({clause}).")
    hint = N_(
        "“complaintctl why {id}” explains its class. What is worth noting all the same: complaintctl record {id} "
        'case-study "…"'
    )


class NotForCorrective(RuleRefusal):
    """A corrective action for a complaint for which the procedure asks none, and never did."""

    rule: ClassVar[str] = "no-corrective-action"
    message = N_("{number} is none of those that ask for a corrective action, and never was ({clause}).")
    hint = N_("“complaintctl why {id}” explains its severity; “complaintctl amend {id} …” corrects what it rests on.")


class NoCorrective(RuleRefusal):
    """The procedure knows no corrective action."""

    rule: ClassVar[str] = "no-corrective-action"
    message = N_("The procedure {pack} knows no corrective action.")
    hint = N_('What was done all the same can be noted: complaintctl record {id} corrective-action "…"')


class NothingToCheck(RuleRefusal):
    """The check of a corrective action that was never taken, or was checked before."""

    rule: ClassVar[str] = "nothing-to-check"
    message = N_("{number}: no corrective action is waiting to be checked ({clause}).")
    hint = N_(
        "“complaintctl corrective {id} --cause … --correction … --prevention … --by NAME --until MOMENT” takes one."
    )


class OwnMatter(RuleRefusal):
    """A complaint that the company itself must answer for is to end as passed on to somebody else."""

    rule: ClassVar[str] = "own-matter"
    message = N_("{number} is the company's own matter to solve, so it cannot end as passed on ({clause}).")
    hint = N_("If somebody else must solve it: complaintctl amend {id} --responsibility building|outside")


class NotPassedOn(RuleRefusal):
    """An answer to what was never passed on."""

    rule: ClassVar[str] = "not-passed-on"
    message = N_("{number} was not passed on to anybody, so nobody can have answered ({clause}).")
    hint = N_('First: complaintctl record {id} passed-on "WHAT WAS WRITTEN" --to WHOM')
