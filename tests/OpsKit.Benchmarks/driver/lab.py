"""The lab's large estate: how long it takes to start, and to read 5,000 virtual machines from it."""
import hashlib
import os
import shutil
import ssl
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from driver.processes import ARTIFACTS, alternate, client, run_once
from driver.retrieval import SETS

PROGRAM = Path("artifacts/bin/OpsKit.Lab/release/opskit-lab.dll")
STARTS = 3


def measure(report):
    subprocess.run(["dotnet", "build", "src/OpsKit.Lab", "--configuration", "Release", "-verbosity:quiet"], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    program = client()
    starts = []
    for _ in range(STARTS - 1):
        with lab() as facts:
            starts.append(facts["start"])
    with lab() as facts:
        starts.append(facts["start"])
        section = report.section(
            "Lab: large",
            f"`opskit-lab serve --size large`: 200 hosts, 5,000 virtual machines, one process. *Start* is from its first instruction to its welcome, which it writes when everything is served "
            f"(the best of {STARTS}). *Read* is a whole OpsKit process on the same machine: connect, check the certificate, log in, create a view, read and count, log out; "
            f"the same {' and '.join(SETS)} properties as under *Retrieval*.")
        section.row("start, wall", min(starts), 10, "s")
        for name in SETS:
            retrieve = [program, "retrieve", facts["url"], facts["thumbprint"], "administrator@vsphere.local", name]
            counted = ARTIFACTS / f"lab-{name}-counted.txt"
            before = cpu_of(facts["process"])
            own = alternate(5, lambda: run_once(retrieve, {"BENCHMARK_PASSWORD": facts["password"]}, str(counted)))[0]
            text = counted.read_text(encoding="utf-8").strip()
            if not text.startswith("5000 "):
                raise SystemExit(f"opskit counted {text}")
            section.row(f"read {name} properties, wall", own.wall, 2, "s")
            section.row(f"read {name} properties, the lab's CPU", (cpu_of(facts["process"]) - before) / 5, unit="s")
        section.row("the lab's peak memory", peak_of(facts["process"]), unit="MB", digits=0)


@contextmanager
def lab(*options):
    folder = ARTIFACTS / "lab"
    shutil.rmtree(folder, ignore_errors=True)
    started = time.monotonic()
    process = subprocess.Popen(
        ["dotnet", str(PROGRAM), "serve", "--size", "large", "--folder", str(folder), *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        facts = {"process": process.pid, "folder": folder}
        for line in process.stdout:
            if "/sdk" in line:
                facts["url"] = line.split()[1]
            if "opskit-lab log" in line:
                break
        facts["start"] = time.monotonic() - started
        certificate = ssl.PEM_cert_to_DER_cert((folder / "certificates" / "vc1.pem").read_text(encoding="ascii"))
        facts["thumbprint"] = hashlib.sha256(certificate).hexdigest()
        facts["password"] = (folder / "secrets" / "vc1-administrator").read_text(encoding="utf-8").strip()
        yield facts
    finally:
        process.terminate()
        process.wait(60)


def cpu_of(process):
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_of(process):
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024
