"""One command on a hundred hosts, against xargs and ssh."""
import shlex

from driver.processes import alternate, client, run_once
from driver.sshd import client_options, server

HOSTS = 100
COMMAND = "uname -r"


def measure(report):
    program = client()
    with server() as ssh:
        own = [program, "ssh", str(HOSTS), str(ssh.port), ssh.user, ssh.key, ssh.known_hosts, COMMAND]
        options = " ".join(shlex.quote(o) for o in [*client_options(ssh), "-p", str(ssh.port), "-l", ssh.user])
        yardstick = ["sh", "-c", f"seq -f 127.0.1.%g {HOSTS} | xargs -P 50 -I HOST ssh {options} HOST {shlex.quote(COMMAND)}"]
        opskit, xargs = alternate(7, lambda: run_once(own), lambda: run_once(yardstick))
    section = report.section(
        "SSH: one command on 100 hosts",
        f"`{COMMAND}` on 100 addresses of one OpenSSH server on loopback (curve25519-sha256, an ed25519 key, login shell dash): connect, check the host key, log in, run, close. "
        "Yardstick: `xargs -P 50 ssh`. The server works on the same processors and takes most of the time of both.")
    section.row("xargs -P 50 ssh, wall", xargs.wall, unit="s")
    section.row("OpsKit, wall", opskit.wall, unit="s")
    section.row("OpsKit, wall as a ratio to xargs and ssh", opskit.wall / xargs.wall, 1.0)
    section.row("xargs and ssh, CPU of all clients", xargs.cpu, unit="s")
    section.row("OpsKit, CPU", opskit.cpu, unit="s")
    section.row("OpsKit, peak memory", opskit.peak_mb, unit="MB", digits=0)
