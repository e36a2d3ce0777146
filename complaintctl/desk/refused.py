"""What the rules refuse, one class a cause; every one names what to do instead."""

from __future__ import annotations

from typing import ClassVar

from complaintctl.errors import RuleRefusal
from complaintctl.language import N_


class NotAssigned(RuleRefusal):
    """A valid, assist or undetermined complaint is resolved before it was dispatched."""

    rule: ClassVar[str] = "not-assigned"
    message = N_("{number} has not been dispatched, so it cannot be resolved ({clause}).")
    hint = N_(
        'First: complaintctl assign {id} DEPARTMENT — or, if it was solved at once: resolve {id} "…" --on-the-spot'
    )


class NotAtOnce(RuleRefusal):
    """Solved on the spot, but not at once after receipt."""

    rule: ClassVar[str] = "not-at-once"
    message = N_("{number} was not solved at once: on the spot means within {limit} of the receipt ({clause}).")
    hint = N_("First: complaintctl assign {id} DEPARTMENT, then resolve it.")


class NotOnTheSpot(RuleRefusal):
    """Said to be solved on the spot, after it had gone out to a department."""

    rule: ClassVar[str] = "not-on-the-spot"
    message = N_("{number} went out to a department at {at}, so it was not solved on the spot.")
    hint = N_("Type the same without --on-the-spot.")


class AlreadyDone(RuleRefusal):
    """The step was taken before."""

    rule: ClassVar[str] = "already-done"
    message = N_("{number}: “{step}” was already recorded at {at}.")
    hint = N_("“complaintctl show {id}” lists the steps; “complaintctl undo” takes back your last command.")


class NotResolved(RuleRefusal):
    """The result is told, or asked about, before there is one."""

    rule: ClassVar[str] = "not-resolved"
    message = N_("{number} is not resolved, so there is no result to tell.")
    hint = N_('First: complaintctl resolve {id} "RESULT" — a word on the way is: record {id} progress-told "…"')


class NotNotified(RuleRefusal):
    """A revisit before the result was told."""

    rule: ClassVar[str] = "not-notified"
    message = N_("{number}: the result has not been told yet, so there is nothing to revisit.")
    hint = N_("First: complaintctl notify {id} --via phone --accepted")


class IsClosed(RuleRefusal):
    """A step on a complaint that is closed."""

    rule: ClassVar[str] = "closed"
    message = N_("{number} was closed at {at}.")
    hint = N_('If the resident does not accept the result: complaintctl reopen {id} --reason "…"')


class IsOpen(RuleRefusal):
    """Reopening what is open."""

    rule: ClassVar[str] = "open"
    message = N_("{number} is still open, so it cannot be reopened.")
    hint = N_("A second call about it is: complaintctl record {id} chased")


class TooLate(RuleRefusal):
    """An extension after the limit ran out."""

    rule: ClassVar[str] = "too-late"
    message = N_("{number}: the limit ran out at {at}; it cannot be extended any more ({clause}).")
    hint = N_("What was late stays late. A new promise can be made: record {id} contacted --promise MOMENT")


class NoLimit(RuleRefusal):
    """An extension where nothing runs."""

    rule: ClassVar[str] = "no-limit"
    message = N_("{number}: no limit is running that could be extended ({clause}).")
    hint = N_("“complaintctl why {id}” explains every clock.")


class NotExtendable(RuleRefusal):
    """The procedure knows no extension."""

    rule: ClassVar[str] = "no-extension"
    message = N_("The procedure {pack} knows no extension.")
    hint = N_("A promise can be made: record {id} contacted --promise MOMENT")


class ExtendedEnough(RuleRefusal):
    """As many extensions as the procedure allows."""

    rule: ClassVar[str] = "extended-enough"
    message = N_("{number} was extended as often as the procedure allows: {times} ({clause}).")
    hint = N_("What runs out now stays late. A promise can be made: record {id} contacted --promise MOMENT")


