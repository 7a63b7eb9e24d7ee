"""Whole processes, measured from outside."""
import os
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path

Measured = namedtuple("Measured", "wall cpu peak_mb")
ARTIFACTS = Path("artifacts/benchmarks")


def run_once(arguments, environment=None, output=None):
    """Runs a program to its end. CPU time includes that of its own children."""
    output = output or os.devnull
    actions = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)]
    started = time.monotonic()
    process = os.posix_spawnp(arguments[0], arguments, {**os.environ, **(environment or {})}, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    wall = time.monotonic() - started
    if status != 0:
        sys.exit(f"{' '.join(arguments[:3])} …: exit code {os.waitstatus_to_exitcode(status)}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def best(runs):
    return Measured(min(r.wall for r in runs), min(r.cpu for r in runs), max(r.peak_mb for r in runs))


def alternate(times, *programs):
    """Runs the programs in turns and gives the best of each: what disturbs the machine disturbs them alike."""
    runs = [[] for _ in programs]
    for _ in range(times):
        for program, measured in zip(programs, runs):
            measured.append(program())
    return [best(measured) for measured in runs]


def publish(project, name):
    """Publishes a Native AOT program and gives its path."""
    folder = ARTIFACTS / name
    subprocess.run(
        ["dotnet", "publish", project, "--configuration", "Release", "--runtime", "linux-x64", "--output", str(folder), "--disable-build-servers", "-verbosity:quiet"],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return folder.resolve()


def client():
    return str(publish("tests/OpsKit.Benchmarks.Client", "client") / "opskit-benchmark")
