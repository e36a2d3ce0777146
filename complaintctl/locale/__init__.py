"""The catalogues: one hand-kept .po a room under `zh/`, compiled by `build` into the .mo that is shipped."""
