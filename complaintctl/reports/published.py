"""What the owners are told of a month (O 01; C 4.12.2): how the office did, and how common matters were solved.

No person, home, phone or free text is in it, and no department: only figures, and matters of common interest. These
are the collective events, and the categories of which several complained.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from complaintctl.ledger import published as questions
from complaintctl.ledger.query import Queries
from complaintctl.reports.month import MonthReport

#: From how many complaints of one category on it is a matter that many share; fewer might point at a home.
COMMON = 3
#: What concerns one home, or two, however often it comes.
OWN_AFFAIRS = ("neighbour", "charges", "other")
#: The figures that owners are told, in their order.
TOLD = (
    *("received", "resolved", "closed", "open-end", "timely-rate", "notified-on-time", "satisfaction"),
    *("revisit-handling-rate", "valid-complaint-rate", "collective-events"),
    *("inspections", "findings", "findings-in-time", "visits", "questionnaire-satisfaction"),
)


class Published(NamedTuple):
    """The month for the owners: its report, the common matters by category, the events, suggestions taken up.

    `matters` and `events` are rows of codes, counts and moments; `suggestions` is (received, adopted).
    """

    report: MonthReport
    matters: Sequence[dict[str, Any]]
    events: Sequence[dict[str, Any]]
    suggestions: tuple[int, int]


def published(query: Queries, report: MonthReport) -> Published:
    """Gather what the owners are told of the month of `report`."""
    since, before = report.span.start, max(report.span.start, min(report.span.end, report.as_of + 1))
    matters = [dict(row) for row in questions.by_category(query, since, before)]
    return Published(
        report,
        [row for row in matters if row["received"] >= COMMON and row["category"] not in OWN_AFFAIRS],
        [dict(row) for row in questions.events(query, since, before)],
        questions.suggestions(query, since, before),
    )
