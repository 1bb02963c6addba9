import Datasets
import Testing

@Suite struct DataErrorTests {
  @Test(arguments: [
    (
      DataError.truncated(dataset: "cora", file: "ind.cora.allx", bytes: 4096, expected: 257305),
      "cora: ind.cora.allx ends after 4096 of 257305 bytes; run \"dfa data fetch cora\" again"
    ),
    (
      .missing(dataset: "cora", file: "ind.cora.x", searched: ["/a/planetoid", "/b/planetoid"]),
      "cora: ind.cora.x is not in /a/planetoid, /b/planetoid; run \"dfa data fetch cora\""
    ),
    (
      .oversized(dataset: "mnist", path: "/a/x.gz", bytes: 11, expected: 10),
      "mnist: /a/x.gz has 11 bytes, expected 10; delete it and run \"dfa data fetch mnist\""
    ),
    (
      .checksumMismatch(dataset: "mnist", path: "/a/x.gz", expected: "ab", actual: "cd"),
      "mnist: /a/x.gz has SHA-256 cd, expected ab; delete it and run \"dfa data fetch mnist\""
    ),
    (
      .malformed(path: "/a/x", offset: 7, reason: "refuses to load 'os.system'"),
      "/a/x: byte 7: refuses to load 'os.system'; replace it with the original file"
    ),
    (
      .malformed(path: "/a/x", offset: nil, reason: "no numbers"),
      "/a/x: no numbers; replace it with the original file"
    ),
    (
      .unsupported(path: "/a/x.png", reason: "16 bits a channel"),
      "/a/x.png: 16 bits a channel; convert it, or leave such images out with skipsDamaged=true"
    ),
    (
      .unknownDataset(name: "core", nearest: "cora"),
      "there is no data set \"core\"; did you mean \"cora\"?"
    ),
    (
      .unknownDataset(name: "zzz", nearest: nil),
      "there is no data set \"zzz\"; \"dfa data list\" names them"
    ),
    (
      .unknownFile(dataset: "cora", file: "ind.cora.z", nearest: "ind.cora.x"),
      "cora has no file \"ind.cora.z\"; did you mean \"ind.cora.x\"?"
    ),
    (
      .unusable(path: "/a/g.npz", reason: "has no array \"x\"", remedy: "add the features"),
      "/a/g.npz: has no array \"x\"; add the features"
    ),
    (
      .file(.unreadable(path: "/a/x", reason: "I/O error")),
      "cannot read /a/x: I/O error; check that the file exists and its permissions"
    ),
    (
      .notWritable(path: "/a", reason: "No space left on device"),
      "cannot write /a: No space left on device; free some space or choose another folder with --data"
    ),
    (
      .fetchFailed(
        dataset: "cora", attempts: ["https://a: offline", "PyPI wheel b: pip is not installed"],
        files: ["x", "y"], folder: "/c/planetoid"),
      "cora: no source worked (https://a: offline; PyPI wheel b: pip is not installed); "
        + "try again, or put its files into /c/planetoid by hand: x, y"
    ),
  ])
  func saysWhatIsWrongAndWhatToDo(error: DataError, description: String) {
    #expect(error.description == description)
    #expect("\(error as any Error)" == description)
  }
}
