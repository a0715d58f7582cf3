"""What is kept: the journal, the tables beside it, and how both are opened, migrated and copied."""
