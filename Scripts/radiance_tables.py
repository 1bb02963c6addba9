"""Tables of radiance fields, from dfa reproduce."""

from table_text import mean, table, wrapped

FOLDER = "CPU-2026-11-27"
# What was to be reached, in dB.
MARGIN = 1.5


def ratio(found):
    """A peak signal-to-noise ratio with its deviation over seeds."""
    return mean(found, 2)


def lego(results):
    """Lego at 100 x 100 by BP, DFA and shallow training."""
    rows, found = [], {}
    for path in results.paths(f"{FOLDER}/table1*.json"):
        for cell in results(path)["cells"]:
            found.setdefault(cell["row"], {}).update(cell)
    for name, cell in found.items():
        seeds = max(len(cell[method]["values"]) for method in ("bp", "dfa", "shallow") if cell.get(method))
        rows.append([name, str(seeds)] + [ratio(cell.get(method)) for method in ("bp", "dfa", "shallow")])
    cell = found["Lego at 100 x 100"]
    below = cell["bp"]["mean"] - cell["dfa"]["mean"]
    above = cell["dfa"]["mean"] - cell["shallow"]["mean"]
    text = (f"DFA is {below:.1f} dB below BP at equal steps"
            + (f", more than the {MARGIN} dB that were to be reached," if below > MARGIN else "")
            + f" and {above:.1f} dB above shallow training.")
    return table(["test PSNR (dB)", "seeds", "BP", "DFA", "shallow"], rows) + "\n" + wrapped(text)


TABLES = {"radiance-lego": lego}
