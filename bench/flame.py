"""`python -m bench.flame STACKS PICTURE`: draws where the time went, from stacks that `py-spy record -f raw` wrote.

Widths are shares of the samples; who calls is above, who is called below. Nothing in the picture runs.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

WIDTH, ROW, LETTER = 1200.0, 18, 6.4
#: What is narrower than this share is left out.
LEAST = 0.004
#: Up to and with this frame everything is the same, and says nothing.
ROOTS = ("Runner.run", "_worker", "SqliteWriter")


@dataclass(slots=True)
class Frame:
    samples: int = 0
    below: dict[str, Frame] = field(default_factory=dict)

    def add(self, stack: list[str], samples: int) -> None:
        self.samples += samples
        if stack:
            self.below.setdefault(stack[0], Frame()).add(stack[1:], samples)

    @property
    def depth(self) -> int:
        return 1 + max((frame.depth for frame in self.below.values()), default=0)


def read(stacks: Path) -> Frame:
    root = Frame()
    for line in stacks.read_text().splitlines():
        frames, _, samples = line.rpartition(" ")
        root.add(_told(frames.split(";")), int(samples))
    return root


def _told(stack: list[str]) -> list[str]:
    """Without line numbers and what stands above all of it."""
    names = [
        f"{name} {place.rsplit(':', 1)[0].rstrip(')')}" for name, _, place in map(_parts, stack)
    ]
    for at, name in enumerate(names):
        if name.startswith(ROOTS):
            return names[at:]
    return names


def _parts(frame: str) -> tuple[str, str, str]:
    return frame.partition(" (")


def draw(root: Frame) -> str:
    rows: list[str] = []
    _draw(root, 0.0, 0, WIDTH / max(1, root.samples), root.samples, rows)
    height = (max((int(row.split('"')[3]) for row in rows), default=0)) + 2 * ROW
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height}" '
            'font-family="sans-serif" font-size="11">',
            f'<rect width="{WIDTH:g}" height="{height}" fill="#fff"/>',
            *rows,
            "</svg>\n",
        )
    )


def _draw(frame: Frame, x: float, row: int, scale: float, whole: int, rows: list[str]) -> None:
    for name, inner in sorted(frame.below.items(), key=lambda each: -each[1].samples):
        if inner.samples < LEAST * whole:
            continue
        width = inner.samples * scale
        share = inner.samples / whole
        shown = escape(name[: max(0, int((width - 6) / LETTER))])
        rows.append(
            f'<g transform="translate({x:.1f},0)"><rect y="{row * ROW}" width="{width - 0.5:.1f}" '
            f'height="{ROW - 1}" fill="{_paper(name)}"><title>{escape(name)}, {share:.1%}</title></rect>'
            + (f'<text x="3" y="{row * ROW + 13}">{shown}</text>' if len(shown) > 3 else "")
            + "</g>"
        )
        _draw(inner, x, row + 1, scale, whole, rows)
        x += width


def _paper(name: str) -> str:
    """Ours, those of libraries, and Python's own."""
    if " codesign/" in name:
        return "#f4c36a"
    return "#b9d3ea" if "/" in name else "#dedede"


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(draw(read(source)))
