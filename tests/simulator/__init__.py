"""The deterministic simulator: real rooms, journals and clients on a network that does its worst.

One seed is one world: who does what, what the network and the disk do, and when. world.py turns it,
pages.py and people.py are the people, network.py the sockets, lines.py what stands for them,
server.py the process and its disk, engines.py the clients, checks.py what must hold.
`python -m tests.simulator SEED` plays one again, step by step.
"""
