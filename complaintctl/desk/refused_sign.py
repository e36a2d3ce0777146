"""What is refused about signatures, one class a cause (Q 4.2.7, R 四.5, C 4.12.2)."""

from __future__ import annotations

from typing import ClassVar

from complaintctl.errors import RuleRefusal, UsageFault
from complaintctl.language import N_


class NothingToSign(RuleRefusal):
    """Whatever the procedure asks for on this complaint is signed."""

    rule: ClassVar[str] = "nothing-to-sign"
    message = N_("{number}: no signature is waiting.")
    hint = N_("“complaintctl show {id}” says what was signed; “complaintctl signatures” lists what waits.")


class NothingOfRole(RuleRefusal):
    """Signatures wait, but none of the role said."""

    rule: ClassVar[str] = "nothing-of-role"
    message = N_("{number}: nothing waits to be signed by {role}; waiting: {waiting}.")
    hint = N_("What that role has to sign: complaintctl signatures --role {code}")


class NotOfRole(RuleRefusal):
    """Somebody signs in a role whose signature this is not."""

    rule: ClassVar[str] = "not-of-role"
    message = N_("{number}: “{step}” is signed by {roles}, not by {role} ({clause}).")
    hint = N_("What that role has to sign: complaintctl signatures --role {code}")


class SignedAlready(RuleRefusal):
    """The same signature twice."""

    rule: ClassVar[str] = "signed-already"
    message = N_("{number}: “{step}” was signed at {at} by {person} ({clause}).")
    hint = N_("Signed by mistake? “complaintctl undo” takes back your own last command.")
    names_people: ClassVar[tuple[str, ...]] = ("person",)


class SignedTooEarly(RuleRefusal):
    """A signature before what it follows."""

    rule: ClassVar[str] = "signed-too-early"
    message = N_("{number}: “{step}” is signed after “{earlier}”, which has not come yet ({clause}).")
    hint = N_("“complaintctl show {id}” says what comes next.")


class NotAsked(RuleRefusal):
    """A signature that the procedure does not ask for on this complaint, or not any more."""

    rule: ClassVar[str] = "not-asked"
    message = N_("{number}: the signature “{step}” is not asked for here ({clause}).")
    hint = N_("“complaintctl why {id}” explains every clock; “complaintctl show {id}” names what waits.")


class NoSignatures(RuleRefusal):
    """A procedure compiled before signatures were marked."""

    rule: ClassVar[str] = "no-signatures"
    message = N_("The procedure {pack} names no signature.")
    hint = N_(
        "An older form may lack them: “complaintctl procedure adopt {pack}” puts the newest in force. Else: "
        "complaintctl record {id} opinion"
    )


class SeveralToSign(UsageFault):
    """Several signatures wait, and nobody said which is meant."""

    message = N_("{number}: several signatures are waiting: {waiting}.")
    hint = N_("Name the one: complaintctl sign {id} {code}")
