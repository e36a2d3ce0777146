"""The form of the file: tables, indexes and triggers, and the migrations that lead to the newest form.

`entry` and `sqlar` are the truth and only grow; every other table is derived from the entries and can be made
again. Migrations are append-only: a form that has been shipped is never edited, the next one is added below.
"""

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from complaintctl.ledger.connect import APPLICATION_ID, Refold

if TYPE_CHECKING:
    from sqlite_utils import Database

# What keeps the truth. A lawful erasure (PIPL 47) may empty `private` and `salt`; nothing else ever changes.
_TRUTH = (
    """
CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  batch INTEGER NOT NULL CHECK (batch > 0),
  subject TEXT NOT NULL CHECK (subject <> ''),
  kind TEXT NOT NULL CHECK (kind <> ''),
  at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  body TEXT NOT NULL,
  private TEXT,
  salt BLOB CHECK (length(salt) = 16),
  private_digest BLOB CHECK (length(private_digest) = 32),
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  CHECK ((private IS NULL) = (salt IS NULL)),
  CHECK (private IS NULL OR private_digest IS NOT NULL)
) STRICT""",
    "CREATE INDEX entry_subject ON entry (subject)",
    """
CREATE TRIGGER entry_follows BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
  OR NEW.prev_hash IS NOT coalesce((SELECT hash FROM entry WHERE seq = NEW.seq - 1), zeroblob(32))
  OR NEW.batch < coalesce((SELECT batch FROM entry WHERE seq = NEW.seq - 1), 1)
BEGIN SELECT RAISE(ABORT, 'an entry follows the last one'); END""",
    """
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
WHEN NEW.private IS NOT NULL OR NEW.salt IS NOT NULL
  OR NEW.seq IS NOT OLD.seq OR NEW.batch IS NOT OLD.batch
  OR NEW.subject IS NOT OLD.subject OR NEW.kind IS NOT OLD.kind
  OR NEW.at IS NOT OLD.at OR NEW.recorded_at IS NOT OLD.recorded_at
  OR NEW.actor IS NOT OLD.actor OR NEW.body IS NOT OLD.body
  OR NEW.private_digest IS NOT OLD.private_digest
  OR NEW.prev_hash IS NOT OLD.prev_hash OR NEW.hash IS NOT OLD.hash
BEGIN SELECT RAISE(ABORT, 'an entry stays as it was written'); END""",
    """
CREATE TRIGGER entry_remains BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'an entry remains'); END""",
    # The standard archive table, so that `sqlite3 FILE -A` lists and unpacks the evidence.
    """
CREATE TABLE sqlar (
  name TEXT PRIMARY KEY,
  mode INT,
  mtime INT,
  sz INT,
  data BLOB
) STRICT""",
    """
CREATE TRIGGER sqlar_new BEFORE INSERT ON sqlar
WHEN EXISTS (SELECT 1 FROM sqlar WHERE name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'evidence stays as it was filed'); END""",
    """
CREATE TRIGGER sqlar_stays BEFORE UPDATE ON sqlar
BEGIN SELECT RAISE(ABORT, 'evidence stays as it was filed'); END""",
)

