"""How long opskit takes to start."""
from driver.processes import best, publish, run_once


def measure(report):
    opskit = str(publish("src/OpsKit.Cli", "opskit") / "opskit")
    runs = [run_once([opskit, "--version"]) for _ in range(50)]
    typical = sorted(r.wall for r in runs)[len(runs) // 2]
    section = report.section("Start", "`opskit --version`, Native AOT, 50 runs.")
    section.row("wall, best", best(runs).wall * 1000, 30, "ms", 1)
    section.row("wall, median", typical * 1000, 30, "ms", 1)
    section.row("peak memory", best(runs).peak_mb, unit="MB", digits=0)
