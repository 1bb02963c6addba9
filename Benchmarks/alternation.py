"""What the benchmarks share that compare our processes with others in alternation."""

import argparse
import hashlib
import json
import math
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
from pathlib import Path

USAGE, UNAVAILABLE, INTERRUPTED = 64, 69, 130  # exit statuses


class Failure(Exception):
    def __init__(self, message, status=1):
        super().__init__(message)
        self.status = status


# Options


class Parser(argparse.ArgumentParser):
    def error(self, message):
        raise Failure(f"{message}; see {self.prog} --help", USAGE)


def names(known):
    def parse(text):
        chosen = list(dict.fromkeys(text.split(",")))
        for name in chosen:
            if name not in known:
                raise argparse.ArgumentTypeError(f"unknown name '{name}'; known are {', '.join(known)}")
        return chosen

    return parse


def positive(kind):
    def parse(text):
        try:
            value = kind(text)
        except ValueError:
            value = 0
        if not 0 < value < math.inf:
            raise argparse.ArgumentTypeError(f"'{text}' is not a positive number")
        return value

    return parse


# Programs


def find_dfa():
    dfa = os.environ.get("DFA") or str(Path(__file__).resolve().parent.parent / ".build/release/dfa")
    path = shutil.which(dfa)
    if path is None:
        raise Failure(f"{dfa} is not there; run make build", UNAVAILABLE)
    return path


def run(command, threads=None):
    """What the command printed; a failure when it fails, with the last that it said."""
    environment = os.environ | ({"OMP_NUM_THREADS": str(threads)} if threads else {})
    try:
        result = subprocess.run(command, env=environment, capture_output=True, text=True)
    except OSError as error:
        raise Failure(f"cannot run {command[0]}: {error.strerror}", UNAVAILABLE) from error
    if result.returncode:
        raise failure_of(command, f"exit status {result.returncode}", result)
    return result


def failure_of(command, problem, result):
    said = (result.stderr.strip() or result.stdout.strip() or "(it printed nothing)").splitlines()
    last = "\n".join("  " + line for line in said[-8:])
    return Failure(f"{problem} from: {' '.join(command)}\n{last}")


def measure(command, threads, valid):
    result = run(command, threads)
    try:
        value = json.loads(result.stdout)
    except json.JSONDecodeError:
        raise failure_of(command, "no JSON", result) from None
    if not valid(value):
        raise failure_of(command, "unexpected JSON", result)
    return value


# Files


def write_whole(file, text):
    """Writes by way of another file, so that the file is never half written."""
    partial = file.with_name(file.name + ".partial")
    partial.write_text(text)
    partial.replace(file)


# Numbers


def middle(values):
    values = [value for value in values if value is not None]
    return statistics.median(values) if values else None


def quotient(a, b):
    return a / b if a is not None and b else None


def table(header, rows):
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return "".join("| " + " | ".join(cells) + " |\n" for cells in [header, rule, *rows])


def number(value, digits=2, scale=1):
    return "–" if value is None else f"{value * scale:.{digits}f}"


# The command


def progress(message):
    print(f"{Path(sys.argv[0]).name}: {message}", file=sys.stderr, flush=True)


def processor():
    try:
        match = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    except OSError:
        match = None
    return match.group(1).strip() if match else platform.machine()


def digest(files):
    """Changes when one of the files does, so that results of two builds are not mixed."""
    value = hashlib.sha256()
    for file in files:
        value.update(Path(file).read_bytes())
    return value.hexdigest()[:12]


def command(main):
    """Runs a benchmark; ends the process with a line and a status when it fails."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # ends the running process too
    try:
        main()
    except Failure as failure:
        progress(str(failure))
        sys.exit(failure.status)
    except KeyboardInterrupt:
        progress("interrupted")
        sys.exit(INTERRUPTED)