class TooLong(RuleRefusal):
    """A longer extension than the procedure allows."""

    rule: ClassVar[str] = "too-long"
    message = N_("{number} can be extended at most to {until} ({clause}).")
    hint = N_('Give an earlier moment, such as --until "{until}".')


class NotEarlier(RuleRefusal):
    """An extension that does not extend."""

    rule: ClassVar[str] = "not-later"
    message = N_("{number}: the new time {until} is not after the limit {at}.")
    hint = N_('Give a later moment, such as --until "{example}".')


class MayNotClose(RuleRefusal):
    """Closing by hand where no rule allows it."""

    rule: ClassVar[str] = "may-not-close"
    message = N_("{number} cannot be closed by hand: the procedure closes it at “{step}”.")
    hint = N_("By hand only: {grounds}.")


class SamePerson(RuleRefusal):
    """A step of a later round by the person of an earlier one."""

    rule: ClassVar[str] = "same-person"
    message = N_("{number}: “{step}” of this round must be done by another person than {person} ({clause}).")
    hint = N_("Name the other person with --person, or act as that person with --actor.")


class NoMatter(RuleRefusal):
    """Nothing was raised at a revisit."""

    rule: ClassVar[str] = "no-matter"
    message = N_("{number}: no matter raised at a revisit is waiting.")
    hint = N_('One is raised with: revisit {id} --raised "…"')


class NotDispatched(RuleRefusal):
    """Signing for, or returning, a form that never went out."""

    rule: ClassVar[str] = "not-dispatched"
    message = N_("{number}: no form went out in this round, so “{step}” cannot be recorded.")
    hint = N_("First: complaintctl assign {id} DEPARTMENT")


class NotBeforeResolved(RuleRefusal):
    """A step that follows the resolution."""

    rule: ClassVar[str] = "not-before-resolved"
    message = N_("{number} is not resolved, so “{step}” cannot be recorded.")
    hint = N_('First: complaintctl resolve {id} "RESULT"')


class NothingToUndo(RuleRefusal):
    """The actor has no command that could be taken back."""

    rule: ClassVar[str] = "nothing-to-undo"
    message = N_("{actor} has no command that could be taken back.")
    hint = N_("Only one's own commands can be undone; --actor NAME says who you are.")


class MayNotUndo(RuleRefusal):
    """An erasure or an adoption."""

    rule: ClassVar[str] = "may-not-undo"
    message = N_("The last command of {actor} cannot be undone: it adopted or erased something.")
    hint = N_("Adopt the former procedure or calendar again; what was erased is gone.")


class OthersRestOnIt(RuleRefusal):
    """Later entries rest on what should be undone."""

    rule: ClassVar[str] = "others-rest-on-it"
    message = N_("{number}: later entries rest on the command of {at}, so it cannot be undone.")
    hint = N_("Correct it instead: complaintctl amend {id} …")


class NotJudged(RuleRefusal):
    """Overruling what the procedure does not judge of such a complaint."""

    rule: ClassVar[str] = "not-judged"
    message = N_("“{facet}” cannot be overruled here: it is not judged for the kind “{kind}” in this procedure.")
    hint = N_("Suggestions and inquiries have no severity, class or validity; --kind says what it is.")


class NotOverruled(RuleRefusal):
    """Setting free what was never overruled."""

    rule: ClassVar[str] = "not-overruled"
    message = N_("{number}: “{facet}” is not overruled, so there is nothing to withdraw.")
    hint = N_("“complaintctl why {id}” shows what is judged and by whom.")


class NotLinked(RuleRefusal):
    """Linking a complaint to itself or nothing."""

    rule: ClassVar[str] = "nothing-to-link"
    message = N_("A link needs at least two different complaints.")
    hint = N_("Type it like this: complaintctl link 7 8 9")


class LinkedAlready(RuleRefusal):
    """Linking complaints that are linked."""

    rule: ClassVar[str] = "linked-already"
    message = N_("{number} is linked to the others already.")
    hint = N_("“complaintctl show {id}” names the event it belongs to.")
