"""`python -m bench`: what to measure is chosen here, and what was measured is printed and kept here."""

from __future__ import annotations

import argparse
import signal
import sys

from bench import busy, generator, growing, machine, paper, rows, table, targets
from bench.figures import Figure
from bench.live import Bench, Codesign
from bench.peer_servers import PEERS
from bench.specials import GROWTH, LONG, SPECIALS
from bench.suite import Suite, available, tell
from bench.workloads import E_SIZES, GROWING, KNOWN, LIVE, QUICK, QUICK_PEERS


def main() -> int:
    options = _options()
    if options.paper:
        print(paper.write(), growing.draw(*rows.read()))
        return 0
    if options.table:
        show(*rows.read(), with_ratios=True)
        return 0
    try:
        program = generator.build()
    except generator.NoGenerator as error:
        tell(str(error))
        return 1
    cores = machine.cores()
    if no_ratio := machine.why_no_ratio(cores):
        tell(no_ratio)
    bench = Bench(program, cores, options.rounds, options.seconds, minutes=options.minutes)
    if options.flame:
        return _flame(bench, options.flame)
    if options.workshop or options.soak:
        options.only = ["workshop"] if options.workshop else ["soak"]
    is_part = bool(options.only or options.browser or options.grow or options.quick)

    def save(suite: Suite) -> None:
        if options.keep or options.grow or not is_part:
            rows.write(machine.describe(), suite.rows, suite.figures, keep=is_part)

    suite = Suite(bench, SPECIALS | GROWTH | LONG, save)
    if options.browser:
        from bench import browser  # Playwright is not needed for anything else

        try:
            suite.add(browser.measure(bench, options.notes, bool(options.peers)))
        finally:
            save(suite)
    else:
        wanted = available(options.peers)
        is_short = options.quick and not options.only
        suite.run(
            _names(options), lambda name: [] if is_short and name not in QUICK_PEERS else wanted
        )
    show(suite.rows, suite.figures, with_ratios=not no_ratio)
    save(suite)
    if options.grow:
        tell(f"drawn: {growing.draw(*rows.read())}")
    return 0


def _flame(bench: Bench, name: str) -> int:
    try:
        for line in busy.picture(bench, KNOWN[name]):
            print(line)
    except busy.NoSpy as error:
        tell(str(error))
        return 1
    return 0


def _names(options: argparse.Namespace) -> list[str]:
    if options.only:
        return list(options.only)
    if options.grow:
        return [*_people_missing(), *(w.name for w in GROWING), *GROWTH]
    return list(QUICK) if options.quick else [*LIVE, *SPECIALS]


def _people_missing() -> list[str]:
    """Of the rows by people those that no run before has given: a whole run measures them better."""
    known = rows.read()[0] if rows.RESULTS.exists() else []
    there = {row.workload for row in known if row.server == Codesign.name and row.is_clean}
    return [name for name in (f"e{people}" for people in E_SIZES) if name not in there]


def show(found: list[rows.Row], figures: list[Figure], *, with_ratios: bool) -> None:
    if found:
        print(table.table(found))
    if found and with_ratios:
        print(*table.ratios(found, Codesign.name), sep="\n")
    print(*figures, sep="\n")
    if found:
        told = (line for line in targets.held(found, figures) if line[4] != "-")
        print(*(", ".join(line) for line in told), sep="\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measure Codesign and its peers.")
    add = parser.add_argument
    add("--quick", action="store_true", help="the main rows, in under three minutes")
    add("--only", type=_known, help="these workloads, such as e800,ec600; bench/results.json stays")
    add("--grow", action="store_true", help="what grows with what, and docs/pictures/growth.svg")
    add("--workshop", action="store_true", help="300 people at 50 tables, as --only workshop")
    add("--soak", action="store_true", help="people come and go for an hour, as --only soak")
    add("--minutes", type=float, default=60.0, help="with --soak: so long")
    add("--flame", choices=KNOWN, help="the busiest second of it, as docs/pictures/busy.svg")
    add("--browser", action="store_true", help="the board's page in Chromium")
    add("--notes", type=_numbers, default=(0, 2_000, 10_000), help="with --browser: 0,2000,10000")
    add(
        "--keep",
        action="store_true",
        help="of a part of all: put these rows into bench/results.json",
    )
    add("--table", action="store_true", help="only print what bench/results.json holds")
    add("--paper", action="store_true", help="write those figures into docs/performance.md")
    add("--peers", type=_peers, help=f"{','.join(PEERS)} or none; with --only: none unless said")
    add("--rounds", type=int, default=1, help="clean runs of each; the worst is quoted")
    add("--seconds", type=float, default=5.0, help="measured in each run")
    options = parser.parse_args()
    if options.peers is None:
        is_ours = options.only or options.grow or options.workshop or options.soak
        options.peers = [] if is_ours else list(PEERS)
    return options


def _known(text: str) -> list[str]:
    known = [*KNOWN, *SPECIALS, *GROWTH, *LONG]
    for name in text.split(","):
        if name not in known:
            raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(known)}")
    return text.split(",")


def _numbers(text: str) -> list[int]:
    return [int(word) for word in text.split(",")]


def _peers(text: str) -> list[str]:
    names = [] if text == "none" else text.split(",")
    for name in names:
        if name not in PEERS:
            raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(PEERS)}")
    return names


if __name__ == "__main__":
    # Asked to end, we end what we started as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
