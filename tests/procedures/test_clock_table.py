"""The packs against the clock table in clock_table.md: which step, from when, how long, whose duty, by which clause.

Whom a clock concerns is compared in test_who_applies.py.
"""

from pathlib import Path

import pytest

from complaintctl import procedures
from complaintctl.rules import pack
from complaintctl.rules.procedure import Procedure

DOCUMENTS = {
    "resident-standard": "R",
    "work-instruction": "Q",
    "owner-mechanism": "O",
    "office-handbook": "H",
    "service-code": "C",
}


def rows():
    lines = Path(__file__).with_name("clock_table.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| ")][1:]
    for line in table:
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        yield tuple(cell.replace("returned/resolved", "returned|resolved") for cell in cells)


def row_of(rule, prefix=""):
    step = rule.step if rule.rung is None else f"{rule.step} {rule.rung}"
    limit = "–" if rule.limit is None else rule.limit + (" ‡" if rule.parameter else "")
    return (prefix + rule.id, step, rule.start, limit, ", ".join(rule.duty), rule.clause)


def compiled(name):
    return Procedure(pack.parse(procedures.text(name), procedures.common()))


WANTED = list(rows())


def wanted(letters):
    """The rows of the documents in force."""
    return [row for row in WANTED if row[0][0] in letters]


def found(procedure, letters):
    """The rows of a compiled pack, a document alone giving its letter to the ids."""
    return [row_of(rule, f"{letters}-" if len(letters) == 1 else "") for rule in procedure.clocks]


SITE_PARAMETERS = {
    "at-once": "10 minutes",
    "revisit": "3 days",
    "repeated-within": "6 months",
    "like-within": "3 days",
    "plan": "2 workdays",
    "inquiry": "3 workdays",
    "complex": "15 workdays",
    "progress": "3 workdays",
    "matters": "3 workdays",
}
GROUNDS = {
    "R-referred-major": "major",
    "R-referred-important": "important",
    "Q-face-to-face": "face-to-face",
    "Q-difficult": "difficult",
    "Q-difficult-opinion": "difficult",
    "Q-late": "late",
    "Q-late-silent": "silent",
    "H-inquiry": "inquiry",
    "H-inquiry-nameless": "inquiry",
    "H-urgent": "urgent",
    "C-collective": "collective",
    "C-explained": "explanation",
}
#: Documents under which a time agreed for the solution has a basis.
AGREED = "RHC"


def otherwise(procedure, letters):
    """Say what of a compiled pack is not as it is stated here, or None."""
    if found(procedure, letters) != wanted(letters):
        return "clocks"
    prefix = f"{letters}-" if len(letters) == 1 else ""
    grounds = {prefix + rule.id: rule.ground for rule in procedure.clocks if rule.ground}
    if grounds != {name: ground for name, ground in GROUNDS.items() if name[0] in letters}:
        return "grounds"
    agreement = procedure.agreement and procedure.agreement["stands_for"]
    if agreement != (["work-instruction"] if set(letters) & set(AGREED) else None):
        return "agreement"
    if (procedure.promise is not None) is not bool(set(letters) & set("HC")):
        return "promise"
    if any(SITE_PARAMETERS[name] != row["default"] for name, row in procedure.params.items()):
        return "parameters"
    return None


def test_the_table_is_whole():
    assert len(WANTED) == 65
    assert len({row[0] for row in WANTED}) == 65


@pytest.mark.parametrize(("name", "letters"), {**DOCUMENTS, "site-standard": "RQOHC"}.items())
def test_the_clocks_are_those_of_the_table(name, letters):
    assert found(compiled(name), letters) == wanted(letters)
    assert otherwise(compiled(name), letters) is None


@pytest.mark.parametrize("name", procedures.SHIPPED)
def test_no_limit_is_rolled_or_cut_at_closing_time_for_service_is_round_the_clock(name):
    assert {(rule.roll, rule.ends) for rule in compiled(name).clocks} <= {(False, "24:00")}


