"""Tables of click-through rates: BP beside PyTorch's by BARS's recipes, and methods beside BP, from dfa compare and dfa reproduce."""

import statistics

from table_text import counted, mean, table, wrapped

FOLDER = "CPU-2026-11-27"
DATASETS = {"frappe-log": "Frappe log", "movielens-100k": "MovieLens-100k"}
MODELS = {"fm": "FM", "deepfm": "DeepFM", "dcn": "Deep & Cross", "afn": "AFN", "afn-100": "AFN, 100 neurons"}
NETWORKS = ["DeepFM", "perceptron alone", "Deep & Cross", "AFN"]
# Below so great a difference between BP and shallow training a share of it says nothing.
LEAST_GAP = 0.01
# What a claim of equality allows.
MARGIN = 0.002


def area(found):
    """An area under the curve with its deviation over seeds."""
    return mean(found, 4)


def bars(results):
    """BP by BARS's recipes beside the same in PyTorch on the same rows."""
    peers = {}
    for run in results.lines(f"{FOLDER}/pytorch-recommenders.jsonl")[1:]:
        peers.setdefault((run["model"], run["dataset"]), {})[run["seed"]] = run["auc"]
    rows, greatest = [], 0
    for path in results.paths(f"{FOLDER}/bars/*.json"):
        name = path.split("/")[-1].removesuffix(".json")
        dataset = next(key for key in DATASETS if name.endswith(key))
        model = name.removesuffix(f"-{dataset}")
        comparison = results(path)
        ours = comparison["methods"]["bp"]["metrics"]["testAUC"]
        theirs = list(peers[model, dataset].values())
        peer = {"mean": statistics.mean(theirs), "std": statistics.stdev(theirs), "values": theirs}
        difference = ours["mean"] - peer["mean"]
        greatest = max(greatest, abs(difference))
        rows.append([f"{MODELS[model]}, {DATASETS[dataset]}", area(ours), area(peer), f"{difference:+.4f}",
                     f"{len(ours['values'])} / {len(theirs)}"])
    return table(["test AUC by BARS's recipe", "BP here", "PyTorch", "difference", "seeds"], rows) + "\n" + wrapped(
        f"The greatest difference is {greatest:.4f}. The rows and their split are the same to the byte, seeds draw other weights in either.")


def cells(results):
    found = {}
    for path in results.paths(f"{FOLDER}/table2*.json") + results.paths(f"{FOLDER}/tableA3*.json"):
        for cell in results(path)["cells"]:
            found.setdefault((cell["row"], cell["column"]), {}).update(cell)
    return found


def methods(results):
    """BP, DFA and shallow training of each network, each with its own search."""
    found = cells(results)
    rows, equal, less, unclaimed, fdfa = [], [], [], [], []
    for column in DATASETS.values():
        for network in NETWORKS:
            cell = found.get((f"{network}: AUC", column))
            if cell is None or "shallow" not in cell:
                continue
            bp, dfa, shallow = (cell[method] for method in ("bp", "dfa", "shallow"))
            gap = bp["mean"] - shallow["mean"]
            recovery = f"{(dfa['mean'] - shallow['mean']) / gap:.2f}" if gap >= LEAST_GAP else "no claim"
            name = f"{network}, {column}"
            learned = [found.get((f"{network} by FDFA{place}: AUC", column), {}).get("fdfa") for place in ("", " macro")]
            fdfa += [f"{one['mean'] - bp['mean']:+.4f} ({name}, {place}, {counted(len(one['values']), 'seed')})"
                     for one, place in zip(learned, ("a point a layer", "macro")) if one]
            (equal if dfa["mean"] >= bp["mean"] - MARGIN else less).append(name)
            if gap < LEAST_GAP:
                unclaimed.append(name)
            rows.append([name, str(len(dfa["values"])), area(bp), area(dfa), area(shallow),
                         f"{dfa['mean'] - bp['mean']:+.4f}", recovery])
    text = f"DFA is not more than {MARGIN} below BP in {counted(len(equal), 'row')}"
    text += f", and further below in {counted(len(less), 'row')} ({'; '.join(less)})." if less else "."
    if fdfa:
        text += f" Feedback that learns, FDFA, beside BP: {'; '.join(fdfa)}. Macro, its one matrix becomes the last "
        text += "layer's weights, so that little is left that differs from BP."
    if unclaimed:
        text += f" Where BP is not {LEAST_GAP} above shallow training no share is given: {'; '.join(unclaimed)}."
    head = ["test AUC", "seeds", "BP", "DFA", "shallow", "DFA - BP", "recovered of BP - shallow"]
    return table(head, rows) + "\n" + wrapped(text)


def placements(results):
    """Where feedback comes in, and what feedback that learns gives back."""
    found = cells(results)
    rows = []
    for column in DATASETS.values():
        for network in NETWORKS:
            layers = found.get((f"{network}: AUC", column))
            macro = found.get((f"{network} macro: AUC", column), {})
            point = found.get((f"{network} with a point at the embedding: AUC", column), {})
            if layers is None or not (macro or point):
                continue
            rows.append([f"{network}, {column}", area(layers["bp"]), area(layers["dfa"]), area(macro.get("dfa")),
                         *(area(point.get(method)) for method in ("dfa", "dkp", "fdfa"))])
    head = ["test AUC", "BP", "DFA, a point a layer", "DFA, one point (macro)", "DFA, the embedding at a point too", "the same by DKP",
            "the same by FDFA"]
    return table(head, rows) + "\n" + wrapped(
        "Figures without a deviation are of one seed, so that differences of a few thousandths say nothing.")


def alignment(results):
    """The alignment of each point with backpropagation, and its deviation over rows."""
    # The whole table first, then rows that were computed again.
    found = {(cell["row"], cell["column"]): cell
             for path in sorted(results.paths(f"{FOLDER}/tableA1*.json"), reverse=True) for cell in results(path)["cells"]}
    points = [row for row, column in found if column in DATASETS.values() and not row.endswith("(deviation)")]

    def text(point, column):
        mean, deviation = (found[row, column]["dfa"]["mean"] for row in (point, f"{point} (deviation)"))
        return f"{mean:.2f} ({deviation:.2f})"

    return table(
        ["point", *DATASETS.values()],
        [[point, *(text(point, column) for column in DATASETS.values())] for point in dict.fromkeys(points)])


TABLES = {"click-alignment": alignment, "click-bars": bars, "click-methods": methods, "click-placements": placements}
