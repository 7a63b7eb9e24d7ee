"""Tables of what was measured, on the terminal and in docs/benchmarks.md."""
import os
import platform
import re
import subprocess
import time

INTRODUCTION = """# Benchmarks

Tables made by `tests/OpsKit.Benchmarks/run --write`; no number in them is written by hand. Within a section OpsKit and its yardstick were measured
in the same run, which is dated; sections may be of different runs. Times are the best of several alternating runs of OpsKit and its yardstick on the same machine, the peers on loopback, OpsKit as a Native AOT binary but for *Reading*, which
BenchmarkDotNet runs. CPU is user and system time of the whole process, memory its peak resident set.

    tests/OpsKit.Benchmarks/run [--write] [reading] [retrieval] [lab] [ssh] [upload] [start] [audit] [vibs]

It needs what `tests/run` installs, root (for the SSH server's user), some ten minutes and a machine with nothing else to do; the exit code is 1
where a limit is missed. Wall times against loopback servers share the processors with those servers: compare ratios, not seconds.
"""


class Report:
    def __init__(self, when):
        self.when = when
        self.sections = []
        self.all_met = True

    def section(self, title, text):
        section = Section(self, title, text)
        self.sections.append(section)
        return section

    def write(self, path):
        kept = previous_sections(path)
        for section in self.sections:
            kept[section.title] = section.markdown()
        path.parent.mkdir(exist_ok=True)
        path.write_text(INTRODUCTION + "".join("\n" + text for text in kept.values()), encoding="utf-8")
        print(f"\nwritten to {path}")


def previous_sections(path):
    """What earlier runs measured stays until it is measured anew."""
    if not path.exists():
        return {}
    parts = re.split(r"^(?=## )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {part.splitlines()[0][3:]: part.rstrip("\n") + "\n" for part in parts}


class Section:
    def __init__(self, report, title, text):
        self.report, self.title, self.text, self.rows = report, title, text, []
        print(f"{title}\n{'':2}{'':48} {'measured':>14} {'limit':>14}")

    def row(self, what, measured, limit=None, unit="", digits=2):
        """A limit of None is a yardstick's own number."""
        met = None if limit is None else measured <= limit
        self.rows.append((what, number(measured, digits, unit), "" if limit is None else "≤ " + number(limit, digits, unit), {None: "", True: "met", False: "**missed**"}[met]))
        self.report.all_met &= met is not False
        print("{:2}{:48} {:>14} {:>14}  {}".format("", *self.rows[-1]).replace("**", ""), flush=True)

    def markdown(self):
        date = time.strftime("%Y-%m-%d %H:%M UTC", self.report.when)
        lines = [f"## {self.title}", "", self.text, "", f"{date}; {machine()}.", "", "| | measured | limit | verdict |", "| --- | --: | --: | --- |"]
        return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in self.rows]) + "\n"


def number(value, digits, unit):
    return f"{value:,.{digits}f}{' ' + unit if unit else ''}"


def machine():
    with open("/proc/cpuinfo", encoding="ascii") as info:
        model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), platform.machine())
    with open("/etc/os-release", encoding="utf-8") as release:
        system = next(line.split("=")[1].strip().strip('"') for line in release if line.startswith("PRETTY_NAME"))
    sdk = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    load = os.getloadavg()[0]
    facts = f"{model}, {os.cpu_count()} CPUs, {system}, Linux {platform.release()}, .NET SDK {sdk}"
    return f"{facts}, load average {load:.1f}" if load > 1.5 else facts
