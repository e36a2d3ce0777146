"""One line of the ledger as the rules see it: what was written down, about whom, when and by whom."""

from typing import Any, NamedTuple


class Entry(NamedTuple):
    """An entry as kept: `at` is when it happened, `recorded_at` when it was written down (seconds since 1970 UTC).

    `batch` numbers the command that wrote it; `subject` is `complaint/7`, `site`, …; `body` holds codes, numbers
    and moments; `private` names, phone, unit and all free text — None when there was none or it was erased.
    """

    seq: int
    batch: int
    subject: str
    kind: str
    at: int
    recorded_at: int
    actor: str
    body: dict[str, Any]
    private: dict[str, Any] | None
