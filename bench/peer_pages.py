"""Pages of tldraw and Excalidraw with the same notes, built from their packages and served from a folder."""

from __future__ import annotations

import functools
import gzip
import hashlib
import http.server
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import cache
from bench.peer_servers import NoPeers, node
from bench.prepare import words

SOURCE = Path(__file__).resolve().parent / "pages"
#: By page: where gestures go, and what of its package is served as it is.
PAGES = {"tldraw": ".tl-canvas", "excalidraw": "canvas.interactive"}
_SERVED = {"@tldraw/assets": "assets", "@excalidraw/excalidraw/dist/prod/fonts": "fonts"}
_SWITCHES = (
    *("--bundle", "--minify", "--splitting", "--format=esm", "--jsx=automatic"),
    *("--target=es2023", '--define:process.env.NODE_ENV="production"', "--log-level=error"),
    "--conditions=production",
    *("--loader:.woff2=file", "--outdir=site"),
)


def build() -> Path:
    """The folder the pages are served from."""
    files = sorted(SOURCE.glob("*"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    home = cache.folder() / f"pages-{digest}"
    if not (home / "built").exists():
        home.mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copy(file, home)
        _install(home)
        (home / "built").touch()
    return home / "site"


def _install(home: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NoPeers("npm is not installed here, so the pages of the peers could not be built.")
    build = [*node(), "node_modules/esbuild/bin/esbuild"]
    for command in (
        [npm, "ci", "--loglevel=error"],
        [*build, *(f"{name}.jsx" for name in PAGES), *_SWITCHES],
    ):
        done = subprocess.run(command, cwd=home, capture_output=True, text=True, timeout=300)
        if done.returncode:
            said = (done.stdout + done.stderr).strip()[-400:]
            raise NoPeers(f"The pages of the peers could not be built: {said}")
    for package, folder in _SERVED.items():
        shutil.copytree(home / "node_modules" / package, home / "site" / folder, dirs_exist_ok=True)
    for name in PAGES:
        page = (home / "page.html").read_text().replace("PAGE", name)
        (home / f"site/{name}.html").write_text(page)


@functools.cache
def _packed(path: Path, changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


@contextmanager
def serving(notes: int, letters: int) -> Iterator[str]:
    """The address of the pages; their notes are those of the product's board."""
    site = build()
    made = [
        {"x": at % 100 * 240, "y": at // 100 * 240, "text": words(at, letters)}
        for at in range(notes)
    ]
    (site / "notes.json").write_text(json.dumps(made, ensure_ascii=False))
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Packed like the product's answers, or a slow line would be slower for the peers."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.suffix not in (".js", ".css", ".json", ".svg", ".html") or not path.is_file():
            return super().do_GET()
        body = _packed(path, path.stat().st_mtime_ns)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass
