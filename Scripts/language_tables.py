"""Tables of language models, from dfa compare."""

from math import exp, log

from table_text import METHODS, mean, setting, steps_by_bp, table, wrapped

FOLDER = "CPU-2026-11-27/language"
PLACES = {"macro": "macro", "micro": "micro"}
NORMS = {"post": "after sums", "sandwich": "of branches"}


def comparison(results, name):
    """What a comparison found of each method, by its name; nothing where it was not made."""
    path = f"{FOLDER}/{name}.json"
    return results(path)["methods"] if results.paths(path) else {}


def value(methods, method, metric):
    return methods[method]["metrics"][metric] if method in methods else None


def percent(part, whole):
    return f"{100 * part / whole:.0f} %"


def shakespeare(results):
    """Characters of Shakespeare: losses by method, and what of the way from shallow training to BP is gone."""
    rows, losses = [], {}
    for norm, title in NORMS.items():
        macro = comparison(results, f"shakespeare-{norm}-macro")
        for place in PLACES:
            own = comparison(results, f"shakespeare-{norm}-{place}")
            if not own:
                continue
            found = [value(macro | own, method, "testLoss") for method in ("bp", "dfa", "dfa-identity", "shallow")]
            bp, dfa, identity, shallow = (x["mean"] for x in found)
            losses[norm, place] = bp, dfa, identity, shallow
            rows.append(
                [f"{place}, normalisation {title}", str(len(found[0]["values"]))] + [mean(x, 3) for x in found]
                + [percent(shallow - dfa, shallow - bp), percent(shallow - identity, shallow - bp)])
    bp, dfa, _, _ = losses["post", "macro"]
    best = min(identity for (_, place), (_, _, identity, _) in losses.items() if place == "macro")
    text = (f"Of the {dfa - bp:.2f} nats by which the paper's macro placement (first row) is above BP, the identity takes away "
            f"{percent(dfa - best, dfa - bp)}, without a step by BP.")
    head = ["test loss (nats)", "seeds", "BP", "DFA", "DFA, identity", "shallow", "recovered by DFA", "by the identity"]
    return table(head, rows) + "\n" + wrapped(text)


def wikitext(results):
    """WikiText-2: perplexities, and what is closed of the gap in the paper's network, and in a method's own."""
    def loss(methods, method):
        return log(value(methods, method, "testPerplexity")["mean"])

    found = {
        (norm, place): comparison(results, f"wikitext-{norm}-{place}-references") | comparison(results, f"wikitext-{norm}-{place}")
        for norm in NORMS for place in PLACES}
    rows = []
    for place in PLACES:
        for norm, title in NORMS.items():
            for method in METHODS:
                if method not in found[norm, place] or (method in ("bp", "shallow") and place == "micro"):
                    continue
                methods = found[norm, place]
                closed = [
                    (loss(found[network, place], "dfa") - loss(methods, method))
                    / (loss(found[network, place], "dfa") - loss(found[network, "macro"], "bp"))
                    for network in ("post", norm)]
                perplexity = value(methods, method, "testPerplexity")
                alone = method in ("bp", "shallow")
                rows.append([
                    METHODS[method] if alone else f"{place}: {METHODS[method]}", f"normalisation {title}",
                    str(len(perplexity["values"])), mean(perplexity, 2)]
                    + ["" if alone else percent(x, 1) for x in closed] + [steps_by_bp(method, methods[method]["metrics"])])
    head = ["method", "network", "seeds", "test perplexity", "of the paper's gap closed", "of its own network's", "steps by BP"]
    return table(head, rows)


def vocabulary(results):
    """WikiText-2 in vocabularies of several sizes: what of the way from shallow training to BP is gone."""
    rows = []
    for size in (65, 256, 1_000, 4_000):
        macro = comparison(results, f"vocabulary-{size}-macro")
        micro = comparison(results, f"vocabulary-{size}-micro")
        losses = {name: value(macro, name, "testLoss")["mean"] for name in ("bp", "shallow")}
        row = [f"{size:,}", *(f"{losses[name]:.3f}" for name in ("bp", "shallow"))]
        for methods in (macro, micro):
            for method in ("dfa", "dfa-identity"):
                loss = value(methods, method, "testLoss")["mean"]
                row.append(f"{loss:.3f} ({percent(losses['shallow'] - loss, losses['shallow'] - losses['bp'])})")
        rows.append(row)
    head = ["tokens", "BP", "shallow", "macro: DFA", "macro: DFA, identity", "micro: DFA", "micro: DFA, identity"]
    return table(head, rows)


def paper(results):
    """The paper's network on WikiText-2, one run each, on a GPU."""
    runs = {}
    for run in results.lines("H200-2026-11-27/language.jsonl"):
        method, norm = setting(run, "--method"), setting(run, "model.normalization") or "post"
        place = {"block": "macro: ", "layer": "micro: ", None: ""}[setting(run, "feedback.level")]
        runs[place + METHODS[method]] = NORMS[norm], run["metrics"]["testLoss"], run["metrics"]["testWordPerplexity"]
    (_, bp, _), (_, shallow, _) = runs["BP"], runs["shallow"]
    rows = [
        [name, f"normalisation {norm}", f"{exp(loss):.1f}", f"{words:.0f}", percent(shallow - loss, shallow - bp)]
        for name, (norm, loss, words) in sorted(runs.items(), key=lambda item: item[1][1])]
    return table(["method", "network", "test perplexity", "per word", "of the way from shallow to BP"], rows)


TABLES = {
    "language-paper": paper, "language-shakespeare": shakespeare, "language-vocabulary": vocabulary, "language-wikitext": wikitext,
}
