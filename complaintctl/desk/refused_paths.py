"""What is refused about disputes, suggestions and repairs, one class a cause (H6 二, H7 三, H11 3.1.4, H5)."""

from __future__ import annotations

from typing import ClassVar

from complaintctl.errors import MissingOption, RuleRefusal, UsageFault
from complaintctl.language import N_


class NotOfKind(RuleRefusal):
    """A path of another kind: a repair's on a suggestion, a suggestion's on a complaint."""

    rule: ClassVar[str] = "not-of-kind"
    message = N_("{number} is not of this kind: it is “{kind}”, and this is for “{wanted}”.")
    hint = N_("If it was taken down wrongly: complaintctl amend {id} --kind {code} --from-the-start")


class NeedsAgreement(RuleRefusal):
    """A route that both sides must have agreed on in writing."""

    rule: ClassVar[str] = "needs-agreement"
    message = N_("{number}: “{route}” needs a written agreement of both sides ({clause}).")
    hint = N_("If there is one: complaintctl dispute {id} {code} --agreement --evidence FILE")


class RouteExcluded(RuleRefusal):
    """A route that another one leaves no room for."""

    rule: ClassVar[str] = "route-excluded"
    message = N_("{number}: “{route}” cannot be taken beside or after “{other}” ({clause}).")
    hint = N_("If that one was given up: complaintctl dispute {id} {code} --outcome withdrawn")


class ExcludedByAgreement(RouteExcluded):
    """A route that a written agreement on another one leaves no room for."""

    rule: ClassVar[str] = "excluded-by-agreement"
    message = N_("{number}: there is a written agreement on “{other}”, so “{route}” cannot be taken ({clause}).")
    hint = N_("If the agreement has fallen away, say so: complaintctl dispute {id} {wanted} --no-agreement")


class NothingSaid(UsageFault):
    """A repair of which nothing new was told."""

    code = "missing-option"
    message = N_("Nothing is said of the repair: one of {options} is missing.")


class NotDecided(RuleRefusal):
    """Publishing a suggestion on which nobody has decided."""

    rule: ClassVar[str] = "not-decided"
    message = N_("{number}: nobody has decided on this suggestion yet, so there is nothing to publish ({clause}).")
    hint = N_(
        'First: complaintctl suggestion adopt {id} --plan "…", or: complaintctl suggestion decline {id} --reason "…"'
    )


class OtherSideMissing(MissingOption):
    """A dispute without anybody on the other side."""

    message = N_("Nobody is named whom the dispute is with.")
    hint = N_("Name the other side: complaintctl dispute {id} {code} --with NAME")
