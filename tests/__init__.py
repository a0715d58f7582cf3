"""The tests; `tests/` mirrors `codesign/`. Run with `python3 dev.py test`."""
