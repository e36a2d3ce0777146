"""What is refused about people and places, one class a cause; every one names what to do instead."""

from __future__ import annotations

from typing import ClassVar

from complaintctl.errors import BadValue, RuleRefusal, UsageFault
from complaintctl.language import N_


class PersonLeft(RuleRefusal):
    """Somebody who has left would sign, or take on work."""

    rule: ClassVar[str] = "left"
    message = N_("{person} left at {at}.")
    hint = N_("Name somebody who is there (complaintctl staff list), or an earlier moment with --at.")


class LeftAlready(RuleRefusal):
    """Somebody leaves a second time."""

    rule: ClassVar[str] = "left-already"
    message = N_("{person} left at {at}; that is written down already.")
    hint = N_("If that was wrong: complaintctl staff change {id} --clear left")


class NameTaken(RuleRefusal):
    """A name that somebody who is there bears already: on paper a name stands for one person."""

    rule: ClassVar[str] = "name-taken"
    message = N_("{person} is registered already ({id}).")
    hint = N_(
        "The same person: complaintctl staff change {id} … — another one of that name: add what tells them apart, "
        "such as “{person} (2)”."
    )


class SuperiorCycle(RuleRefusal):
    """People who would be each other's superiors."""

    rule: ClassVar[str] = "superior-cycle"
    message = N_("Nobody can be above himself: {chain}.")
    hint = N_("Name another superior, or take one out with: complaintctl staff change ID --clear superior")


class SeveralOfThatName(UsageFault):
    """A name that several people bear or bore."""

    message = N_("Several people are called {person}: {ids}.")
    hint = N_("Give the id instead of the name; “complaintctl staff list --all” shows them.")


class UnknownDepartment(BadValue):
    """A department that nobody registered, where some are: a slip would split the figures."""

    message = N_("There is no department “{text}”.")
    hint = N_("Known: {known}. A new one is registered first: complaintctl staff department {text}")


class NearlyADepartment(UnknownDepartment):
    """The same, and one that is registered is written nearly alike."""

    hint = N_("Meant is perhaps {near}. A new one is registered first: complaintctl staff department {text}")


class DepartmentClosed(RuleRefusal):
    """A department that no longer exists."""

    rule: ClassVar[str] = "department-closed"
    message = N_("The department {department} was closed at {at}.")
    hint = N_("Name another one, or open it again: complaintctl staff department {department} --open")


class NoDepartment(UsageFault):
    """A dispatch without a department, and nothing from which one could be proposed."""

    message = N_("{number}: the department is missing, and none can be proposed: {why}.")
    hint = N_("Type it like this: complaintctl assign {id} DEPARTMENT — known: {known}.")


class BuildingKnown(RuleRefusal):
    """A building that is registered is added."""

    rule: ClassVar[str] = "known-already"
    message = N_("Building {code} is registered already.")
    hint = N_("To change it: complaintctl place change {code} …")


class UnitElsewhere(RuleRefusal):
    """A home that was put down as lying in another building."""

    rule: ClassVar[str] = "unit-elsewhere"
    message = N_("{unit} is put down as lying in building {code}.")
    hint = N_("If that was wrong: complaintctl place units {code} {unit} --gone")


class RowsRefused(UsageFault):
    """Rows of a file that cannot be taken; then none is. `data` holds them for scripts."""

    code = "rows-refused"
    message = N_("Rows of {file} that cannot be taken: {count}; nothing was taken.")
    hint = N_("Put the rows right and give the file again; --dry-run only looks.")
