"""What people take home: state in, bytes out. Knows no database, no socket and no page."""
