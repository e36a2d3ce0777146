"""The listings of disputes and of suggestions: their rows and columns."""

from typing import Any

from complaintctl.desk.office import Office
from complaintctl.desk.path_words import called, is_open, other_side, since
from complaintctl.desk.suggestion import waits_for
from complaintctl.language import N_, gettext, listed, say
from complaintctl.output.complaint import Told
from complaintctl.output.listing import Column
from complaintctl.output.paths import DECISIONS, ENDINGS, said_last, suggestion_words
from complaintctl.rules.life import Life

Row = dict[str, Any]
DISPUTE_FITS = {"number": 100, "before": 112, "ended_at": 128}
"""From which width on a table of disputes has these columns."""
SUGGESTION_FITS = {"number": 90, "by": 100, "until": 112}

WAITING = {
    "director": N_("the director"),
    "decision": N_("the decision"),
    "answer": N_("the answer"),
    "publishing": N_("publishing"),
}


def dispute_row(office: Office, life: Life) -> Row:
    """Give a complaint in dispute as a row: its present route, or the last, with the step that it is on."""
    told, paths = Told(office, life, False), life.course.paths
    step = next(one for one in reversed(paths.steps) if one.route == paths.route)
    before = said_last(life, step.entries, "before")
    return {
        "id": life.id,
        "number": life.number,
        "route": paths.route,
        "called": called(life, step.route),
        "since": since(life),
        "at": step.at,
        "with": "、".join(told.masked("against", name) for name in other_side(life, step)),
        "before": told.free(before) if before else None,
        "open": is_open(life),
        "outcome": step.outcome,
        "ended_at": step.ended_at,
        "steps": len(paths.steps),
        "stage": life.stage,
        "category": life.course.known["category"],
        "department": life.course.department,
        "building": life.course.building,
    }


def dispute_columns() -> tuple[Column, ...]:
    """Give the columns of disputes; JSON and CSV have all of them in this order."""

    def state(row: Any) -> str:
        return gettext(N_("going on") if row["open"] else ENDINGS[row["outcome"]])

    return (
        Column("id", N_("ID"), "number"),
        Column("number", N_("Number"), "number"),
        Column("route", N_("Route"), show=lambda row: say(row["called"])),
        Column("since", N_("Since"), "moment"),
        Column("with", N_("With"), show=lambda row: listed(row["with"].split("、"))),
        Column("before", N_("Before")),
        Column("open", N_("State"), show=state),
        Column("outcome", human=False),
        Column("ended_at", N_("Ended"), "moment"),
        Column("at", kind="moment", human=False),
        *(Column(key, human=False) for key in ("steps", "stage", "category", "department", "building")),
    )


def suggestion_row(office: Office, life: Life) -> Row:
    """Give a suggestion as a row: what it waits for and what was decided."""
    held, said, told = life.course.paths.suggestion, suggestion_words(life), Told(office, life, False)
    return {
        "id": life.id,
        "number": life.number,
        "received_at": life.course.received_at,
        "category": life.course.known["category"],
        "waits_for": waits_for(life),
        "told_at": held.told_at,
        "decision": held.decision,
        "decided_at": held.decided_at,
        "by": told.free(said["by"]) if "by" in said else None,
        "until": held.until,
        "published_at": held.published_at,
        "stage": life.stage,
        "building": life.course.building,
    }


def suggestion_columns() -> tuple[Column, ...]:
    """Give the columns of suggestions; JSON and CSV have all of them in this order."""

    def word_of(key: str, words: dict[str, str]) -> Any:
        return lambda row: gettext(words[row[key]]) if row[key] else ""

    return (
        Column("id", N_("ID"), "number"),
        Column("number", N_("Number"), "number"),
        Column("received_at", N_("Received"), "moment"),
        Column("category", N_("Category"), "word", "category"),
        Column("waits_for", N_("Waits for"), show=word_of("waits_for", WAITING)),
        Column("decision", N_("Decision"), show=word_of("decision", DECISIONS)),
        Column("by", N_("Carried out by")),
        Column("until", N_("Until"), "due"),
        *(Column(key, kind="moment", human=False) for key in ("told_at", "decided_at", "published_at")),
        *(Column(key, human=False) for key in ("stage", "building")),
    )
