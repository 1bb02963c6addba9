"""What the tables of figures share: results by name, figures as text, tables and paragraphs as Markdown."""

import json
import shlex

# Methods as tables call them.
METHODS = {
    "bp": "BP", "shallow": "shallow", "dfa": "DFA", "dfa+anchors": "DFA + anchors", "dfa-identity": "DFA, identity",
    "dfa-identity+anchors": "DFA, identity + anchors", "usf": "uSF", "dkp": "DKP", "fdfa": "FDFA", "grape": "GrAPE", "ridge": "ridge",
}
WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


class Damaged(Exception):
    pass


class Results:
    """The files of results by name."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, name):
        try:
            return json.loads((self.folder / name).read_text())
        except (OSError, ValueError) as error:
            raise Damaged(f"{self.folder / name}: {error}") from None

    def lines(self, name):
        try:
            return [json.loads(line) for line in (self.folder / name).read_text().splitlines()]
        except (OSError, ValueError) as error:
            raise Damaged(f"{self.folder / name}: {error}") from None

    def paths(self, pattern):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.glob(pattern))


def setting(run, key):
    """What a run's command says of an option, "--method", or a key of the configuration; None where it says nothing."""
    words = shlex.split(run["command"])
    if key in words:
        return words[words.index(key) + 1]
    return next((word.split("=", 1)[1] for word in words if word.startswith(key + "=")), None)


def steps_by_bp(method, metrics):
    """How many steps of a method were by BP, of its metrics over seeds or of one run's."""
    steps = metrics.get("stepsByBP", 0)
    return "all" if method == "bp" else f"{steps['mean'] if isinstance(steps, dict) else steps:.0f}"


def mean(statistics, digits, scale=1):
    """A mean with so many digits behind the point, and of several values the deviation."""
    if statistics is None:
        return "–"
    text = f"{scale * statistics['mean']:.{digits}f}"
    return text + f" ± {scale * statistics['std']:.{digits}f}" if len(statistics["values"]) > 1 else text


def figure(statistics, seeds=None):
    """Percent, with the deviation over seeds; with the seeds where they are not the row's."""
    text = mean(statistics, 1, scale=100)
    if statistics is None:
        return text
    count = len(statistics["values"])
    return text if seeds in (None, count) else f"{text} ({count} seed{'' if count == 1 else 's'})"


def table(head, rows, numbers=False):
    """A table in Markdown; with numbers, all columns but the first are set to the right."""
    line = ["---"] + ["---:" if numbers else "---"] * (len(head) - 1)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in [head, line] + rows)


def number(count):
    return WORDS[count] if count < len(WORDS) else str(count)


def counted(count, noun):
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def significant(value, digits=3):
    """A number with so many digits that count."""
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    return f"{value:.{max(digits - whole, 0)}f}"


def wrapped(text, width=118):
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return "\n".join(lines) + "\n"
