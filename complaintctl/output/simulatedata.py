"""A trial of another procedure for scripts: one document, and its changes as CSV."""

from collections.abc import Mapping
from typing import Any

from complaintctl.language import pick
from complaintctl.output.listing import Column
from complaintctl.output.moments import iso
from complaintctl.output.simulated import Span
from complaintctl.reports.simulate import Change, Simulation, Table, Telling, order
from complaintctl.reports.workload import Work

_KINDS = {"due_at": "due", "simulated_due_at": "due", "met_at": "moment"}
CHANGES = tuple(
    Column(key, kind=_KINDS.get(key, "text"))
    for key in (
        *("id", "number", "step", "rung", "round", "ground", "department"),
        *("due_at", "met_at", "state", "simulated_due_at", "simulated_state"),
    )
)
"""The columns of a change, in JSON and in CSV."""


def as_row(change: Change) -> dict[str, Any]:
    """Return a change as a row of `CHANGES`; no ground is null."""
    return {**change._asdict(), "ground": change.ground or None}


def as_json(found: Simulation, span: Span, labels: Mapping[str, Any]) -> dict[str, Any]:
    """Return `data` of the document; `labels` is what both procedures call their steps and rungs."""
    from complaintctl.output import listing

    steps, zone = list(labels["steps"]), span.zone
    return {
        "pack": found.procedure.id,
        "title": pick(found.procedure.title),
        "since": iso(span.since, zone),
        "until": iso(span.until, zone),
        "as_of": iso(found.now, zone),
        "complaints": found.complaints,
        "present": [{"pack": name, "complaints": count} for name, count in found.lived.most_common()],
        "steps": _steps(found.first, steps),
        "later_rounds": _steps(found.later, steps),
        "repairs": _steps(found.repairs, steps),
        "later_repairs": _steps(found.later_repairs, steps),
        "told": [
            {"rung": rung, "rung_name": labels["rungs"].get(str(rung), {}).get("code"), "ground": ground or None}
            | _told(telling)
            for (rung, ground), telling in sorted(found.told.items())
        ],
        "departments": _departments(found),
        "changes": listing.items(CHANGES, map(as_row, found.changes), zone),
        "left_out": _left_out(found),
    }


def _steps(table: Table, steps: list[str]) -> list[dict[str, Any]]:
    found = []
    for row in order(table, steps):
        now, then = table[row]
        found.append(
            {
                **dict(zip(("step", "rung", "ground"), row, strict=True)),
                "asked": now.asked,
                "late": now.late,
                "simulated_asked": then.asked,
                "simulated_late": then.late,
                "running": now.running,
                "simulated_running": then.running,
                "unknown": now.unknown,
                "simulated_unknown": then.unknown,
            }
        )
    return found


def _told(telling: Telling) -> dict[str, Any]:
    now, then = telling.complaints
    return {
        "now": len(telling.now),
        "simulated": len(telling.simulated),
        "complaints": sorted(now),
        "simulated_complaints": sorted(then),
    }


def _departments(found: Simulation) -> list[dict[str, Any]]:
    work = found.work.departments
    named = sorted(name for name in work if name is not None)
    return [_department(name, work[name]) for name in (*named, None) if name in work]


def _department(name: str | None, one: Work) -> dict[str, Any]:
    now, then = one.now, one.simulated
    return {
        "department": name,
        "complaints": one.complaints,
        "jobs": one.jobs,
        "taken_seconds": one.elapsed,
        "office_seconds": one.office,
        "limited": now.limited,
        "simulated_limited": then.limited,
        "allowed_seconds": now.allowed,
        "simulated_allowed_seconds": then.allowed,
        "late": now.late,
        "simulated_late": then.late,
        "short_seconds": now.short,
        "simulated_short_seconds": then.short,
        "off_hours_seconds": now.outside,
        "simulated_off_hours_seconds": then.outside,
    }


def _left_out(found: Simulation) -> dict[str, Any]:
    parts = (found.first, found.later, found.repairs, found.later_repairs)
    tables = [sides for table in parts for sides in table.values()]
    return {
        "running": sum(now.running for now, _ in tables),
        "simulated_running": sum(then.running for _, then in tables),
        "unknown": sum(now.unknown for now, _ in tables),
        "simulated_unknown": sum(then.unknown for _, then in tables),
        "withdrawn": found.withdrawn,
        "other_kinds": found.others,
        "unsolved_jobs": found.work.open,
        "untimed_jobs": found.work.untimed,
        "unread_steps": dict(sorted(found.unread.items())),
    }
