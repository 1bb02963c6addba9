import Foundation

/// Shows how far a long piece of work has come: on a terminal one line that is drawn again at most ten times
/// a second, with a bar, the share done, the rate, a message and the time left; elsewhere a plain line at
/// every tenth of the work, and whenever ten seconds have passed since the line before.
///
/// What cannot be written is dropped: progress never ends the work.
public final class ProgressBar {
  private let interactive: Bool
  private let width: () -> Int
  private let clock: () -> Double
  private let write: (String) -> Void

  private let began: Double
  private var line: ProgressLine
  private var lastWritten: Double?
  private var lastTenth: Int
  private var isFinished = false

  /// Shows progress on `output`.
  ///
  /// - Parameters:
  ///   - label: what is being done, in front of every line.
  ///   - total: how many units the whole work has.
  ///   - start: how many of them were done before, in a run that is resumed.
  ///   - unit: the word for one unit, whose plural takes an s; a `byte` is shown in KiB, MiB and so on.
  ///   - output: where to write; on a terminal with a width of `COLUMNS`, else its own, else 80.
  public convenience init(
    label: String, total: Int, startingAt start: Int = 0, unit: String = "step",
    output: FileHandle = .standardError
  ) {
    self.init(
      label: label, total: total, startingAt: start, unit: unit,
      interactive: TerminalInfo.isInteractive(output), width: { TerminalInfo.width(output) },
      clock: { ProcessInfo.processInfo.systemUptime },
      write: { try? output.write(contentsOf: Data($0.utf8)) })
  }

  /// Shows progress by `write`, on a terminal when `interactive`, with `clock` in seconds.
  package init(
    label: String, total: Int, startingAt start: Int = 0, unit: String = "step", interactive: Bool,
    width: @escaping () -> Int, clock: @escaping () -> Double, write: @escaping (String) -> Void
  ) {
    self.interactive = interactive
    self.width = width
    self.clock = clock
    self.write = write
    began = clock()
    line = ProgressLine(label: label, unit: unit, total: total, start: start, completed: start)
    lastTenth = line.done(of: 10)
  }

  deinit {
    // Work that ended early leaves its line as it is; what follows, often an error, goes on the next one.
    if interactive, lastWritten != nil, !isFinished { write("\n") }
  }

  /// Tells how far the work has come.
  ///
  /// - Parameters:
  ///   - completed: how many units are done, those before the start included.
  ///   - message: a few words about the last one, such as `loss 0.4312`.
  public func update(_ completed: Int, message: String = "") {
    line.completed = completed
    line.message = message
    let now = clock()
    line.elapsed = now - began
    guard isDue(now) else { return }
    lastWritten = now
    lastTenth = line.done(of: 10)
    // One column stays free: some terminals break a line that fills the last one.
    write(interactive ? "\r\u{1B}[K" + line.drawn(width: width() - 1) : line.plain + "\n")
  }

  /// Writes a line that stays, above the bar.
  public func note(_ text: String) {
    write((interactive ? "\r\u{1B}[K" : "") + "\(line.label)  \(text)\n")
    lastWritten = interactive ? nil : lastWritten
  }

  /// Ends the progress with a line of how much was done in what time; what follows goes on a line of its own.
  /// Only the first call does anything.
  ///
  /// - Parameter message: a few words about the result; with nil the last message stays.
  public func finish(message: String? = nil) {
    guard !isFinished else { return }
    isFinished = true
    line.message = message ?? line.message
    line.elapsed = clock() - began
    write((interactive ? "\r\u{1B}[K" : "") + line.summary + "\n")
  }

  private func isDue(_ now: Double) -> Bool {
    if isFinished { return false }
    let pause = now - (lastWritten ?? began)
    return interactive
      ? lastWritten == nil || pause >= 0.1
      : pause >= 10 || line.done(of: 10) > lastTenth
  }
}
