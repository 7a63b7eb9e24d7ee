def measure(report):
    raise SystemExit("later")
