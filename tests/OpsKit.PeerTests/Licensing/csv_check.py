#!/usr/bin/python3
"""Reads a vRAM report with Python's csv module, as a script of the time would: one JSON object with the header, the rows and their sums."""
import csv
import json
import sys
from decimal import Decimal


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    header, records = rows[0], rows[1:]
    assert all(len(record) == len(header) for record in records), "every record has every column"
    sums = {name: str(sum(Decimal(record[i]) for record in records if record[i])) for i, name in enumerate(header) if name.startswith("vRAM")}
    json.dump({"header": header, "rows": [dict(zip(header, record)) for record in records], "sums": sums}, sys.stdout)


if __name__ == "__main__":
    main()
