"""What the live core counts: numbers only, never content, names or ids. Shown at /metrics."""

from __future__ import annotations

from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


class Gauges:
    """One set for a process. Handed a registry, so that tests and several apps do not collide."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        gauge = partial(Gauge, namespace="codesign", registry=self.registry)
        counter = partial(Counter, namespace="codesign", registry=self.registry)
        seconds = partial(Histogram, namespace="codesign", registry=self.registry, buckets=_SECONDS)
        self.connections = gauge("connections", "Sockets that said hello")
        self.rooms = gauge("rooms_open", "Streams in memory")
        self.waiting = gauge("ops_waiting", "Ops not yet decided")
        self.outgoing = gauge("outgoing_bytes", "Told, and not yet taken by the readers")
        self.ticks = counter("ticks", "Ticks of all rooms together")
        self.ops = counter("ops", "Ops decided")
        self.commits = counter("commits", "Transactions of ticks")
        self.failed_commits = counter("failed_commits", "Rooms whose tick was not saved")
        self.commit_seconds = seconds(
            "commit_seconds",
            "From asking for a commit to its end",
        )
        self.flush_seconds = seconds("flush_seconds", "The event loop's share of a tick")
        #: Every look is counted, so that what happens between two scrapes is seen.
        self.loop_lag = seconds("loop_lag_seconds", "How late the event loop woke us")
        self.refused = counter("refused", "Refusals told", ["code"])
        self.closed = counter("sockets_closed", "Sockets the server closed", ["code"])
        self.presence_dropped = counter(
            "presence_dropped", "Presence frames a slow reader did not get"
        )
        self.presence_unread = counter(
            "presence_unread", "Presence not even looked at while ops were waiting"
        )
        self.resyncs = counter("resyncs", "Tails that were too old")
