"""The pure core: ops in, decisions out. No await, clock, random, log, SQL or network."""
