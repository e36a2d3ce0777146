"""The packs against beside_table.md: inspections and visits, disputes, parts of a home, suggestions; and signatures."""

from pathlib import Path

import pytest

from complaintctl import procedures
from complaintctl.rules import pack
from complaintctl.rules.paths import parts, routes
from complaintctl.rules.procedure import Procedure

IN_FORCE = {
    "resident-standard": "R",
    "work-instruction": "Q",
    "owner-mechanism": "O",
    "office-handbook": "H",
    "service-code": "C",
    "site-standard": "RQOHC",
}

TEXT = Path(__file__).with_name("beside_table.md").read_text(encoding="utf-8")
#: What is signed, whatever the procedure (Q 4.2.7, R 四.5, C 4.12.2).
SIGNED = {"signed", "opinion", "countersigned", "sent-up", "reviewed", "manager-opinion"}


def compiled(name):
    return Procedure(pack.parse(procedures.text(name), procedures.common()))


def wanted(title, letters):
    """The rows of a table that the documents in force state."""
    table = TEXT.partition(f"## {title}\n")[2].partition("## ")[0]
    rows = [tuple(cell.strip() for cell in line.strip("| ").split(" | ")) for line in table.splitlines() if "|" in line]
    return [row for row in rows[2:] if row[1][0] in letters]


def yes(said):
    return "yes" if said else "no"


def listed(names):
    return ", ".join(names) or "–"


def occasion_row(one):
    whom = (yes(one.overdue), listed(one.duty))
    return (f"{one.subject} {one.name}", one.clause, listed(one.parties), one.every or "–", one.per or "–", *whom)


def followup_row(procedure, one):
    limit = one.limit or "–"
    if limit.startswith("$"):
        limit = f"{procedure.params[limit[1:]]['default']} ‡"
    return (f"{one.subject} {one.step}", one.clause, limit, listed(one.duty))


def found(procedure):
    """The tables of a compiled pack; what it does not speak of is left out."""
    own_routes = [one for one in routes(procedure) if one.clause]
    own_parts = [one for one in parts(procedure) if one.clause]
    rule = procedure.suggestion
    return {
        "Occasions": [occasion_row(one) for one in procedure.occasions],
        "Follow-ups": [followup_row(procedure, one) for one in procedure.followups],
        "Routes": [(one.name, one.clause, yes(one.needs_agreement), listed(one.excludes)) for one in own_routes],
        "Parts": [
            (one.name, one.clause, yes(one.price), yes(one.finish), one.responsibility or "–") for one in own_parts
        ],
        "Suggestions": [(rule["decided_by"], rule["clause"])] if rule else [],
    }


def otherwise(procedure, letters):
    """Say which table of a compiled pack is not as it is stated here, or None."""
    for title, rows in found(procedure).items():
        if sorted(rows) != sorted(wanted(title, letters)):
            return title
    signed = {name for name, step in procedure.steps.items() if step.get("signature")}
    return None if signed == SIGNED else "signatures"


def test_the_tables_are_whole():
    sizes = {title: len(wanted(title, "RQOHC")) for title in found(compiled("site-standard"))}
    assert sizes == {"Occasions": 8, "Follow-ups": 3, "Routes": 4, "Parts": 3, "Suggestions": 1}


@pytest.mark.parametrize(("name", "letters"), IN_FORCE.items())
def test_what_stands_beside_the_clocks_is_that_of_the_tables(name, letters):
    procedure = compiled(name)
    for title, rows in found(procedure).items():
        assert sorted(rows) == sorted(wanted(title, letters)), title
    assert otherwise(procedure, letters) is None


@pytest.mark.parametrize("name", ["office-handbook", "site-standard"])
def test_the_routes_of_a_dispute_stand_in_their_order(name):
    names = [one.name for one in routes(compiled(name))]
    assert names == ["negotiation", "mediation", "arbitration", "litigation"]
