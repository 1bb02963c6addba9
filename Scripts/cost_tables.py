"""Tables of costs: what a step, an epoch and feedback take in time and memory."""

from table_text import significant, table, wrapped

FOLDER, GPU = "CPU-2026-11-27", "H200-2026-11-26-b"
MEBIBYTE = 1 << 20
STEP = "16 layers, batch 1024"
NETWORKS = {
    "mlp-784": "perceptron 784-800x3-10, batch 128",
    "mlp-3072": "perceptron 3072-800x3-10, batch 128",
    "mlp-1024x12": "perceptron 1024x12, batch 256",
    "nerf-8x256": "radiance field 8x256, 16 384 points",
    "nerf-4x128": "radiance field 4x128, 16 384 points",
    "transformer-micro": "Transformer 6x512, 32 000 tokens, micro",
    "transformer-macro": "the same, macro",
}


def ratio(value):
    return "–" if value is None else f"{value:.2f}"


def step(results):
    """Of dfa bench step on a CPU, and of that and of PyTorch on a GPU."""
    cpu = outputs(results(f"{FOLDER}/step.json"))
    ours = outputs(results(f"{GPU}/step.json"))
    pytorch = {
        (measured["network"], measured["method"]): measured["median"]
        for name in ("pytorch", "compile") for measured in results(f"{GPU}/{name}.json")["processes"][-1]["output"]}
    rows = []
    for name, title in NETWORKS.items():
        here, there = cpu[name]["methods"], ours[name]["methods"]
        bp, dfa = (there[f"{method}+capture"]["secondsPerStep"]["median"] for method in ("bp", "dfa"))
        rows.append(
            [title, spread(here["dfa"]), ratio(here["dfa"]["limit"]), milliseconds(bp), milliseconds(dfa)]
            + [milliseconds(pytorch[name, method]) for method in ("bp", "bp-compile", "dfa-detached")])
    head = ["", "CPU: DFA / BP", "limit", "H200: our BP, ms", "our DFA, ms", "PyTorch BP, ms", "torch.compile BP, ms",
            "published-style DFA, ms"]
    return table(head, rows, numbers=True)


def outputs(document):
    """What each process of dfa bench step printed, by network."""
    return {process["output"]["network"]: process["output"] for process in document["processes"]}


def spread(method):
    """The ratio of a method's time, with its quartiles over the rounds."""
    low, high = method["ratioQuartiles"]
    return f"{ratio(method['ratio'])} ({ratio(low)}–{ratio(high)})"


def milliseconds(seconds):
    return significant(1000 * seconds)


def replay(results):
    """Of dfa bench memory and step: activations of a deep perceptron, and its step."""
    memory, steps = results(f"{FOLDER}/memory.json"), results(f"{FOLDER}/replay.json")
    rows = [
        [f"activations, {depth} layers"]
        + [f"{memory['methods'][method]['activationBytes'][index] / MEBIBYTE:.0f} MiB" for method in ("bp", "dfa", "replay")]
        for index, depth in enumerate(memory["depths"])]
    times = [spread(steps["methods"][method]) for method in ("dfa", "replay+fused")]
    rows.append([f"time of a step, {STEP}"] + ["1", times[0], f"{times[1]}, updates fused"])
    return table(["", "BP", "DFA", "DFA, replay"], rows, numbers=True)


def projection(results):
    """Of dfa bench projection: the memory and the time of feedback at VGG-16's size."""
    measured = results(f"{FOLDER}/projection.json")
    hadamard = next(kind for kind in measured["projections"] if kind["kind"] == "hadamard" and kind["storage"] == "stored")
    gigabytes = [f"{measured[key] / 1e9:.1f} GB" for key in ("vgg16IndependentBytes", "vgg16SharedBytes")]
    return wrapped(
        f"Feedback for VGG-16 on ImageNet takes {gigabytes[0]} with a matrix for each layer, {gigabytes[1]} with one for all; "
        f"`feedback.kind: hadamard` keeps {hadamard['storedBytes'] / 1e6:.1f} MB and projects {measured['rows']} errors to "
        f"{measured['width']:,} units in {significant(hadamard['projectSeconds'], 2)} s, `feedback.storage: regenerated` keeps nothing "
        f"(`dfa bench projection`).")


TABLES = {"step": step, "replay": replay, "projection": projection}
