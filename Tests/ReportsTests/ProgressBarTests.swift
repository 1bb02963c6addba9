import Foundation
import Reports
import TestConditions
import TestSupport
import Testing

@Suite struct ProgressBarTests {
  /// A clock that is set by hand, and what was written.
  final class Screen {
    var time = 100.0
    var width = 80
    var written: [String] = []

    func bar(total: Int, startingAt start: Int = 0, interactive: Bool) -> ProgressBar {
      ProgressBar(
        label: "train", total: total, startingAt: start, interactive: interactive,
        width: { self.width }, clock: { self.time }, write: { self.written.append($0) })
    }
  }

  let screen = Screen()

  @Test func drawsOneLineOnATerminal() {
    let bar = screen.bar(total: 200, interactive: true)
    screen.time += 2
    bar.update(50, message: "loss 0.4312")
    let line =
      "train  " + String(repeating: "█", count: 7) + String(repeating: "░", count: 22)
      + "   25%  25 steps/s  loss 0.4312  6.0 s left"
    #expect(screen.written == ["\r\u{1B}[K" + line])
    #expect(line.count == 79)
    screen.time += 3
    bar.update(200, message: "loss 0.1")
    bar.finish()
    bar.finish()
    #expect(screen.written.last == "\r\u{1B}[Ktrain  200 steps in 5.0 s  40 steps/s  loss 0.1\n")
    #expect(screen.written.count == 3)
  }

  @Test func drawsAtMostTenTimesASecond() {
    let bar = screen.bar(total: 1000, interactive: true)
    for step in 1...1000 {
      screen.time += 1 / 1024
      bar.update(step)
    }
    #expect((9...10).contains(screen.written.count))
    bar.finish(message: "done")
    bar.update(1000)
    #expect(screen.written.last == "\r\u{1B}[Ktrain  1000 steps in 977 ms  1024 steps/s  done\n")
  }

  @Test func keepsNotesAboveTheBar() {
    let bar = screen.bar(total: 200, interactive: true)
    screen.time += 2
    bar.update(50)
    bar.note("a notice")
    // The bar is drawn again at once, below the note.
    bar.update(51)
    #expect(screen.written.count == 3 && screen.written[1] == "\r\u{1B}[Ktrain  a notice\n")
    #expect(screen.written[2].hasPrefix("\r\u{1B}[Ktrain  "))
    let plain = Screen()
    let lines = plain.bar(total: 200, interactive: false)
    plain.time += 1
    lines.note("a notice")
    lines.update(1)
    #expect(plain.written == ["train  a notice\n"])
  }

  @Test func fitsTheTerminal() {
    let bar = screen.bar(total: 200, interactive: true)
    for width in [1, 10, 30, 52, 60, 200] {
      screen.width = width
      screen.time += 1
      bar.update(100, message: "loss 0.4312")
      let line = screen.written[screen.written.count - 1].dropFirst(4)
      #expect(line.count < width)
    }
    #expect(screen.written[2].dropFirst(4) == "train   50%  33 steps/s  los…")
  }

  @Test func leavesTheLineOfWorkThatEndedEarly() {
    var bar: ProgressBar? = screen.bar(total: 200, interactive: true)
    bar?.update(1)
    bar = nil
    #expect(screen.written.count == 2)
    #expect(screen.written.last == "\n")
  }

  @Test func writesPlainLinesAtEveryTenth() {
    let bar = screen.bar(total: 40, interactive: false)
    for step in 1...40 {
      screen.time += 0.5
      bar.update(step, message: "loss 1")
    }
    bar.finish()
    #expect(screen.written.count == 11)
    #expect(screen.written[0] == "train   10%  4/40  2.0 steps/s  loss 1  18.0 s left\n")
    #expect(screen.written[9] == "train  100%  40/40  2.0 steps/s  loss 1\n")
    #expect(screen.written[10] == "train  40 steps in 20.0 s  2.0 steps/s  loss 1\n")
  }

  @Test func writesPlainLinesEveryTenSecondsWhenTheWorkIsSlow() {
    let bar = screen.bar(total: 10_000, interactive: false)
    for step in 1...25 {
      screen.time += 1
      bar.update(step)
    }
    #expect(screen.written.count == 2)
    #expect(screen.written[1] == "train    0%  20/10000  1.0 steps/s  2 h 46 min left\n")
  }

  @Test func measuresAResumedRunFromWhereItBegan() {
    let bar = screen.bar(total: 100, startingAt: 80, interactive: false)
    screen.time += 20
    bar.update(90)
    bar.finish()
    #expect(
      screen.written == [
        "train   90%  90/100  2.0 s/step  20.0 s left\n", "train  10 steps in 20.0 s  2.0 s/step\n",
      ])
  }

  @Test func countsPercentsExactly() {
    let bar = screen.bar(total: 100, interactive: true)
    bar.update(29)
    #expect(screen.written[0].hasSuffix("░   29%"))
  }

  @Test func workOfNothingIsDone() {
    let bar = screen.bar(total: 0, interactive: false)
    bar.finish()
    #expect(screen.written == ["train  0 steps in 0 s\n"])
  }

  @Test func writesPlainLinesToAFile() throws {
    let folder = try TemporaryFolder()
    let url = folder.file("log.txt")
    try Data().write(to: url)
    let handle = try FileHandle(forWritingTo: url)
    let bar = ProgressBar(label: "load", total: 2, unit: "file", output: handle)
    bar.update(2)
    let text = try folder.text("log.txt")
    #expect(text.hasPrefix("load  100%  2/2  "))
    #expect(text.hasSuffix("files/s\n"))
  }

  @Test(.enabled(if: FullDisk.isThere)) func survivesAFullDisk() throws {
    let handle = try FileHandle(forWritingTo: FullDisk.device)
    let bar = ProgressBar(label: "load", total: 2, output: handle)
    bar.update(2)
    bar.finish()
  }

  @Test func takesTheWidthFromTheEnvironment() {
    #expect(TerminalInfo.width(.nullDevice, environment: ["COLUMNS": "132"]) == 132)
    #expect(TerminalInfo.width(.nullDevice, environment: ["COLUMNS": "wide"]) == 80)
    #expect(TerminalInfo.width(.nullDevice, environment: [:]) == 80)
  }
}
