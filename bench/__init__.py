"""Measuring Codesign, alone and beside its peers: `python3 dev.py bench`. docs/performance.md explains the columns."""
