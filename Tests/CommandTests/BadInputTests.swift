import Datasets
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite("Bad input on the command line") struct BadInputTests {
  @Test(
    "A name that is unknown ends with 64 and names the nearest",
    arguments: [
      (["trian", "graph"], "unknown command 'trian'; did you mean 'train'?"),
      (["bench", "stpe"], "unknown command 'stpe'; did you mean 'step'?"),
      (["train", "grpah"], "unknown task 'grpah'; did you mean 'graph'?"),
      (["train", "chess"], "unknown task 'chess'; there are image, vgg16, graph, autoencoder"),
      (["compare", "imag"], "unknown task 'imag'; did you mean 'image'?"),
      (["train", "graph", "--preset", "gcn-coar"], "unknown preset 'gcn-coar'; did you mean 'gcn-cora'?"),
      (
        ["bench", "step", "--preset", "gcn-pubmde"], "unknown preset 'gcn-pubmde'; did you mean 'gcn-pubmed'?"
      ),
      (
        ["bench", "step", "--network", "nerf-8x265"],
        "unknown network 'nerf-8x265'; did you mean 'nerf-8x256'?"
      ),
      (["bench", "profile", "--network", "mlp-784", "--method", "dfaa"], "did you mean 'dfa'?"),
      (["bench", "step", "--network", "mlp-784", "--methods", "bp+x"], "unknown option of a method 'x'"),
      (
        ["bench", "step", "--preset", "debug"],
        "'debug' is a preset of image and vgg16 and graph and autoencoder and ctr and nerf and language; add --task"
      ),
      (["list", "keys", "--preset", "mlp"], "unknown preset 'mlp'; did you mean 'mlp-fashion-mnist'?"),
      (["compare", "graph", "--methods", "bp,dfaa"], "unknown method 'dfaa'; did you mean 'dfa'?"),
      (["compare", "graph", "--methods", ""], "unknown method ''; there are bp, dfa, shallow"),
      (["compare", "graph", "--methods", "bp,bp"], "--methods: must name each method once"),
      (
        ["bench", "projection", "--kinds", "dense,sgin"],
        "--kinds: 'sgin' is not one of dense, sparse(DENSITY)"
      ),
      (["bench", "projection", "--kinds", "sign:disk"], "--kinds: 'sign:disk' is not one of"),
      (
        ["bench", "projection", "--kinds", "orthogonal:regenerated"],
        "--kinds: an orthogonal matrix cannot be regenerated"
      ),
      (["reproduce", "tabel3"], "unknown experiment 'tabel3'; did you mean 'table3'?"),
      (
        ["reproduce", "table3", "--rows", "GraphCon"],
        "unknown row of table3 'GraphCon'; did you mean 'GraphConv'?"
      ),
      (["reproduce", "table3", "--rows", "GraphCon", "--rows", "GATConv"], "unknown row of table3"),
      (["reproduce", "table3", "--columns", "Cora,Citeseer"], "did you mean 'CiteSeer'?"),
      (["reproduce", "figure3"], "unknown experiment 'figure3'; did you mean 'figure2'?"),
      (["reproduce", "figure2", "--rows", "GraphConv"], "--rows: is for tables, and figure2 is a figure"),
      (["reproduce", "figure2", "--seeds", "3"], "--seeds: is for tables, and figure2 is a figure"),
      (["train", "graph", "--set", "optimizer.lr=1"], "unknown key 'optimizer.lr'"),
      (["train", "graph", "--set", "optimiser.learningRate=1"], "did you mean 'optimizer'?"),
      (["data", "fetch", "citesser"], "there is no data set \"citesser\"; did you mean \"citeseer\"?"),
      (["data", "path", "x"], "\"dfa data list\" names them"),
    ])
  func names(_ arguments: [String], _ message: String) throws {
    try Command(arguments).expectFailure(arguments[0] == "data" ? 65 : 64, message)
  }

  @Test(
    "An option that the parser refuses ends with 64",
    arguments: [
      (["train", "graph", "--method", "dfaa"], "'dfaa' is invalid for '--method <method>'"),
      (["train"], "Missing expected argument '<task>'"),
      (["train", "graph", "--presset", "x"], "Unknown option '--presset'. Did you mean '--preset'?"),
      (["train", "graph", "--seed", "-1"], "--seed"),
      (["train", "graph", "--checkpoint-seconds=-1"], "--checkpoint-seconds must be at least 0"),
      (["train", "graph", "--checkpoint-seconds=nan"], "--checkpoint-seconds must be at least 0"),
      (["train", "graph", "--threads", "0"], "--threads must be from 1 to 1024, not 0"),
      (["train", "graph", "--threads", "99999999999"], "--threads must be from 1 to 1024"),
      (["compare", "graph", "--seeds", "0"], "--seeds must be from 1 to 10000, not 0"),
      (["compare", "graph", "--seeds", "9223372036854775807"], "--seeds must be from 1 to 10000"),
      (["compare", "graph", "--seed", "18446744073709551615"], "--seed is too large for 1 seeds"),
      (["reproduce", "table3", "--seeds", "0"], "--seeds must be from 1 to 10000, not 0"),
      (["reproduce", "table3", "--seeds", "2", "--quick"], "--quick trains one seed; leave out --seeds"),
      (["bench", "step", "--rounds", "9223372036854775807"], "--rounds must be from 1 to 1000000"),
      (["bench", "step", "--warmup", "-1"], "warmup"),
      (
        ["bench", "projection", "--width", "0"],
        "--error-width, --width and --rows must be from 1 to 100000000"
      ),
      (["bench", "projection", "--threads", "0"], "--threads must be from 1 to 1024, not 0"),
      (
        ["bench", "step", "--network", "mlp-784", "--batch", "0"],
        "--batch must be from 1 to 100000000, not 0"
      ),
      (["bench", "step", "--network", "mlp-784", "--depth", "3"], "--depth and --width are of mlp-deep"),
      (["bench", "step", "--network", "mlp-784", "--preset", "gcn-cora"], "are not for presets"),
      (
        ["bench", "step", "--network", "mlp-784", "--memory", "replay"],
        "name a method with its options, such as dfa+replay"
      ),
      (["bench", "memory", "--depths", "4,"], "--depths must be numbers from 1 to 10000"),
      (["bench", "memory", "--width", "0"], "--width must be from 1 to 100000000, not 0"),
      (["bench", "profile", "--steps", "0"], "--steps must be from 1 to 100000, not 0"),
      (["bench", "graph", "--nodes", "9"], "--nodes must be from 10 to 1000000000, not 9"),
      (["bench", "graph", "--nodes", "10", "--edges", "23"], "--edges must be from 1 to 22, not 23"),
      (["bench", "graph", "--hidden", "0"], "--hidden must be from 1 to 100000000, not 0"),
      (["bench", "epoch", "--rounds", "0"], "--rounds must be from 1 to 1000000, not 0"),
      (["bench", "endurance", "--every", "0"], "--every must be from 1 to 1000000000, not 0"),
      (["demo", "--epochs", "0"], "--epochs, --seeds and --steps must be from 1 to 10000"),
      (["tsne"], "Missing expected argument '<run> ...'"),
      (["tsne", "x", "--perplexity", "0.5"], "--perplexity must be at least 1, not 0.5"),
      (["tsne", "x", "--perplexity", "nan"], "--perplexity must be at least 1, not nan"),
      (["tsne", "x", "--learning-rate", "0"], "--learning-rate must be above 0, not 0.0"),
      (["tsne", "x", "--iterations", "0"], "--iterations must be from 1 to 1000000, not 0"),
      (["tsne", "x", "--start", "middle"], "'middle' is invalid for '--start <start>'"),
      (["list", "keys"], "--preset is needed to list keys"),
      (["list", "nonsense"], "'nonsense' is invalid for '<subject>'"),
    ])
  func options(_ arguments: [String], _ message: String) throws {
    try Command(arguments).expectFailure(64, message)
  }

  @Test(
    "An --output of nothing, as of a variable that is not set, ends with 64",
    arguments: [
      ["train", "graph"], ["compare", "graph"], ["search", "graph", "--grid", "dropout=0,0.5"],
      ["report", "x"],
      ["demo"], ["reproduce", "table3"], ["tsne", "x"], ["filters", "x"], ["bench", "memory"],
    ])
  func emptyOutput(_ arguments: [String]) throws {
    try Command(arguments + ["--output", ""]).expectFailure(64, "The value '' is invalid for '--output")
  }

  @Test(
    "A search that means nothing ends with 64, and leaves no folder",
    arguments: [
      ([], "give either --grid or --random"),
      (
        ["--grid", "dropout=0,0.1", "--random", "hidden=4..8", "--trials", "2"],
        "give either --grid or --random"
      ),
      (["--random", "dropout=0..0.5"], "--random needs --trials"),
      (["--grid", "dropout=0,0.5", "--trials", "3"], "--trials and --draw-seed are for --random"),
      (["--random", "dropout=0..0.5", "--trials", "0"], "--trials must be from 1 to 10000, not 0"),
      (["--random", "dropuot=0..0.5", "--trials", "2"], "unknown key 'dropuot'; did you mean 'dropout'?"),
      (["--grid", "optimizer.learnigRate=1"], "did you mean 'optimizer.learningRate'?"),
      (["--random", "dropout=0.5..0.1", "--trials", "2"], "the range is empty"),
      (["--random", "dropout=0..0.5:log", "--trials", "2"], "a logarithmic range must begin above 0"),
      (["--grid", "dropout=0,0.1", "--grid", "dropout=0.2"], "dropout: is there twice"),
      (["--grid", "dropout=0,0.1", "--set", "dropout=0.2"], "dropout: is searched, and set as well"),
      (
        ["--grid", "training.memory=whole,replay", "--memory", "whole"],
        "training.memory: is searched, and set"
      ),
      (["--grid", "dropout=0,1"], "dropout: must be at least 0 and less than 1, not 1.0"),
      (["--grid", "dropout"], "write KEY=VALUES"), (["--grid", "dropout="], "a value is empty"),
      (["--grid", "dropout=0", "--method", "dfaa"], "'dfaa' is invalid for '--method <method>'"),
    ])
  func search(_ arguments: [String], _ message: String) throws {
    let scratch = try TemporaryFolder()
    let folder = scratch.file("search")
    try Command(["search", "graph", "--output", folder.path] + arguments).expectFailure(64, message)
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }

  @Test(
    "A value of the wrong type or out of range ends with 64 and names its key",
    arguments: [
      ("graph", "hidden=many", "hidden: must be a whole number, not 'many'"),
      ("graph", "hidden=0", "hidden: must be from 1 to 100000000, not 0"),
      ("graph", "hidden=-16", "hidden: must be from 1 to 100000000, not -16"),
      ("graph", "hidden=9223372036854775807", "hidden: must be from 1 to 100000000"),
      ("graph", "dropout=1", "dropout: must be at least 0 and less than 1, not 1.0"),
      ("graph", "dataset=coar", "dataset: 'coar' is not one of cora, citeseer, pubmed"),
      ("graph", "feedback.kind=toeplitz", "feedback.kind: 'toeplitz' is not one of dense, sparse(DENSITY)"),
      (
        "graph", "feedback={kind: orthogonal, storage: regenerated}",
        "feedback.storage: an orthogonal matrix cannot be regenerated"
      ),
      ("graph", "feedback.device=abacus", "device 'abacus' is unknown; use auto, cpu, cuda or cuda:N"),
      ("graph", "training.epochs=9223372036854775807", "training.epochs: must be from 1 to 1000000000"),
      ("image", "hidden=[64, -1]", "hidden: must be values from 1 to 100000000, not [64, -1]"),
      ("image", "hidden=[0]", "hidden: must be values from 1 to 100000000, not [0]"),
      ("image", "hidden=64", "hidden: must be"),
      ("image", "training.batchSize=-128", "training.batchSize: must be at least 1, not -128"),
    ])
  func values(_ task: String, _ assignment: String, _ message: String) throws {
    let scratch = try TemporaryFolder()
    let run = scratch.file("run")
    try Command(["train", task, "--set", assignment, "--output", run.path]).expectFailure(64, message)
    #expect(!FileManager.default.fileExists(atPath: run.path))
  }

  @Test("A configuration file that is missing, no YAML or of unknown keys ends with 64 and names it")
  func files() throws {
    let scratch = try TemporaryFolder()
    let absent = scratch.file("absent.yaml").path
    try Command(["train", "graph", "--config", absent]).expectFailure(64, "\(absent): cannot be read")
    let bad = try scratch.file("bad.yaml", holding: "hidden: [").path
    try Command(["train", "graph", "--config", bad]).expectFailure(64, "\(bad): is not YAML")
    let unknown = try scratch.file("unknown.yaml", holding: "training: {epoch: 5}").path
    try Command(["train", "graph", "--config", unknown]).expectFailure(64, "did you mean 'training.epochs'?")
  }

  @Test(
    "A device that is not there ends with 64",
    arguments: ["cuda:99", "cuda:-1", "tpu", "", "cuda:9999999999999999999"])
  func devices(_ device: String) throws {
    try Command(["train", "graph", "--device", device]).expectFailure(64, "device '\(device)'")
  }

  @Test("CUDA without CUDA says what to do instead") func cuda() throws {
    let environment: [String: String?] = ["CUDA_VISIBLE_DEVICES": ""]
    for command in [["train", "graph"], ["compare", "graph"], ["bench", "step"], ["demo"]] {
      try Command(command + ["--device", "cuda"], environment: environment).expectFailure(
        64, "use --device cpu")
    }
  }

  @Test("A folder that holds no run ends with 64", arguments: ["align", "evaluate", "report", "tsne"])
  func noRun(_ command: String) throws {
    let scratch = try TemporaryFolder()
    try Command([command, scratch.file("absent").path]).expectFailure(64, "holds no run")
    try Command([command, scratch.url.path]).expectFailure(64, "holds no run")
  }

  @Test(
    "A folder that cannot be written ends with 64, before anything is trained",
    .needsData(DatasetCatalog.citeseer))
  func notWritable() throws {
    let scratch = try TemporaryFolder()
    let below = try scratch.file("file", holding: "").appendingPathComponent("run").path
    let debug = ["graph", "--preset", "debug", "--output", below]
    try Command(["train"] + debug).expectFailure(64, "\(below): cannot be written; choose another --output")
    try Command(["compare"] + debug).expectFailure(64, "\(below): cannot be written; choose another --output")
    try Command(["search"] + debug + ["--grid", "dropout=0"]).expectFailure(64, "\(below): cannot be written")
    try Command(["reproduce", "table3", "--output", below]).expectFailure(64, "\(below): cannot be written")
    try Command(["demo", "--output", below]).expectFailure(64, "\(below): cannot be written")
  }

  @Test("Standard output that takes nothing ends with 65", arguments: [" > /dev/full", " >&-"])
  func fullOutput(_ redirection: String) throws {
    try Command(["list", "tasks"], shell: "\"$@\"\(redirection)").expectFailure(
      65, "standard output: cannot write")
  }

  @Test("Standard error that takes nothing ends nothing", .needsData(DatasetCatalog.citeseer))
  func fullErrors() throws {
    let scratch = try TemporaryFolder()
    let arguments = ["train", "graph", "--preset", "debug", "--output", scratch.file("run").path]
    #expect(try Command(arguments, shell: "\"$@\" 2> /dev/full").status == 0)
  }

  @Test(
    "A network that does not fit the memory ends with 1 and a line, not a trace",
    .needsData(DatasetCatalog.citeseer))
  func outOfMemory() throws {
    let scratch = try TemporaryFolder()
    let arguments = [
      "train", "graph", "--preset", "debug", "--output", scratch.file("run").path, "--set",
      "hidden=100000000",
    ]
    try Command(arguments, shell: "ulimit -v 268435456; exec \"$@\"").expectFailure(
      1, "can't allocate memory", "use a smaller network or batch")
  }
}
