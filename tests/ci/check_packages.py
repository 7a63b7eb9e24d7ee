"""Looks into the packed libraries: what a stranger who installs one must find in it."""
import re
import sys
import zipfile
from pathlib import Path

LIBRARIES = ["OpsKit.Vim25", "OpsKit.Connections", "OpsKit.Engine", "OpsKit.Modules"]


def problems_of(folder: Path, library: str):
    found = [p for p in folder.glob("*.nupkg") if re.fullmatch(re.escape(library) + r"\.\d.*\.nupkg", p.name)]
    if len(found) != 1:
        yield f"{len(found)} packages of this name, expected one"
        return
    package = found[0]
    with zipfile.ZipFile(package) as archive:
        names = set(archive.namelist())
        spec = archive.read(f"{library}.nuspec").decode("utf-8-sig")
    for name in ["README.md", f"lib/net10.0/{library}.dll", f"lib/net10.0/{library}.xml"]:
        if name not in names:
            yield f"{name} is missing"
    for element, pattern in {
        "licence": r'<license type="expression">MIT</license>',
        "readme": r"<readme>README\.md</readme>",
        "description": r"<description>[^<]{40,}</description>",
        "authors": r"<authors>[^<]+</authors>",
        "tags": r"<tags>[^<]*vsphere[^<]*</tags>",
    }.items():
        if not re.search(pattern, spec):
            yield f"its nuspec has no proper {element}"
    for test_only in re.findall(r'<dependency id="((?:xunit|Shouldly|Meziantou|Microsoft\.CodeAnalysis|OpsKit\.TestKit)[^"]*)"', spec):
        yield f"depends on {test_only}"
    symbols = package.with_suffix(".snupkg")
    if not symbols.exists():
        yield f"{symbols.name} is missing"
    elif f"lib/net10.0/{library}.pdb" not in zipfile.ZipFile(symbols).namelist():
        yield f"{symbols.name} holds no {library}.pdb"


def main() -> int:
    folder = Path(sys.argv[1])
    expected = {library: list(problems_of(folder, library)) for library in LIBRARIES}
    for library, problems in expected.items():
        print(f"{library}: {'ok' if not problems else ''}")
        for problem in problems:
            print(f"error: {library}: {problem}")
    strangers = [p.name for p in folder.glob("*.nupkg") if not any(re.match(re.escape(x) + r"\.\d", p.name) for x in LIBRARIES)]
    for name in strangers:
        print(f"error: {name} should not be packed")
    return 1 if strangers or any(expected.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
