"""Tables of radiance fields, from dfa reproduce."""

from table_text import METHODS, mean, setting, steps_by_bp, table, wrapped

FOLDER = "CPU-2026-11-27"
# What was aimed at, in dB.
MARGIN = 1.5


def ratio(found):
    """A peak signal-to-noise ratio with its deviation over seeds."""
    return mean(found, 2)


def lego(results):
    """Lego at 100 x 100 by BP, DFA by fixed feedback and by regressed, and shallow training."""
    methods = {name: METHODS[name] for name in ("bp", "dfa", "ridge", "shallow")}
    rows, found = [], {}
    for path in results.paths(f"{FOLDER}/table1*.json"):
        for cell in results(path)["cells"]:
            found.setdefault(cell["row"], {}).update(cell)
    for name, cell in found.items():
        seeds = max(len(cell[method]["values"]) for method in methods if cell.get(method))
        rows.append([name, str(seeds)] + [ratio(cell.get(method)) for method in methods])
    lines = []
    for name, cell in found.items():
        if not cell.get("bp"):
            continue
        below = " and ".join(f"{methods[method]} {cell['bp']['mean'] - cell[method]['mean']:.1f} dB" for method in ("dfa", "ridge"))
        lines.append(f"{name}: below BP at equal steps {below}; DFA above shallow training "
                     f"{cell['dfa']['mean'] - cell['shallow']['mean']:.1f} dB.")
    text = f"{' '.join(lines)} At most {MARGIN} dB below BP were aimed at."
    return table(["test PSNR (dB)", "seeds", *methods.values()], rows) + "\n" + wrapped(text)


def gpu(results):
    """Lego at 400 x 400 and Fern, one run each, on a GPU; of those that came to their end."""
    scenes = {"nerf-grid": "Lego, 400 x 400, `nerf-grid`", "nerf-fern": "Fern, 504 x 378, `nerf-fern`"}
    rows = []
    for run in results.lines("H200-2026-11-27/radiance-fields.jsonl"):
        if not run["finished"]:
            continue
        found, method = run["metrics"], setting(run, "--method")
        rows.append([
            scenes[setting(run, "--preset")], METHODS[method], setting(run, "optimizer.learningRate") or "5e-4",
            f"{int(setting(run, 'training.steps')):,}", f"{found['testPSNR']:.2f}",
            "collapsed" if found["testCollapsed"] else f"{found['testSSIM']:.2f}", steps_by_bp(method, found)])
    return table(["scene and preset", "method", "rate", "steps", "test PSNR (dB)", "SSIM", "steps by BP"], rows)


TABLES = {"radiance-gpu": gpu, "radiance-lego": lego}
