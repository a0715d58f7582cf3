"""The kill loop: a real server under load is killed again and again, and what it had acked is looked for.

zygote.py is the server, started fast; people.py the load, which logs every ack before it believes it;
compare.py a program of its own that reads the logs and the database; arena.py brings them together.
"""
