"""Every limit the product keeps, with its unit. Server, client, docs and tests read them here."""

from __future__ import annotations

# The wire
MESSAGE_BYTES = 64 * 1024
MESSAGE_DEPTH = 16
HELLO_SECONDS = 10
#: Where no socket opens: how long a GET is held, how long a page may say nothing, what one POST may carry.
HOLD_SECONDS = 15
SILENCE_SECONDS = 15
POST_BYTES = 256 * 1024
HEAD_SECONDS = 10
BODY_SECONDS = 30
TAIL_ENTRIES = 2_000
#: An undo reaches no further back.
UNDO_ENTRIES = 6_000
OUTGOING_MESSAGES = 256
OUTGOING_BYTES = 1024 * 1024
OPS_PER_SECOND = 20
OPS_BURST = 60
OPS_WAITING = 500
OPS_PER_TICK = 200
CONNECTIONS_PER_STREAM = 1_500
CONNECTIONS_PER_PERSON = 20
PRESENCE_PER_SECOND = 10
PRESENCE_MOVERS = 40
#: Reactions to the room, of one page.
CHEERS_PER_SECOND = 2
CHEERS_BURST = 5

# Ops and words
OPS_PER_BATCH = 500
TEXT_BYTES = 16 * 1024
TITLE_BYTES = 1_024
BOARD_WORD_BYTES = 8 * 1024 * 1024
NAME_GRAPHEMES = 80
NAME_BYTES = 320
ITEMS_PER_BOARD = 20_000
#: Of one drawing: strokes, the bytes of one, and of all.
STROKES = 120
STROKE_BYTES = 1_500
INK_BYTES = 6 * 1024
#: Rounds that people work in one after another, and the longest of them (ms).
ROUNDS = 20
ROUND_MS = 4 * 60 * 60_000
#: Kinds of card that one board takes.
CARDS_PER_BOARD = 12
#: Languages that one note has been translated into.
TRANSLATIONS_PER_NOTE = 40
RECORDS_PER_REGISTER = 20_000
#: What one person hides on one board while writing is silent. What everyone reveals is put whatever a board holds.
NOTES_PER_LANE = 200
LANE_WORD_BYTES = 64 * 1024
NOTES_REVEALED = 1_000_000
PEOPLE_PER_WORKSHOP = 5_000
#: At the door at once, those who were sent away counted; and let in by one op.
KNOCKS_PER_WORKSHOP = 1_000
KNOCKS_AT_ONCE = 500
CITIES_PER_WORKSHOP = 64
#: People at one device, where several share it.
SHARING_LEAST, SHARING_MOST = 2, 20
BOARDS_PER_WORKSHOP = 200
STEPS_PER_WORKSHOP = 200
#: Tables made at once, and in all; their boards are not counted among a workshop's other boards.
TABLES_AT_ONCE = 60
TABLES_PER_WORKSHOP = 400
MESSAGE_WORDS = 2_000
#: The newest messages to one audience stay for who was away.
MESSAGES_KEPT = 20
#: Links for a role or a table that one workshop has at once.
LINKS_PER_WORKSHOP = 500
#: The newest deeds that changed no stream stay on the desk; letters of what one was about.
DEEDS_KEPT, DEED_LETTERS = 50, 80
VOTES_PER_WORKSHOP = 500
OPTIONS_PER_VOTE = 200
CONSENTS_PER_WORKSHOP = 200
PROPOSAL_BYTES = 4_000
REASON_BYTES = 2_000
#: Dots one person has in one vote.
DOTS = 99
SPLICES_PER_EDIT = 200
#: On at once on one server; of one workshop there is one. And how many stand-ins one may have.
REHEARSALS = 3
STAND_INS_LEAST, STAND_INS_MOST = 4, 24
ORDER_LETTERS = 64
ID_LETTERS = 22

#: Words of a comment, comments of one note, and people named in one.
COMMENT_BYTES, COMMENTS_PER_ITEM, MENTIONS_PER_COMMENT = 2_000, 200, 20
#: Older arrangements that a board of records keeps to be compared with.
ARRANGEMENTS_PER_BOARD = 20

# Geometry, in hundredths of a pixel
COORDINATE = 100_000_000
SIDE_LEAST = 100
SIDE_MOST = 2_000_000
#: Notes put exactly onto another in a free layout move in steps of this.
FREE_CELL = 2_400

# Time, in milliseconds
GUARD_MS = 10_000
#: What the timer is about to do can be stopped for so long.
NOTICE_MS = 10_000
TIMER_MS = 24 * 60 * 60_000
#: A note is shown to everyone for so long.
SPOTLIGHT_MS = 3 * 60_000
#: Everyone is called back at most so far ahead.
RECALL_MS = 60 * 60_000
#: A time to end at may lie so far in the past when it arrives.
TIMER_LATE_MS = 60_000

#: A copy of a workshop to rehearse on is gone after so long, whoever forgot it.
REHEARSAL_MS = 4 * 60 * 60_000

# Time, in minutes
STEP_MINUTES = 24 * 60

# Pictures
IMAGE_BYTES = 10 * 1024 * 1024
#: A system map as a workbook.
WORKBOOK_BYTES = 5 * 1024 * 1024
IMAGE_PIXELS = 40_000_000
WORKSHOP_IMAGE_BYTES = 1024 * 1024 * 1024

# Archives
IMPORT_BYTES = 50 * 1024 * 1024
#: A whole workshop in one file: all pictures it may have, and everything else.
ARCHIVE_BYTES = WORKSHOP_IMAGE_BYTES + 100 * 1024 * 1024

#: Pictures and archives on their way in, of everybody together.
UPLOADS_BYTES = 100 * 1024 * 1024
