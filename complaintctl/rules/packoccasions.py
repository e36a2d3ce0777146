"""What a pack says beside complaints: occasions that are owed once in each period, and what they leave to be done."""

from __future__ import annotations

from complaintctl.rules import packkeys as keys
from complaintctl.rules.occasions import EVERY, FOLLOWUPS, SUBJECTS
from complaintctl.rules.packkeys import Checker, Reader, Table, list_of, one_of

OCCASION: dict[str, tuple[Checker, object]] = {
    "subject": (one_of(*SUBJECTS), ...),
    "name": (keys.a_text, ...),
    "pack": (keys.a_text, None),
    "clause": (keys.a_text, ...),
    "title": (keys.a_wording, ...),
    "parties": (list_of(keys.a_role), []),
    "every": (one_of(*EVERY), None),
    "per": (one_of("area"), None),
    "overdue": (keys.a_flag, False),
    "duty": (list_of(keys.a_role, or_single=True), ...),
}
FOLLOWUP: dict[str, tuple[Checker, object]] = {
    "subject": (one_of(*SUBJECTS), ...),
    "step": (keys.a_text, ...),
    "pack": (keys.a_text, None),
    "clause": (keys.a_text, ...),
    "title": (keys.a_wording, ...),
    "limit": (keys.a_limit, None),
    "duty": (list_of(keys.a_role, or_single=True), ...),
}


def occasions(reader: Reader, pack: str) -> list[Table]:
    """Take the occasions; two of one name in one register contradict each other."""
    rows = reader.rows("occasion", OCCASION)
    _unlike(reader, rows, "occasion", "name")
    for number, row in enumerate(rows, 1):
        if row["every"] is None and (row["per"] or row["overdue"]):
            raise reader.wrong(f"occasion[{number}].every", "this-key")
        row["pack"] = row["pack"] or pack
    return rows


def followups(reader: Reader, pack: str) -> list[Table]:
    """Take what occasions leave to be done: one rule for each step of a register."""
    rows = reader.rows("followup", FOLLOWUP)
    _unlike(reader, rows, "followup", "step")
    for number, row in enumerate(rows, 1):
        one_of(*FOLLOWUPS[row["subject"]])(reader, row["step"], f"followup[{number}].step")
        row["pack"] = row["pack"] or pack
    return rows


def _unlike(reader: Reader, rows: list[Table], table: str, key: str) -> None:
    seen = set()
    for number, row in enumerate(rows, 1):
        if (row["subject"], row[key]) in seen:
            raise reader.wrong(f"{table}[{number}].{key}", "unique")
        seen.add((row["subject"], row[key]))
