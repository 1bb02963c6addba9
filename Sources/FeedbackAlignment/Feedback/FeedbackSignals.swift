import Torch

/// What each point of a pass receives, made when it is asked for, so that no more than is needed is alive.
public struct FeedbackSignals: RandomAccessCollection {
  /// Signals are numbered from 0, in the order of the points.
  public let startIndex = 0
  /// The number of points.
  public let endIndex: Int
  private let make: (Int) -> Tensor?

  /// Signals that are made when asked for.
  /// - Parameters:
  ///   - count: The number of points.
  ///   - make: Makes the signal of the point of an index.
  public init(count: Int, make: @escaping (Int) -> Tensor?) {
    endIndex = count
    self.make = make
  }

  /// Signals that are there.
  public init(_ signals: [Tensor?]) { self.init(count: signals.count) { signals[$0] } }

  /// The signal of a point; nil where it receives nothing.
  public subscript(index: Int) -> Tensor? { make(index) }
}
