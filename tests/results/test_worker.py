"""Jobs in processes of their own: two at a time, cut off cleanly, and never in the way of the loop."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from codesign.results import worker
from codesign.results.worker import Work, WorkError, Workers


def red() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), (200, 10, 10)).save(out, "PNG")
    return out.getvalue()


def children() -> set[int]:
    """Processes that this one has started and that still run."""
    mine = str(os.getpid())
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if parent == mine:
            found.add(int(folder.name))
    return found


async def test_a_job_answers_with_values_and_bytes() -> None:
    done = await Workers().run("image", Work({}, [red()]))
    assert done.values == {"media_type": "image/webp", "width": 30, "height": 20}
    assert done.parts[0][8:12] == b"WEBP"


async def test_a_refusal_in_a_job_comes_out_with_its_code() -> None:
    with pytest.raises(WorkError) as caught:
        await Workers().run("image", Work({}, [b"<svg/>"]))
    assert (caught.value.code, caught.value.reason) == ("bad_op", "image")


async def test_a_job_that_takes_too_long_is_cut_off_and_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = children()
    monkeypatch.setattr(worker, "CHILD", "import time; time.sleep(600)")
    with pytest.raises(WorkError) as caught:
        await Workers(seconds=0.3).run("image", Work({}, [red()]))
    assert (caught.value.code, caught.value.reason) == ("limit", "seconds")
    assert children() == before


async def test_a_job_that_wants_too_much_memory_is_refused_it() -> None:
    out = io.BytesIO()
    Image.new("L", (8_000, 5_000)).save(out, "PNG")
    with pytest.raises(WorkError) as caught:
        await Workers(memory=100 * 2**20).run("image", Work({}, [out.getvalue()]))
    assert (caught.value.code, caught.value.reason) == ("limit", "memory")


async def test_a_job_that_dies_is_a_refusal_and_a_broken_one_is_told_apart(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "CHILD", "import os; os.abort()")
    with pytest.raises(WorkError) as caught:
        await Workers().run("image", Work({}, [red()]))
    assert (caught.value.code, caught.value.reason) == ("limit", "memory")
    monkeypatch.setattr(worker, "CHILD", "raise RuntimeError('what somebody wrote')")
    with pytest.raises(WorkError) as caught:
        await Workers().run("image", Work({}, [red()]))
    assert (caught.value.code, caught.value.reason) == ("unavailable", "broken")
    assert "RuntimeError" in caplog.text
    assert "somebody" not in caplog.text


async def test_two_run_and_the_third_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    before = children()
    monkeypatch.setattr(worker, "CHILD", "import time; time.sleep(600)")
    workers = Workers(seconds=30)
    three = [asyncio.create_task(workers.run("image", Work({}, [red()]))) for _ in range(3)]
    async with asyncio.timeout(20):
        while len(children() - before) < 2:  # noqa: ASYNC110  nothing tells of a process that began
            await asyncio.sleep(0.01)
    assert len(children() - before) == 2
    for one in three:
        one.cancel()
    await asyncio.gather(*three, return_exceptions=True)
    assert children() == before


async def test_beyond_a_queue_of_twenty_people_are_asked_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "CHILD", "import time; time.sleep(600)")
    workers = Workers(seconds=30)
    many = [asyncio.create_task(workers.run("image", Work({}))) for _ in range(worker.WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(WorkError) as caught:
        await workers.run("image", Work({}))
    assert (caught.value.code, caught.value.reason) == ("rate", "busy")
    for one in many:
        one.cancel()
    await asyncio.gather(*many, return_exceptions=True)


async def test_a_worker_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODESIGN_SECRET", "a secret that must not be told to anybody")
    assert not any(name.startswith("CODESIGN") for name in worker.child_environment())


@pytest.mark.parametrize("job", ["export", "report_export", "json_archive", "images"])
def test_a_job_begins_without_what_only_the_server_needs(job: str) -> None:
    """The ops' models alone take half a second to build, and each job is a process of its own."""
    asks = f"import sys, codesign.results.{job}; print('pydantic' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"


async def test_the_loop_goes_on_while_a_job_runs() -> None:
    job = asyncio.create_task(Workers().run("image", Work({}, [red() * 20])))
    beats = 0
    while not job.done():
        await asyncio.sleep(0.001)
        beats += 1
    # Beats and not their delay: this machine may have other tests to run.
    assert beats > 20
