"""Sending 200 MB to a host, against OpenSSH's sftp."""
import os
import subprocess

from driver.processes import ARTIFACTS, alternate, client, run_once
from driver.sshd import client_options, server

SIZE_MB = 200


def measure(report):
    program = client()
    with server() as ssh:
        source, told = ssh.folder / "bundle", ARTIFACTS / "upload.txt"
        with open(source, "wb") as file:
            for _ in range(SIZE_MB):
                file.write(os.urandom(1_000_000))
        home = ssh.folder / "home"
        (ssh.folder / "nothing").write_bytes(b"")
        sending = []

        def opskit():
            run = run_once([program, "upload", str(ssh.port), ssh.user, ssh.key, ssh.known_hosts, str(source), f"{home}/by-opskit"], output=str(told))
            sending.append(float(told.read_text(encoding="utf-8").split(" in ")[1].split()[0]))
            return run

        def sftp(name):
            batch = ssh.folder / f"batch-{name}"
            batch.write_text(f"put {ssh.folder / name} {home}/by-sftp\n", encoding="utf-8")
            return run_once(["sftp", "-q", *client_options(ssh), "-P", str(ssh.port), "-b", str(batch), f"{ssh.user}@127.0.1.1"])

        own, whole, empty = alternate(7, opskit, lambda: sftp("bundle"), lambda: sftp("nothing"))
        # In another process: what this one holds in memory would count as its children's peak.
        subprocess.run(["cmp", home / "by-opskit", source], check=True)
    section = report.section(
        "Upload: 200 MB",
        "A file of random bytes to an OpenSSH server on loopback. OpsKit's whole process also asks the host whether it can take the file, has it compute the digest of what "
        "arrived and compares, and renames; sftp does none of that. *Sending* is the transfer alone: as OpsKit reports it, and for sftp the whole process less one that sends an "
        "empty file. The limit is on sending.")
    sftp_sending = whole.wall - empty.wall
    section.row("sftp, whole process", whole.wall, unit="s")
    section.row("sftp, sending", sftp_sending, unit="s")
    section.row("OpsKit, whole process", own.wall, unit="s")
    section.row("OpsKit, sending", min(sending), unit="s")
    section.row("OpsKit, sending as a ratio to sftp's", min(sending) / sftp_sending, 1.0)
    section.row("OpsKit, whole process as a ratio to sftp's", own.wall / whole.wall)
    section.row("sftp, CPU", whole.cpu, unit="s")
    section.row("OpsKit, CPU", own.cpu, unit="s")
    section.row("OpsKit, peak memory", own.peak_mb, unit="MB", digits=0)
