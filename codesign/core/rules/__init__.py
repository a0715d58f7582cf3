"""One function per op: `(op, ask, draft) -> Decision`. The table that names them is decide.py."""
