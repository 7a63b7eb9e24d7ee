"""Reading 10,000 virtual machines: OpsKit.Vim25 against XmlSerializer, by BenchmarkDotNet."""
import json
import subprocess

from driver.processes import ARTIFACTS


def measure(report):
    subprocess.run(
        ["dotnet", "run", "--project", "tests/OpsKit.Benchmarks", "--configuration", "Release", "--",
         "--filter", "*ReadVirtualMachines*", "--exporters", "briefjson", "--artifacts", str(ARTIFACTS / "reading")],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    results = next((ARTIFACTS / "reading" / "results").glob("*-report-brief.json"))
    by_name = {b["Method"]: b for b in json.loads(results.read_text(encoding="utf-8"))["Benchmarks"]}
    own, yardstick = by_name["OpsKit"], by_name["XmlSerializer"]
    section = report.section(
        "Reading",
        "A RetrievePropertiesEx answer of 10,000 virtual machines (name, runtime, summary, config.hardware.device) in memory, read into objects: OpsKit.Vim25's generated "
        "readers against XmlSerializer on the classes that xsd.exe would make of the same schema. BenchmarkDotNet, the mean of 8 iterations.")
    section.row("XmlSerializer, time", milliseconds(yardstick), unit="ms", digits=0)
    section.row("OpsKit, time", milliseconds(own), unit="ms", digits=0)
    section.row("OpsKit, time as a ratio to XmlSerializer's", milliseconds(own) / milliseconds(yardstick), 1 / 3)
    section.row("XmlSerializer, allocated", megabytes(yardstick), unit="MB", digits=0)
    section.row("OpsKit, allocated", megabytes(own), unit="MB", digits=0)
    section.row("OpsKit, allocated as a ratio to XmlSerializer's", megabytes(own) / megabytes(yardstick), 1 / 3)


def milliseconds(benchmark):
    return benchmark["Statistics"]["Mean"] / 1e6


def megabytes(benchmark):
    return benchmark["Memory"]["BytesAllocatedPerOperation"] / 1e6
