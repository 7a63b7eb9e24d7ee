"""Sending 200 MB to a host, against OpenSSH's sftp."""
import os

from driver.processes import ARTIFACTS, alternate, client, run_once
from driver.sshd import client_options, server

SIZE_MB = 200


def measure(report):
    program = client()
    with server() as ssh:
        source, batch, told = ssh.folder / "bundle", ssh.folder / "batch", ARTIFACTS / "upload.txt"
        with open(source, "wb") as file:
            for _ in range(SIZE_MB):
                file.write(os.urandom(1_000_000))
        home = ssh.folder / "home"
        batch.write_text(f"put {source} {home}/by-sftp\n", encoding="utf-8")
        sending = []

        def opskit():
            run = run_once([program, "upload", str(ssh.port), ssh.user, ssh.key, ssh.known_hosts, str(source), f"{home}/by-opskit"], output=str(told))
            sending.append(float(told.read_text(encoding="utf-8").split(" in ")[1].split()[0]))
            return run

        own, sftp = alternate(
            7, opskit, lambda: run_once(["sftp", "-q", *client_options(ssh), "-P", str(ssh.port), "-b", str(batch), f"{ssh.user}@127.0.1.1"]))
        if (home / "by-opskit").read_bytes() != source.read_bytes():
            raise SystemExit("what arrived is not what was sent")
    section = report.section(
        "Upload: 200 MB",
        "A file of random bytes to an OpenSSH server on loopback. OpsKit's whole process also asks the host whether it can take the file, has it compute the digest of what "
        "arrived and compares, and renames; sftp does none of that. *Sending* is OpsKit's transfer alone.")
    section.row("sftp, whole process", sftp.wall, unit="s")
    section.row("OpsKit, whole process", own.wall, unit="s")
    section.row("OpsKit, sending", min(sending), unit="s")
    section.row("OpsKit, sending as a ratio to sftp's whole process", min(sending) / sftp.wall, 1.0)
    section.row("OpsKit, whole process as a ratio to sftp's", own.wall / sftp.wall)
    section.row("sftp, CPU", sftp.cpu, unit="s")
    section.row("OpsKit, CPU", own.cpu, unit="s")
    section.row("OpsKit, peak memory", own.peak_mb, unit="MB", digits=0)
