#!/usr/bin/env python3
"""Writes the golden values that the tests compare with: what PyTorch and the Python package safetensors compute.

Run it in an environment with torch, numpy and safetensors; it writes the Swift files in Tests/*/Generated and their
checksums in Tests/Golden/SHA256SUMS (check them with `sha256sum -c Tests/Golden/SHA256SUMS` in the package's folder).
Given a file that was written in Swift, it prints what Python reads from it: generate.py --read FILE
"""

import base64
import hashlib
import pathlib
import sys

import safetensors
import safetensors.torch
import torch

TESTS = pathlib.Path(__file__).resolve().parent.parent
HEADER = "// Written by Tests/Golden/generate.py; do not edit.\n\n"
written = []


def write(path, text):
    file = TESTS / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(HEADER + text, encoding="utf-8")
    written.append(file)


def numbers(tensor):
    """The elements as a Swift array, exact in float32."""
    return "[" + ", ".join(repr(float(x)) for x in tensor.detach().flatten().tolist()) + "]"


def safetensors_file():
    tensors = {
        "bfloat16": torch.tensor([1.5, -2.0, 0.0, 3.0], dtype=torch.bfloat16),
        "bool": torch.tensor([[True, False, True]]),
        "empty": torch.zeros([0, 3]),
        "float16": torch.tensor([[0.5], [-1.25]], dtype=torch.float16),
        "float32": torch.tensor([[1.0, -2.5, 3.25], [0.1, 1e-30, 1e30]]),
        "float64": torch.tensor([0.1, -1e300], dtype=torch.float64),
        "int32": torch.tensor([-(2**31), 2**31 - 1], dtype=torch.int32),
        "int64": torch.tensor([[[-(2**63)], [2**63 - 1]]]),
        "layer/ä \"quoted\"": torch.tensor([7.0]),
        "scalar": torch.tensor(4.5),
        "uint8": torch.tensor([0, 127, 255], dtype=torch.uint8),
    }
    data = safetensors.torch.save(tensors, {"format": "pt", "note": "from Python: ä\n\"x\""})
    text = base64.b64encode(data).decode()
    lines = "".join(f"    {text[i:i + 100]}\n" for i in range(0, len(text), 100))
    write(
        "TorchTests/Generated/SafeTensorsGolden.swift",
        f"/// A file written by safetensors {safetensors.__version__} for Python, in base64.\n"
        f'let safeTensorsGolden = """\n{lines}    """\n')


def derived_seed(seed, label):
    mask = 2**64 - 1
    value = 0xCBF29CE484222325
    for byte in label.encode():
        value = ((value ^ byte) * 0x100000001B3) & mask
    value = (value + seed * 0x9E3779B97F4A7C15) & mask
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & mask
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & mask
    return value ^ (value >> 31)


def derived_seeds():
    cases = [(0, ""), (0, "fc1/weight"), (1, "fc1/weight"), (2**64 - 1, "fc1/bias"), (7, "feedback/ä")]
    rows = "".join(f'  ({seed}, "{label}", {derived_seed(seed, label)}),\n' for seed, label in cases)
    write(
        "BasicsTests/Generated/DerivedSeedGolden.swift",
        "/// Seeds and labels with the derived seed, computed with Python's unbounded integers.\n"
        f"let derivedSeedGolden: [(seed: UInt64, label: String, derived: UInt64)] = [\n{rows}]\n")


def batch_norm():
    generator = torch.Generator().manual_seed(3)
    batches = [torch.randn([4, 3], generator=generator) * 2 + 1 for _ in range(3)]
    layer = torch.nn.BatchNorm1d(3)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([1.0, -2.0, 0.5]))
        layer.bias.copy_(torch.tensor([0.0, 1.0, -1.0]))
    outputs = [layer(batch) for batch in batches[:2]]
    mean, variance = layer.running_mean.clone(), layer.running_var.clone()
    layer.eval()
    outputs.append(layer(batches[2]))
    write(
        "NetworksTests/Generated/BatchNormGolden.swift",
        "/// BatchNorm1d(3) of PyTorch: two batches of four rows in training, then one in evaluation.\n"
        "enum BatchNormGolden {\n"
        f"  static let inputs: [[Float]] = [{', '.join(map(numbers, batches))}]\n"
        f"  static let outputs: [[Float]] = [{', '.join(map(numbers, outputs))}]\n"
        f"  static let runningMean: [Float] = {numbers(mean)}\n"
        f"  static let runningVariance: [Float] = {numbers(variance)}\n}}\n")


STEPS = 8
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "sgdDecay": lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.05),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "momentumDecay": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.05),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    "nesterovDecay": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.05),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01),
    "adamDecay": lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.05),
    "adamBetas": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.5, 0.9), eps=1e-3),
    "adamW": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.05),
    "radam": lambda p: torch.optim.RAdam(p, lr=0.01),
    "radamBetas": lambda p: torch.optim.RAdam(p, lr=0.01, betas=(0.5, 0.8), eps=1e-3),  # rectified from step 7 on
    "radamDecay": lambda p: torch.optim.RAdam(p, lr=0.01, betas=(0.9, 0.8), weight_decay=0.05),
}


def optimizers():
    generator = torch.Generator().manual_seed(5)
    start = [torch.randn([3, 2], generator=generator), torch.randn([4], generator=generator)]
    gradients = [[torch.randn(p.shape, generator=generator) for p in start] for _ in range(STEPS)]
    rows = ""
    for name, make in OPTIMIZERS.items():
        parameters = [p.clone().requires_grad_() for p in start]
        optimizer = make(parameters)
        values = []
        for step in gradients:
            for parameter, gradient in zip(parameters, step):
                parameter.grad = gradient.clone()
            optimizer.step()
            values += [numbers(p) for p in parameters]
        rows += f'    "{name}": [{", ".join(values)}],\n'
    write(
        "NetworksTests/Generated/OptimizerGolden.swift",
        "/// Two parameters, [3, 2] and [4], over eight steps of PyTorch's optimizers with the same gradients.\n"
        "enum OptimizerGolden {\n"
        f"  static let start: [[Float]] = [{', '.join(map(numbers, start))}]\n"
        "  /// The gradients of the first and the second parameter, step by step.\n"
        f"  static let gradients: [[Float]] = [{', '.join(numbers(g) for step in gradients for g in step)}]\n"
        "  /// The two parameters after each step.\n"
        f"  static let trajectories: [String: [[Float]]] = [\n{rows}  ]\n}}\n")


def read(path):
    with safetensors.safe_open(path, "pt") as file:
        print("metadata", dict(sorted((file.metadata() or {}).items())))
        for name in sorted(file.keys()):
            tensor = file.get_tensor(name)
            print(name, tensor.dtype, list(tensor.shape), tensor.tolist())


if len(sys.argv) == 3 and sys.argv[1] == "--read":
    read(sys.argv[2])
    sys.exit()
safetensors_file()
derived_seeds()
batch_norm()
optimizers()
(TESTS / "Golden" / "SHA256SUMS").write_text(
    "".join(
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  Tests/{file.relative_to(TESTS).as_posix()}\n"
        for file in sorted(written)))
