"""Tables of accuracies: what a table of dfa reproduce, the searches, dfa compare and the demonstration gave."""

import math
import statistics

from table_text import METHODS, counted, figure, number, steps_by_bp, table, wrapped

LEVEL = 0.05
# Rows in which DFA had more care than BP, so that no difference counts.
UNEQUAL = {
    "SplineConv, Cora": "DFA's search there went on longer than BP's, and its test was looked at three times",
    "DNAConv, Cora, five folds": "DFA's search there tried more settings than BP's",
    "DNAConv, CiteSeer, five folds": "DFA's error was tried over several numbers of edges there",
}
CPU, GPU = "CPU-2026-11-27", "H200-2026-11-26-b"


def probability(first, second):
    """Student's t-test of paired values: how probable so great a mean difference is by chance.

    As PairedDifference in Sources/Basics; Abramowitz and Stegun 1972, 26.7.3 and 26.7.4.
    """
    differences = [a - b for a, b in zip(first, second, strict=True)]
    n = len(differences)
    mean = sum(differences) / n
    deviation = math.sqrt(sum((d - mean) ** 2 for d in differences) / (n - 1))
    if deviation == 0:
        return 1 if mean == 0 else 0
    freedom = n - 1
    angle = math.atan(abs(mean) / (deviation / math.sqrt(n)) / math.sqrt(freedom))
    term, total = 1, 0
    for k in range(freedom // 2):
        total += term
        m = 2 * k + (2 if freedom % 2 else 1)
        term *= m / (m + 1) * math.cos(angle) ** 2
    if freedom % 2:
        return 1 - 2 / math.pi * (angle + math.sin(angle) * math.cos(angle) * total)
    return 1 - math.sin(angle) * total


def verdicts(rows):
    """What can be claimed of DFA beside BP in all rows together, of (name, BP's statistics, BP's with published settings, DFA's).

    The better of BP's two settings is chosen by the validation data, which is noisy: a claim has to hold against both.
    """
    compared = [row for row in rows if row[0] not in UNEQUAL and len(row[3]["values"]) > 1]
    better, worse = [], []
    for name, searched, published, dfa in compared:
        claims = [
            probability(dfa["values"], bp["values"]) < LEVEL / len(compared) and (1 if dfa["mean"] > bp["mean"] else -1)
            for bp in (searched, published) if bp and len(bp["values"]) == len(dfa["values"])]
        if set(claims) == {1}:
            better.append(name)
        elif set(claims) == {-1}:
            worse.append(name)

    def names(of):
        return f"{number(len(of))} ({'; '.join(of)})" if of else "none"

    opponents = "BP searched and BP as published, both" if any(row[2] for row in compared) else "BP searched"
    rest = len(compared) - len(better) - len(worse)
    text = (
        f"A paired t-test over seeds, at 5 % over {number(len(compared))} rows together, of DFA searched beside {opponents}, claims DFA "
        f"better than BP in {names(better)} and worse in {names(worse)}; of the other {number(rest)} nothing is claimed.")
    for name, reason in UNEQUAL.items():
        if any(row[0] == name for row in rows):
            text += f" {name}, is left out, for {reason}."
    return text


def reproduction(results, name):
    """The cells of a table of dfa reproduce as {(row, column): cell}; of a method the latest figures count."""
    cells = {}
    for path in results.paths(f"CPU-*/{name}.json"):
        for cell in results(path)["cells"]:
            cells.setdefault((cell["row"], cell["column"]), {}).update(cell)
    return cells


def graphs(results):
    cells = reproduction(results, "table3")
    rows, compared = [], []
    for (row, column), cell in cells.items():
        published = cells.get((f"{row} published", column))
        if published is None or "bp" not in cell or "dfa" not in cell:
            continue
        name = f"{row}, {column}" + (", five folds" if row == "DNAConv" else "")
        seeds = len(cell["dfa"]["values"])
        rows.append(
            [name, str(seeds)]
            + [figure(of.get(method), seeds) for method in ("bp", "dfa") for of in (published, cell)]
            + [f"{100 * cell['paper']['bp']:.1f} / {100 * cell['paper']['dfa']:.1f}"])
        compared.append((name, cell["bp"], published.get("bp"), cell["dfa"]))
    head = ["", "seeds", "BP, published settings", "BP, searched", "DFA, published settings", "DFA, searched",
            "in the paper (BP / DFA)"]
    return table(head, rows) + "\n" + wrapped(verdicts(compared))


def autoencoder(results):
    cells = reproduction(results, "table4")
    rows, compared = [], []
    for metric in ("AUC", "AP"):
        for (row, column), cell in cells.items():
            if row != f"GAE {metric}":
                continue
            narrow = cells[(f"GAE published {metric}", column)]
            if "bp" not in cell or "dfa" not in cell:
                continue
            seeds = len(cell["dfa"]["values"])
            name = f"{column}, {'AUC' if metric == 'AUC' else 'average precision'}"
            rows.append(
                [name, str(seeds)]
                + [figure(of.get(method), seeds) for of in (narrow, cell) for method in ("bp", "dfa")]
                + [f"{100 * cell['paper']['bp']:.1f} / {100 * cell['paper']['dfa']:.1f}"])
            compared.append((name, cell["bp"], None, cell["dfa"]))
    head = ["", "seeds", "BP, 32 units", "DFA, 32 units", "BP, 128 units", "DFA, 128 units",
            "in the paper, 32 units (BP / DFA)"]
    return table(head, rows) + "\n" + wrapped(verdicts(compared))


def searches(results):
    """BP's searches: what was chosen for each preset, of how many settings, and its validation metric."""
    presets = {}
    for path in results.paths("CPU-*/searches/*.json"):
        search = results(path)
        presets.setdefault((search["preset"].removesuffix("-published"), len(search["seeds"])), []).extend(search["trials"])
    rows = []
    for (preset, seeds), trials in sorted(presets.items()):
        best = max(trials, key=lambda trial: trial.get("mean", -math.inf))
        settings = ", ".join(f"{key.split('.')[-1]} {value}" for key, value in sorted(best["settings"].items()))
        rows.append([f"`{preset}`", str(len(trials)), str(seeds), settings, figure(best)])
    return table(["preset", "settings tried", "seeds", "the best by validation", "validation"], rows)


def demo(results):
    image, graph = results("CPU-2026-11-26/demo.json")["comparisons"][:2]

    return wrapped(
        f"It downloads LibTorch and some data, builds everything, trains for a few minutes, and ends with a page of curves and these "
        f"figures: a perceptron on Fashion-MNIST reaches {accuracy(image, 'dfa')} % test accuracy by DFA and {accuracy(image, 'bp')} % "
        f"by backpropagation in five epochs ({counted(len(image['seeds']), 'seed')}, so nothing is claimed), a graph network on CiteSeer "
        f"{accuracy(graph, 'dfa')} % and {accuracy(graph, 'bp')} % over {counted(len(graph['seeds']), 'seed')}.")


def accuracy(comparison, method):
    """Of a comparison of dfa compare, percent of the test data."""
    return figure(comparison["methods"][method]["metrics"]["testAccuracy"])


def fashion_mnist(results):
    comparison = results(f"{CPU}/fashion-mnist.json")
    return wrapped(
        f"A perceptron 784-800-800-800-10 on Fashion-MNIST, with one setting for all methods, reaches {accuracy(comparison, 'bp')} % by "
        f"BP, {accuracy(comparison, 'dfa')} % by DFA and {accuracy(comparison, 'shallow')} % by shallow training, which trains only what "
        f"lies above the last hidden layer ({counted(len(comparison['seeds']), 'seed')}):")


def cifar_10(results):
    runs = [run for run in results.lines(f"{GPU}/table2-2019.jsonl") if run["preset"] == "mlp-cifar-10-tuned"]
    values = [run["result"]["metrics"]["testAccuracy"] for run in runs]
    reached = {"mean": statistics.mean(values), "std": statistics.stdev(values), "values": values}
    return wrapped(
        f"The 2019 paper's perceptron on CIFAR-10, 3072-800-800-800-10, reaches {figure(reached)} % by DFA with settings of ours "
        f"({counted(len(values), 'seed')}, on an NVIDIA H200); the paper's best is 52.9 ± 0.4 %:")


def convolutions(results):
    """Networks of convolutions by the methods for the gap between BP and DFA, in the order of the first."""

    def network(name):
        methods = results(f"{CPU}/convolutions-{name}.json")["methods"]
        often = f"{CPU}/convolutions-{name}-often.json"
        return methods | ({"ridge-often": results(often)["methods"]["ridge"]} if results.paths(often) else {})

    def cells(methods, name):
        if name not in methods:
            return ["–", "–"]  # every 50 steps, on CIFAR-10 alone
        metrics = methods[name]["metrics"]
        return [figure(metrics["testAccuracy"]), steps_by_bp(name, metrics)]

    titles = METHODS | {"ridge-often": "ridge, every 50 steps"}
    networks = [network("cnn"), network("vgg")]
    names = sorted(networks[0], key=lambda name: -networks[0][name]["metrics"]["testAccuracy"]["mean"])
    rows = [[titles[name], *(cell for methods in networks for cell in cells(methods, name))] for name in names]
    return table(["method", "CIFAR-10 (%)", "steps by BP", "ten classes of Tiny ImageNet (%)", "steps by BP"], rows)


TABLES = {
    "graphs": graphs, "autoencoder": autoencoder, "searches": searches, "demo": demo, "fashion-mnist": fashion_mnist,
    "cifar-10": cifar_10, "convolutions": convolutions,
}
