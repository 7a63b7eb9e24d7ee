"""An OpenSSH server on loopback and a user of this machine who may log in to it. Needs root."""
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections import namedtuple
from contextlib import contextmanager
from pathlib import Path

Server = namedtuple("Server", "folder port user key known_hosts")
KEY_EXCHANGE = "curve25519-sha256"
CONFIGURATION = """Port {port}
ListenAddress 0.0.0.0
HostKey {folder}/host
AuthorizedKeysFile {folder}/key.pub
StrictModes no
UsePAM no
KexAlgorithms {exchange}
MaxStartups 200
Subsystem sftp internal-sftp
PidFile none
"""


@contextmanager
def server():
    """All of 127.0.0.0/8 leads to it: a hundred addresses stand for a hundred hosts. The user's shell is dash, which starts fast."""
    folder = Path(tempfile.mkdtemp(prefix="opskit-benchmark-"))
    folder.chmod(0o755)
    user = "opskit" + secrets.token_hex(4)
    process = None
    subprocess.run(["useradd", "--no-log-init", "--home-dir", folder / "home", "--create-home", "--skel", "/nonexistent", "--shell", "/bin/dash", user], check=True)
    try:
        # sshd lets nobody in whose password is locked.
        subprocess.run(["chpasswd"], input=f"{user}:{secrets.token_hex(16)}\n", text=True, check=True)
        for name in ("host", "key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        os.makedirs("/run/sshd", exist_ok=True)
        port = free_port()
        (folder / "sshd_config").write_text(CONFIGURATION.format(port=port, folder=folder, exchange=KEY_EXCHANGE), encoding="ascii")
        host_key = (folder / "host.pub").read_text(encoding="ascii").split()
        known_hosts = folder / "known_hosts"
        known_hosts.write_text("".join(f"[127.0.1.{i}]:{port} {host_key[0]} {host_key[1]}\n" for i in range(1, 256)), encoding="ascii")
        process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", folder / "sshd_config"], stderr=subprocess.DEVNULL)
        wait_for(port)
        yield Server(folder, port, user, str(folder / "key"), str(known_hosts))
    finally:
        if process:
            process.terminate()
            process.wait()
        subprocess.run(["pkill", "-KILL", "-u", user], check=False)
        subprocess.run(["userdel", "--force", user], check=False, stderr=subprocess.DEVNULL)
        shutil.rmtree(folder)


def client_options(ssh):
    """What ssh and sftp are told: the same key exchange, nothing of the user's own configuration."""
    return ["-F", "none", "-i", ssh.key, "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", f"UserKnownHostsFile={ssh.known_hosts}",
            "-o", "GlobalKnownHostsFile=none", "-o", f"KexAlgorithms={KEY_EXCHANGE}", "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.1.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