def test_site_parameters_and_their_defaults():
    assert {name: row["default"] for name, row in compiled("site-standard").params.items()} == SITE_PARAMETERS


def test_what_lives_on_after_closing():
    living = {rule.id for rule in compiled("site-standard").clocks if rule.survives_closing and rule.limit}
    assert living == {"H-matters", "C-reported-developer"}


def test_only_the_residents_own_time_takes_the_place_of_a_limit():
    assert {rule.id: rule.instead for rule in compiled("site-standard").clocks if rule.instead} == {
        "R-resolved-minor": "requested_by"
    }


def test_only_the_handbook_knows_extensions_and_coordination():
    for name in procedures.SHIPPED:
        snapshot = compiled(name).snapshot
        for table in ("extension", "coordination"):
            assert (snapshot[table] is not None) is (name in ("site-standard", "office-handbook"))


def test_what_a_promise_replaces_only_the_service_code_says():
    replaced = {name: (compiled(name).promise or {}).get("replaces") for name in procedures.SHIPPED}
    assert {name for name, step in replaced.items() if step} == {"site-standard", "service-code"}
    assert set(replaced.values()) == {None, "notified"}


def test_where_a_promise_is_a_clock_of_its_own():
    for name in procedures.SHIPPED:
        procedure = compiled(name)
        kept = any(rule.start == "promise" for rule in procedure.clocks)
        assert (procedure.promise is not None) is kept is (name in ("site-standard", "office-handbook", "service-code"))


@pytest.mark.parametrize("name", procedures.SHIPPED)
def test_what_every_procedure_has_in_common(name):
    snapshot = compiled(name).snapshot
    assert snapshot["assignment"]["needed_when"] == {"validity": ["valid", "assist", "undetermined"]}
    assert snapshot["explanation"]["when"] == {"validity": "invalid"}
    assert snapshot["on_the_spot"]["within"] == "at once"
    assert {"tried": {"at_least": 3}} in [row["when"] for row in snapshot["closes"]]


def test_a_later_round_is_handled_by_the_supervisor_where_the_service_code_is_in_force():
    again = {"role": "handler", "by": "supervisor", "clause": "C 4.11", "when": {"round": {"at_least": 2}}}
    for name in procedures.SHIPPED:
        wanted = again if name in ("site-standard", "service-code") else None
        assert compiled(name).snapshot["handling"] == wanted


def test_targets_and_report():
    site = compiled("site-standard").snapshot
    assert {(row["figure"], row["at_least"], row["at_most"]) for row in site["targets"]} == {
        ("timely-rate", "90%", None),
        ("revisit-handling-rate", "100%", None),
        ("valid-complaint-rate", None, "1%"),
    }
    assert (site["report"]["due"], site["report"]["clause"]) == ("by day 30 of the month", "R 四.8")


def test_who_may_close_by_hand_and_when():
    closes = {(row["clause"], row["by"]): row["when"] for row in compiled("site-standard").snapshot["closes"]}
    again = {"round": {"at_least": 2}}
    assert closes == {
        ("H8 3.3", "manager"): again,
        ("Q 4.2.6", "manager"): again,
        ("C 4.11", "supervisor"): {"validity": "invalid", "coordinated": False, **again},
        ("◆", "supervisor"): {"tried": {"at_least": 3}},
    }


def test_rungs_and_what_the_steps_contain():
    site = compiled("site-standard")
    assert [site.rungs[key]["code"] for key in "12345"] == [
        "department-head",
        "supervisor",
        "manager",
        "company",
        "outside",
    ]
    contains = {name: step["contains"] for name, step in site.steps.items() if step["contains"]}
    assert contains == {
        "contacted": ["word-given"],
        "reply-agreed": ["contacted", "word-given"],
        "progress-told": ["word-given"],
        "resolved": ["verified", "planned", "progress-told"],
        "notified": ["contacted", "reply-agreed", "word-given", "explained"],
        "explained": ["contacted", "word-given"],
    }
