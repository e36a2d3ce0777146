"""The ledger: one SQLite file of chained entries and the rows folded from them; all SQL lives here."""
