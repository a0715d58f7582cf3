"""A page without a browser: the state machine of static/js/board/sync.js, part by part.

Pure, as the core is: messages in, messages out; no socket, clock or random. connection.py gives it
a line to a server. The parts have the names they have in JavaScript.
"""

from codesign.sync.replica import View
from codesign.sync.sync import Sync

__all__ = ["Sync", "View"]
