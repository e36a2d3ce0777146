"""Questions about the short paths: complaints in dispute, suggestions that wait for something."""

from complaintctl.ledger.query import Queries


def in_dispute(query: Queries) -> list[int]:
    """Give the ids of the complaints that took a route, those that ended too, in the order of receipt."""
    sql = "SELECT id FROM complaint WHERE dispute IS NOT NULL AND voided_at IS NULL ORDER BY received_at, id"
    return [row[0] for row in query.tuples(sql)]


def suggestions(query: Queries, *, every: bool = False) -> list[int]:
    """Give the ids of suggestions that may wait for something, or of `every` one, in the order of receipt.

    An open one waits for the director or an answer, one that the director was told of for the decision, an adopted
    one to be published.
    """
    done = "EXISTS (SELECT 1 FROM milestone m WHERE m.complaint = c.id AND m.round = c.round AND m.step = '{step}')"
    waits = (
        f"(c.closed_at IS NULL OR (c.decision = 'adopted' AND NOT {done.format(step='published')}) "
        f"OR (c.decision IS NULL AND {done.format(step='director-told')}))"
    )
    sql = "SELECT c.id FROM complaint c INDEXED BY complaint_kind WHERE c.kind = 'suggestion' AND c.voided_at IS NULL "
    return [row[0] for row in query.tuples(f"{sql}{'' if every else f'AND {waits} '}ORDER BY c.received_at, c.id")]