# What is folded from the entries: moments only, so that nothing has to be written when time passes.
_DERIVED = (
    """
CREATE TABLE complaint (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  channel TEXT,
  category TEXT,
  responsibility TEXT,
  class TEXT,
  validity TEXT,
  urgency TEXT,
  severity TEXT,
  becomes_major_at INTEGER,
  collective_at INTEGER,
  repeat INTEGER NOT NULL,
  round INTEGER NOT NULL,
  outcome TEXT,
  building TEXT,
  department TEXT,
  procedure TEXT,
  heard_at INTEGER,
  received_at INTEGER NOT NULL,
  first_resolved_at INTEGER,
  dispatched_at INTEGER,
  contacted_at INTEGER,
  resolved_at INTEGER,
  notified_at INTEGER,
  closed_at INTEGER,
  reopened INTEGER NOT NULL,
  chased INTEGER NOT NULL,
  nameless INTEGER NOT NULL,
  households INTEGER NOT NULL,
  event INTEGER REFERENCES complaint (id) DEFERRABLE INITIALLY DEFERRED,
  imported INTEGER NOT NULL,
  voided_at INTEGER,
  last_seq INTEGER NOT NULL,
  dispatched_due INTEGER,
  dispatched_met INTEGER,
  dispatched_unknown INTEGER NOT NULL,
  dispatched_waiting INTEGER NOT NULL,
  contacted_due INTEGER,
  contacted_met INTEGER,
  contacted_unknown INTEGER NOT NULL,
  contacted_waiting INTEGER NOT NULL,
  resolved_due INTEGER,
  resolved_met INTEGER,
  resolved_unknown INTEGER NOT NULL,
  resolved_waiting INTEGER NOT NULL,
  notified_due INTEGER,
  notified_met INTEGER,
  notified_unknown INTEGER NOT NULL,
  notified_waiting INTEGER NOT NULL,
  revisited_due INTEGER,
  revisited_met INTEGER,
  revisited_unknown INTEGER NOT NULL,
  revisited_waiting INTEGER NOT NULL,
  stage TEXT GENERATED ALWAYS AS (
    CASE WHEN closed_at IS NOT NULL THEN 'closed' WHEN notified_at IS NOT NULL THEN 'notified'
         WHEN resolved_at IS NOT NULL THEN 'resolved' ELSE 'open' END) VIRTUAL
) STRICT""",
    "CREATE INDEX complaint_received ON complaint (received_at) WHERE voided_at IS NULL",
    "CREATE INDEX complaint_open ON complaint (received_at) WHERE closed_at IS NULL AND voided_at IS NULL",
    "CREATE INDEX complaint_month ON complaint (substr(number, 1, 8), CAST(substr(number, 10) AS INTEGER))",
    # What a listing is narrowed to, each in the order of receipt, so that also a rare value is found at once.
    "CREATE INDEX complaint_kind ON complaint (kind, received_at) WHERE voided_at IS NULL",
    "CREATE INDEX complaint_category ON complaint (category, received_at) WHERE voided_at IS NULL",
    "CREATE INDEX complaint_severity ON complaint (severity, received_at) WHERE voided_at IS NULL",
    "CREATE INDEX complaint_department ON complaint (department, received_at) WHERE voided_at IS NULL",
    "CREATE INDEX complaint_building ON complaint (building, received_at) WHERE voided_at IS NULL",
    "CREATE INDEX complaint_channel ON complaint (channel, received_at) WHERE voided_at IS NULL",
    # What was open at an earlier moment: what is open now, and what was closed since.
    """
CREATE INDEX complaint_closed ON complaint (closed_at, received_at)
WHERE closed_at IS NOT NULL AND voided_at IS NULL""",
    "CREATE INDEX complaint_event ON complaint (event) WHERE event IS NOT NULL",
    """
CREATE INDEX complaint_majors ON complaint (received_at, becomes_major_at)
WHERE becomes_major_at IS NOT NULL AND voided_at IS NULL""",
    """
CREATE TABLE clock (
  complaint INTEGER NOT NULL REFERENCES complaint (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  n INTEGER NOT NULL,
  clock TEXT NOT NULL,
  step TEXT NOT NULL,
  round INTEGER NOT NULL,
  rung INTEGER,
  ground TEXT,
  clause TEXT,
  pack TEXT,
  duty TEXT,
  "limit" TEXT,
  parameter INTEGER NOT NULL,
  "from" TEXT,
  started_at INTEGER,
  due_at INTEGER,
  met_at INTEGER,
  ended_at INTEGER,
  ended_by TEXT,
  over INTEGER NOT NULL,
  provisional INTEGER NOT NULL,
  PRIMARY KEY (complaint, n)
) STRICT, WITHOUT ROWID""",
    """
CREATE INDEX clock_open ON clock (due_at)
WHERE met_at IS NULL AND over = 0 AND due_at IS NOT NULL""",
    # What the month asks of few clocks among many: promises made and matters raised, and the rounds after the first.
    """
CREATE INDEX clock_pledged ON clock (step, started_at, ground, round, due_at, met_at, ended_at, ended_by)
WHERE step IN ('word-given', 'matters-dealt-with')""",
    """
CREATE INDEX clock_later ON clock
  (complaint, round, n, step, ground, started_at, due_at, met_at, ended_at, ended_by, over, "limit")
WHERE round > 1 AND step IN ('dispatched', 'contacted', 'resolved', 'notified', 'revisited')""",
    "CREATE INDEX clock_provisional ON clock (complaint) WHERE provisional = 1",
    """
CREATE TABLE milestone (
  complaint INTEGER NOT NULL REFERENCES complaint (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  n INTEGER NOT NULL,
  step TEXT NOT NULL,
  at INTEGER NOT NULL,
  round INTEGER NOT NULL,
  rung INTEGER,
  detail TEXT,
  PRIMARY KEY (complaint, n)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX milestone_step ON milestone (step, at)",
    """
CREATE INDEX milestone_detailed ON milestone (step, at, round, rung, detail)
WHERE step IN ('referred', 'reopened', 'revisited')""",
    """
CREATE TABLE adoption (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  effective_from INTEGER,
  adopted_at INTEGER NOT NULL,
  name TEXT NOT NULL,
  snapshot TEXT NOT NULL
) STRICT""",
    "CREATE INDEX adoption_kind ON adoption (kind, effective_from)",
    # The words of a complaint and its home: private, and gone with the next `put` after an erasure.
    """
CREATE TABLE told (
  complaint INTEGER PRIMARY KEY REFERENCES complaint (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  unit TEXT,
  text TEXT NOT NULL
) STRICT""",
    "CREATE INDEX told_unit ON told (unit) WHERE unit IS NOT NULL",
    # Bigrams are made by words.py; the tokenizer only splits at the spaces between them.
    "CREATE VIRTUAL TABLE search USING fts5 (words, content = '', tokenize = 'ascii')",
)

# What is kept beside complaints: inspections, visits, people and places. Each is folded from the entries of one
# subject; `duty` holds what these leave to be done by a time, so that "overdue" asks one question for all of them.
_REGISTERS = (
    """
CREATE TABLE inspection (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  planned_at INTEGER,
  held_at INTEGER,
  findings INTEGER NOT NULL,
  open INTEGER NOT NULL,
  dropped_at INTEGER,
  last_seq INTEGER NOT NULL
) STRICT""",
    "CREATE INDEX inspection_held ON inspection (kind, held_at) WHERE held_at IS NOT NULL",
    """
CREATE INDEX inspection_planned ON inspection (planned_at)
WHERE planned_at IS NOT NULL AND held_at IS NULL AND dropped_at IS NULL""",
    """
CREATE TABLE finding (
  inspection INTEGER NOT NULL REFERENCES inspection (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  n INTEGER NOT NULL,
  department TEXT,
  found_at INTEGER NOT NULL,
  due_at INTEGER,
  rectified_at INTEGER,
  checked_at INTEGER,
  closed_at INTEGER,
  PRIMARY KEY (inspection, n)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX finding_open ON finding (due_at) WHERE closed_at IS NULL",
    """
CREATE TABLE visit (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  area TEXT,
  building TEXT,
  planned_at INTEGER,
  held_at INTEGER,
  participants INTEGER,
  sent INTEGER,
  returned INTEGER,
  satisfied INTEGER,
  dropped_at INTEGER,
  last_seq INTEGER NOT NULL
) STRICT""",
    "CREATE INDEX visit_held ON visit (kind, held_at) WHERE held_at IS NOT NULL",
    """
CREATE INDEX visit_planned ON visit (planned_at)
WHERE planned_at IS NOT NULL AND held_at IS NULL AND dropped_at IS NULL""",
    """
CREATE TABLE matter (
  visit INTEGER NOT NULL REFERENCES visit (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  raised_at INTEGER NOT NULL,
  due_at INTEGER,
  met_at INTEGER,
  PRIMARY KEY (visit, n)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX matter_raised ON matter (raised_at)",
    """
CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  name TEXT,
  role TEXT NOT NULL,
  department TEXT,
  area TEXT,
  superior INTEGER,
  area_since INTEGER,
  since INTEGER NOT NULL,
  left_at INTEGER,
  last_seq INTEGER NOT NULL
) STRICT""",
    "CREATE INDEX staff_name ON staff (name) WHERE name IS NOT NULL",
    """
CREATE TABLE department (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  head INTEGER,
  categories TEXT NOT NULL,
  closed_at INTEGER,
  last_seq INTEGER NOT NULL
) STRICT""",
    """
CREATE TABLE building (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT,
  area TEXT,
  assistant INTEGER,
  households INTEGER,
  area_since INTEGER,
  last_seq INTEGER NOT NULL
) STRICT""",
    """
CREATE TABLE home (
  unit TEXT PRIMARY KEY,
  building INTEGER NOT NULL REFERENCES building (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX home_building ON home (building)",
    """
CREATE TABLE duty (
  subject TEXT NOT NULL,
  id INTEGER NOT NULL,
  n INTEGER NOT NULL,
  step TEXT NOT NULL,
  clause TEXT NOT NULL,
  pack TEXT NOT NULL,
  duty TEXT NOT NULL,
  department TEXT,
  started_at INTEGER NOT NULL,
  due_at INTEGER,
  met_at INTEGER,
  ended_at INTEGER,
  provisional INTEGER NOT NULL,
  PRIMARY KEY (subject, id, n)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX duty_open ON duty (due_at) WHERE met_at IS NULL AND ended_at IS NULL AND due_at IS NOT NULL",
    # Which way a quarrel has taken, what was decided on a suggestion, which part of the home a repair is about.
    "ALTER TABLE complaint ADD COLUMN dispute TEXT",
    "ALTER TABLE complaint ADD COLUMN decision TEXT",
    "ALTER TABLE complaint ADD COLUMN part TEXT",
    # Those whose taking-down was undone are left out everywhere but where somebody looks back to before that.
    "CREATE INDEX complaint_voided ON complaint (received_at) WHERE voided_at IS NOT NULL",
    "CREATE INDEX complaint_dispute ON complaint (received_at) WHERE dispute IS NOT NULL AND voided_at IS NULL",
    # What waits to be signed or done without a limit, by its step, the oldest first: closed complaints have such
    # duties, too. What has not begun has no start and is passed over. It holds what its own condition asks for, so
    # that counting reads nothing else.
    """
CREATE INDEX clock_untimed ON clock (step, started_at, ended_at, met_at, over, due_at)
WHERE met_at IS NULL AND over = 0 AND due_at IS NULL""",
)

FORMS: tuple[tuple[str, ...], ...] = (_TRUTH + _DERIVED, _REGISTERS)
"""The statements that lead from each form to the next; the newest form's number is the count of these."""


def apply(connection: sqlite3.Connection, form: int | None = None) -> None:
    """Bring an open file to a form (None: the newest), inside the caller's transaction.

    Imports sqlite-utils, so only `init` and an upgrade may call it.
    """
    from sqlite_utils import Database, Migrations

    migrations = Migrations("complaintctl")
    for number, statements in enumerate(FORMS[:form], start=1):
        migrations(name=f"form-{number}")(_step(statements))
    migrations.apply(Database(connection, execute_plugins=False))


def bring_up(connection: sqlite3.Connection, refold: Refold | None = None) -> None:
    """Give an empty or older file the newest form and our mark, and its rows their newest shape, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] >= len(FORMS):
        # Another program did it while this one waited.
        connection.execute("ROLLBACK")
        return
    apply(connection)
    if refold is not None:
        refold(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(FORMS)}")
    connection.execute("COMMIT")


def _step(statements: tuple[str, ...]) -> "Callable[[Database], None]":
    def run(db: "Database") -> None:
        for statement in statements:
            db.execute(statement)

    return run


def build_bare(connection: sqlite3.Connection) -> None:
    """Lay the newest form's tables into an empty database that lives only in memory (replica, comparison)."""
    for statements in FORMS:
        for statement in statements:
            connection.execute(statement)
