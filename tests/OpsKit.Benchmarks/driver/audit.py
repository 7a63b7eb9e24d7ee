"""The ports of two hundred hosts, against xargs and ssh."""
import shlex
import shutil

from driver.lab import lab
from driver.processes import ARTIFACTS, alternate, publish, run_once

COMMANDS = [
    "vmware -v",
    *("esxcli --formatter=xml network " + words for words in (
        "ip connection list", "firewall get", "firewall ruleset list", "firewall ruleset rule list", "firewall ruleset allowedip list",
        "ip connection list -N vmotion", "ip connection list -N vSphereProvisioning")),
]


def measure(report):
    program = str(publish("src/OpsKit.Cli", "opskit") / "opskit")
    state = ARTIFACTS / "audit-state"
    shutil.rmtree(state, ignore_errors=True)
    with lab("--sshd", "--speed", "1") as facts:
        inventory = facts["folder"] / "opskit.yaml"
        hosts = facts["folder"] / "hosts.txt"
        names = [line.split()[1] for line in (facts["folder"] / "ssh_config").read_text(encoding="ascii").splitlines() if line.startswith("Host esx") and not line.endswith("-ilo")]
        hosts.write_text("".join(name + "\n" for name in names), encoding="ascii")
        table = ARTIFACTS / "audit-ports.csv"
        own = [program, "audit", "ports", "--reach", "false", "--output", "csv", "--out", str(table), "--inventory", str(inventory)]
        script = "; ".join(COMMANDS) + "; true"
        yardstick = ["sh", "-c", f"xargs -a {shlex.quote(str(hosts))} -P 50 -I HOST ssh -F {shlex.quote(str(facts['folder'] / 'ssh_config'))} -T HOST {shlex.quote(script)}"]
        opskit, xargs = alternate(3, lambda: run_once(own, {"OPSKIT_STATE_DIR": str(state)}), lambda: run_once(yardstick))
        audited = {line.split(",")[0] for line in table.read_text(encoding="utf-8").splitlines()[1:]}
        if len(audited) != 200 or len(names) != 200:
            raise SystemExit(f"opskit audited {len(audited)} hosts of {len(names)}")
    section = report.section(
        "Audit: ports of 200 hosts",
        f"`opskit audit ports --reach false` on the lab's large estate behind OpenSSH's own server: vCenter is asked as well, verdicts are made, and a CSV is written. "
        f"Yardstick: `xargs -P 50 ssh` with the same {len(COMMANDS)} commands as one script a host. The lab, which answers both, works on the same processors and takes most of the time of both.")
    section.row("xargs -P 50 ssh, wall", xargs.wall, unit="s")
    section.row("OpsKit, wall", opskit.wall, unit="s")
    section.row("OpsKit, wall as a ratio to xargs and ssh", opskit.wall / xargs.wall, 1.0)
    section.row("xargs and ssh, CPU of all clients", xargs.cpu, unit="s")
    section.row("OpsKit, CPU", opskit.cpu, unit="s")
    section.row("OpsKit, peak memory", opskit.peak_mb, unit="MB", digits=0)
