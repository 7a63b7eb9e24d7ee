"""Properties of 5,000 virtual machines from vcsim, against curl fetching the same bytes."""
import subprocess
from contextlib import contextmanager

from driver.processes import ARTIFACTS, alternate, client, run_once

SETS = {
    "four": ("four properties", ["name", "runtime.powerState", "runtime.host", "config.hardware.memoryMB"], 0.25),
    "six": ("name, devices, summary, runtime, storage, layoutEx", ["name", "config.hardware.device", "summary", "runtime", "storage", "layoutEx"], 1.0),
}
ENVELOPE = '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>{}</soapenv:Body></soapenv:Envelope>'
LOGIN = '<Login xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this><userName>user</userName><password>pass</password></Login>'
VIEW = '<CreateContainerView xmlns="urn:vim25"><_this type="ViewManager">ViewManager</_this><container type="Folder">group-d1</container><type>VirtualMachine</type><recursive>true</recursive></CreateContainerView>'
RETRIEVE = (
    '<RetrievePropertiesEx xmlns="urn:vim25"><_this type="PropertyCollector">propertyCollector</_this><specSet><propSet><type>VirtualMachine</type>{paths}</propSet>'
    '<objectSet><obj type="ContainerView">{view}</obj><skip>true</skip><selectSet xsi:type="TraversalSpec"><type>ContainerView</type><path>view</path><skip>false</skip></selectSet>'
    "</objectSet></specSet><options/></RetrievePropertiesEx>")


def measure(report):
    program = client()
    with simulator() as vcsim:
        view = call(vcsim, VIEW) if call(vcsim, LOGIN) else ""
        view = view.split("</returnval>")[0].rsplit(">", 1)[1]
        for name, (title, paths, cpu_limit) in SETS.items():
            request, answer = ARTIFACTS / f"{name}.xml", ARTIFACTS / f"{name}-answer.xml"
            request.write_text(ENVELOPE.format(RETRIEVE.format(paths="".join(f"<pathSet>{p}</pathSet>" for p in paths), view=view)), encoding="utf-8")
            fetch = curl(vcsim, f"@{request}") + ["--output", str(answer)]
            retrieve = [program, "retrieve", vcsim["url"], vcsim["thumbprint"], vcsim["user"], name]
            counted = ARTIFACTS / f"{name}-counted.txt"
            own, yardstick = alternate(
                7, lambda: run_once(retrieve, {"BENCHMARK_PASSWORD": vcsim["password"]}, str(counted)), lambda: run_once(fetch))
            text = counted.read_text(encoding="utf-8").strip()
            if not text.startswith(f"{objects_in(answer)} "):
                raise SystemExit(f"opskit counted {text}, curl's answer holds another number")
            section = report.section(
                f"Retrieval: {title}",
                f"{text} of vcsim (200 hosts) over HTTPS, {answer.stat().st_size / 1e6:.1f} MB. OpsKit: connect, check the certificate, log in, create a view, read and count, log out. "
                "curl: one request for the same bytes, session and view made before, no certificate check. The certificate is pinned, so OpsKit leaves out the "
                "system's certificate authorities, which .NET would read in the process's first handshake for some 50 ms.")
            section.row("curl, wall", yardstick.wall, unit="s")
            section.row("OpsKit, wall", own.wall, unit="s")
            section.row("OpsKit, wall as a ratio to curl's", own.wall / yardstick.wall, 1.2)
            section.row("curl, CPU", yardstick.cpu, unit="s")
            section.row("OpsKit, CPU", own.cpu, cpu_limit, "s")
            section.row("OpsKit, peak memory", own.peak_mb, 80, "MB", 0)


def objects_in(answer):
    """In another process: what this one holds in memory would count as its children's peak."""
    found = subprocess.run(["grep", "--only-matching", "<objects>", str(answer)], stdout=subprocess.PIPE, text=True, check=True)
    return len(found.stdout.split())


@contextmanager
def simulator():
    process = subprocess.Popen(
        ["bash", "tests/vcsim/run", "-stdin", "-clusters", "10", "-hosts", "20", "-standalone-hosts", "0", "-vms", "500"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    facts = {}
    for line in process.stdout:
        if line.strip() == "ready":
            break
        name, _, value = line.strip().partition(": ")
        facts[name] = value
    try:
        yield facts
    finally:
        process.stdin.close()
        process.wait(60)


def curl(vcsim, body):
    jar = str(ARTIFACTS / "cookies.txt")
    return ["curl", "--silent", "--show-error", "--fail", "--insecure", "--cookie", jar, "--cookie-jar", jar,
            "--header", "Content-Type: text/xml", "--header", 'SOAPAction: "urn:vim25/6.5"', "--data-binary", body, vcsim["url"]]


def call(vcsim, body):
    return subprocess.run(curl(vcsim, ENVELOPE.format(body)), check=True, capture_output=True, text=True).stdout
