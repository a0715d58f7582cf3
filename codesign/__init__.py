"""Codesign: a board on which people design things together, live.

Importing the package brings in nothing else, so that the build can read it without what it needs to run.
"""

__version__ = "0.1.0"
