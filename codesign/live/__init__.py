"""The live core: rooms, their ticks, and the clients that talk to them."""
