"""Reports on a real Dask cluster: a scheduler and workers in processes of their own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.publishing.test_batch import (
    batch,
    manifest,
    nobody_is_left,
    pages,
    project,
    started,
)

__all__ = ["project"]
ENVIRONMENT = os.environ | {"PYTHONWARNINGS": "ignore", "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler's address and two workers of it, on loopback."""
    folder = tmp_path_factory.mktemp("dask")
    file = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": ENVIRONMENT}
    processes = [
        subprocess.Popen(
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
             "--scheduler-file", file], **quiet,
        )
    ]  # fmt: skip
    until = time.monotonic() + 60
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.1)
    processes += [
        subprocess.Popen(
            [*dask, "worker", "--scheduler-file", file, "--nthreads", "1", "--no-dashboard",
             "--no-nanny", "--name", name, "--local-directory", folder / name], **quiet,
        )
        for name in ("one", "two")
    ]  # fmt: skip
    yield json.loads(file.read_text())["address"], processes
    for process in reversed(processes):
        process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:  # one that was still starting does not listen
            process.kill()
            process.wait()


def test_a_cluster_makes_the_same_pages_and_survives_what_reports_do(project, cluster):
    address, processes = cluster
    numbers = ["slow", "--for-each", "number=1,2,3,4"]
    assert batch(project, *numbers, "--workers", 2).returncode == 0
    here = pages_of(project)
    for page in (project / "out").glob("*.*"):
        page.unlink()
    assert batch(project, *numbers, "--scheduler", address).returncode == 0
    assert pages_of(project) == here
    shutil.rmtree(project / "out")  # the list of another notebook is not replaced
    kinds = "fine,killed,quit,orphan,raise,memory,last"
    done = batch(
        project, "bad", "--for-each", f"kind={kinds}", "--scheduler", address,
        "--memory-limit", 1500,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    rows = manifest(project)
    states = {kind: rows[f"kind-{kind}"]["state"] for kind in kinds.split(",")}
    assert states == {
        "fine": "done",
        "killed": "died",
        "quit": "died",
        "orphan": "done",
        "raise": "failed",
        "memory": "out of memory",
        "last": "done",
    }
    assert all(process.poll() is None for process in processes)
    assert nobody_is_left(project)


def pages_of(project):
    found = (project / "out").glob("*.html")
    return {path.name: path.read_bytes() for path in found if path.name != "index.html"}


@pytest.mark.outside
def test_a_cluster_of_ones_own_is_started_and_ended(project):
    before = {process.pid for process in psutil.process_iter()}
    done = batch(project, "slow", "--for-each", "number=1,2", "--scheduler", "local")
    assert done.returncode == 0, done.stderr
    assert len(pages_of(project)) == 2
    assert nobody_is_left(project)
    new = [one for one in psutil.process_iter(["cmdline"]) if one.pid not in before]
    assert not [one for one in new if "distributed" in " ".join(one.info["cmdline"] or [])]


def test_a_worker_that_does_not_see_the_project_is_refused(project, cluster):
    address, _ = cluster
    done = batch(
        project, "slow", "--for-each", "number=1", "--scheduler", address, "--root", "/nowhere"
    )
    assert done.returncode == 2
    assert "is not ready" in done.stderr


def test_a_worker_may_be_killed_on_the_way(project, cluster):
    address, processes = cluster
    numbers = ["slow", "--for-each", f"number={','.join(map(str, range(10)))}"]
    numbers += ["--for-each", "pause=0.5", "--scheduler", address]
    running = started(project, *numbers)
    until = time.monotonic() + 60
    while not pages(project) and time.monotonic() < until:
        time.sleep(0.05)
    processes[1].send_signal(signal.SIGKILL)
    assert running.wait(60) == 0
    assert [row["state"] for row in manifest(project).values()] == ["done"] * 10
    assert len(pages(project)) == 10
    assert nobody_is_left(project)
