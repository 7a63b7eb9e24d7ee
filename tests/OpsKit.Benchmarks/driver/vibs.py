"""Inspecting an offline bundle of 100 MB with every digest, against unzip -t and sha256sum."""
import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from driver.processes import ARTIFACTS, Measured, alternate, publish, run_once

SIZE_MB = 100
PACKAGE_MB = 12
VERSIONS = "<metadata><productId>embeddedEsx</productId><version>6.*</version><locale/><url>metadata.zip</url><channelName>default</channelName></metadata>"


def measure(report):
    opskit = str(publish("src/OpsKit.Cli", "opskit") / "opskit")
    bundle = ARTIFACTS / "bundle.zip"
    content = make(bundle)
    told = ARTIFACTS / "inspect.txt"
    environment = {"OPSKIT_CONFIG_DIR": str(ARTIFACTS / "config"), "OPSKIT_STATE_DIR": str(ARTIFACTS / "state")}

    def peers():
        tested, summed = run_once(["unzip", "-tqq", str(bundle)]), run_once(["sha256sum", str(bundle)])
        return Measured(tested.wall + summed.wall, tested.cpu + summed.cpu, max(tested.peak_mb, summed.peak_mb))

    own, both = alternate(7, lambda: run_once([opskit, "vib", "inspect", str(bundle)], environment, output=str(told)), peers)
    text = told.read_text(encoding="utf-8")
    digest = subprocess.run(["sha256sum", bundle], check=True, capture_output=True, text=True).stdout.split()[0]
    if digest not in text or "Nothing is wrong with it" not in text:
        sys.exit(f"opskit vib inspect: not what it should say:\n{text}")
    section = report.section(
        "Inspecting a bundle: 100 MB",
        f"`opskit vib inspect` on an offline bundle of {SIZE_MB} MB, packages of {PACKAGE_MB} MB whose payloads hold {content / 1e6:.0f} MB of programs, packed by Python's zipfile, gzip and tarfile as "
        "VMware's tools do. It calculates the SHA-256 of the bundle, of every package and of every payload, decompresses the payloads for the SHA-1 of their content, and lists the files. "
        "`unzip -t` reads the bundle once and compares CRCs; `sha256sum` reads it once more.")
    section.row("unzip -t and sha256sum, wall", both.wall, unit="s")
    section.row("OpsKit, wall", own.wall, unit="s")
    section.row("OpsKit, wall as a ratio to both", own.wall / both.wall, 1.5)
    section.row("unzip -t and sha256sum, CPU", both.cpu, unit="s")
    section.row("OpsKit, CPU", own.cpu, unit="s")
    section.row("OpsKit, peak memory", own.peak_mb, 100, "MB", 0)


def make(bundle):
    """Makes the bundle, and says how many bytes its payloads hold. It is as good for the next run."""
    size = bundle.with_suffix(".size")
    if bundle.exists() and size.exists():
        return int(size.read_text(encoding="ascii"))
    bundle.parent.mkdir(parents=True, exist_ok=True)
    files, metadata, content = programs(), io.BytesIO(), 0
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as zip_file, zipfile.ZipFile(metadata, "w", zipfile.ZIP_DEFLATED) as inner:
        zip_file.writestr("index.xml", "<vendorList><vendor><name>ACME</name><code>ACME</code><indexfile>vendor-index.xml</indexfile><relativePath/></vendor></vendorList>")
        zip_file.writestr("vendor-index.xml", f"<metaList>{VERSIONS}</metaList>")
        number = 0
        while zip_file.fp.tell() < SIZE_MB * 1_000_000:
            number += 1
            payload, plain, names = payload_of(files)
            content += len(plain)
            package, described = package_of(f"driver-{number}", payload, plain, names)
            path = f"vib20/driver-{number}/ACME_bootbank_driver-{number}_1.0-1.vib"
            zip_file.writestr(path, package)
            where = f"<relative-path>{path}</relative-path><packed-size>{len(package)}</packed-size><checksum checksum-type=\"sha-256\">{hashlib.sha256(package).hexdigest()}</checksum></vib>"
            inner.writestr(f"vibs/driver-{number}-1.xml", described.replace("</vib>", where))
        inner.close()
        zip_file.writestr("metadata.zip", metadata.getvalue())
    size.write_text(str(content), encoding="ascii")
    return content


def programs():
    """Programs of this machine, again and again: those of the SDK."""
    folder = Path(os.path.realpath(shutil.which("dotnet"))).parent
    files = sorted(path for path in folder.rglob("*.dll") if path.is_file())
    while True:
        yield from files


def payload_of(files):
    plain, names, packed = io.BytesIO(), [], 0
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        while packed < PACKAGE_MB * 1_000_000:
            data = next(files).read_bytes()
            entry = tarfile.TarInfo(f"opt/acme/{len(names):04}.so")
            entry.size, entry.mode = len(data), 0o555
            tar.addfile(entry, io.BytesIO(data))
            names.append(entry.name)
            packed += len(gzip.compress(data, 1))
    return gzip.compress(plain.getvalue(), 6, mtime=0), plain.getvalue(), names


def package_of(name, payload, plain, names):
    described = (
        f'<vib version="5.0"><type>bootbank</type><name>{name}</name><version>1.0-1</version><vendor>ACME</vendor><summary>{name}</summary><description/>'
        "<release-date>2026-01-31T12:00:00.000000+00:00</release-date><urls/><relationships><depends/><conflicts/><replaces/><provides/><compatibleWith/></relationships>"
        "<software-tags/><system-requires><maintenance-mode>true</maintenance-mode></system-requires>"
        f'<file-list>{"".join(f"<file>{file}</file>" for file in names)}</file-list><acceptance-level>community</acceptance-level>'
        "<live-install-allowed>false</live-install-allowed><live-remove-allowed>false</live-remove-allowed><cimom-restart>false</cimom-restart>"
        f'<stateless-ready>true</stateless-ready><overlay>false</overlay><payloads><payload name="driver" type="tgz" size="{len(payload)}">'
        f'<checksum checksum-type="sha-256">{hashlib.sha256(payload).hexdigest()}</checksum>'
        f'<checksum checksum-type="sha-1" verify-process="gunzip">{hashlib.sha1(plain).hexdigest()}</checksum></payload></payloads></vib>')
    archive = io.BytesIO()
    archive.write(b"!<arch>\n")
    for member, data in (("descriptor.xml", described.encode()), ("sig.pkcs7", b""), ("driver", payload)):
        archive.write(f"{member:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode("ascii") + data + b"\n" * (len(data) % 2))
    return archive.getvalue(), described
