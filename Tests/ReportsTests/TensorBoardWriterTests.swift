import Basics
import Foundation
import Reports
import SwiftProtobuf
import TestSupport
import Testing

@Suite struct TensorBoardWriterTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func startsWithTheVersionOfTheFormat() throws {
    let writer = try TensorBoardWriter(directory: folder.file("run/events"), wallTime: { 1_700_000_000.5 })
    let process = ProcessInfo.processInfo
    #expect(
      writer.url.lastPathComponent
        == "events.out.tfevents.1700000000.\(process.hostName).\(process.processIdentifier)")
    let events = try Self.events(in: writer.url)
    #expect(events.count == 1)
    #expect(events[0].fileVersion == "brain.Event:2")
    #expect(events[0].wallTime == 1_700_000_000.5)
    #expect(events[0].step == 0)
  }

  /// The bytes of the first record, as the `tensorboard` package of Python (2.21.0) works them out.
  @Test func writesTheBytesThatTensorFlowDoes() throws {
    let writer = try TensorBoardWriter(directory: folder.url, wallTime: { 1 })
    let payload: [UInt8] =
      [0x09, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F]  // field 1, double 1.0
      + [0x1A, 13] + Array("brain.Event:2".utf8)  // field 3, text
    let bytes = [UInt8](try Data(contentsOf: writer.url))
    #expect(Array(bytes.prefix(8)) == [24, 0, 0, 0, 0, 0, 0, 0])
    #expect(Array(bytes[8..<12]) == [0xA3, 0x7F, 0x4B, 0x22])
    #expect(Array(bytes[12..<36]) == payload)
    #expect(Array(bytes[36...]) == [0x86, 0xBF, 0x57, 0x7A])
  }

  @Test func writesScalars() throws {
    var time = 10.0
    let writer = try TensorBoardWriter(
      directory: folder.url,
      wallTime: {
        time += 1
        return time
      })
    try writer.scalar("train/loss", 0.5, step: 1)
    try writer.scalar("test/accuracy", -.infinity, step: 3_000_000_000)
    #expect(try Self.events(in: writer.url).count == 1)
    try writer.flush()
    let events = try Self.events(in: writer.url).dropFirst()
    #expect(events.map(\.step) == [1, 3_000_000_000])
    #expect(events.map(\.wallTime) == [13, 14])
    #expect(events.map { $0.summary.value.map(\.tag) } == [["train/loss"], ["test/accuracy"]])
    #expect(events.map { $0.summary.value.map(\.simpleValue) } == [[0.5], [-.infinity]])
  }

  @Test func writesWhatWaitsWhenItEnds() throws {
    var writer: TensorBoardWriter? = try TensorBoardWriter(directory: folder.url)
    let url = try #require(writer?.url)
    try writer?.scalar("loss", .nan, step: 7)
    writer = nil
    let last = try #require(try Self.events(in: url).last)
    #expect(last.step == 7)
    #expect(last.summary.value[0].simpleValue.isNaN)
  }

  @Test func writesByItselfWhenMuchWaits() throws {
    let writer = try TensorBoardWriter(directory: folder.url)
    for step in 0..<2_000 { try writer.scalar("loss", 1, step: step) }
    #expect(try Self.events(in: writer.url).count > 1_000)
  }

  @Test func startsAnotherFileInTheSameSecond() throws {
    let first = try TensorBoardWriter(directory: folder.url, wallTime: { 5 })
    let second = try TensorBoardWriter(directory: folder.url, wallTime: { 5 })
    #expect(second.url.lastPathComponent == first.url.lastPathComponent + ".1")
    #expect(try folder.names().count == 2)
  }

  @Test func keepsWhatACheckpointRecorded() throws {
    var writer: TensorBoardWriter? = try TensorBoardWriter(directory: folder.url, wallTime: { 1 })
    try writer?.scalar("loss", 1, step: 1)
    try writer?.synchronize()
    let recorded = try #require(writer?.byteCounts)
    try writer?.scalar("loss", 2, step: 2)
    writer = nil
    writer = try TensorBoardWriter(directory: folder.url, wallTime: { 2 })
    writer = nil
    #expect(try folder.names().count == 2)
    let resumed = try TensorBoardWriter(directory: folder.url, keeping: recorded, wallTime: { 3 })
    let kept = try #require(recorded.keys.first)
    #expect(try folder.names() == [kept, resumed.url.lastPathComponent])
    #expect(try Self.events(in: folder.file(kept)).map(\.step) == [0, 1])
    #expect(resumed.byteCounts == recorded.merging([resumed.url.lastPathComponent: 40]) { $1 })
  }

  @Test func refusesAFileThatIsShorterThanRecorded() throws {
    let file = try folder.file("events.out.tfevents.1", holding: "abc")
    #expect(throws: FileError.tooShort(path: file.path, byteCount: 3, recorded: 4)) {
      try TensorBoardWriter(directory: folder.url, keeping: ["events.out.tfevents.1": 4])
    }
  }

  @Test func namesTheFolderThatCannotBe() throws {
    try Data().write(to: folder.file("taken"))
    for name in ["taken", "taken/below"] {
      let url = folder.file(name)
      let error = #expect(throws: FileError.self) { try TensorBoardWriter(directory: url) }
      #expect(error?.description.hasPrefix("\(url.path): cannot ") == true)
    }
  }

  /// The events of a file, after the checks of each record have been found right.
  private static func events(in url: URL) throws -> [TensorBoardEvent] {
    var rest = [UInt8](try Data(contentsOf: url))[...]
    func take(_ count: Int) throws -> ArraySlice<UInt8> {
      try #require(rest.count >= count)
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
      bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    var events: [TensorBoardEvent] = []
    while !rest.isEmpty {
      let length = try take(8)
      #expect(number(try take(4)) == UInt64(CRC32C.masked(length)))
      let payload = try take(Int(number(length)))
      #expect(number(try take(4)) == UInt64(CRC32C.masked(payload)))
      events.append(try TensorBoardEvent(serializedBytes: Array(payload)))
    }
    return events
  }
}
