/// How narrow the second hidden layer of a perceptron is made for learning, though not for what passes through it forwards.
///
/// **Source** Launay et al. 2019, section 4.2 and figure 4.
public struct Bottleneck {
  /// b: how many weights of a unit learn, on average, as if it had so many inputs.
  public var size: Int
  /// In the form of the published code, the size of its batches, otherwise nil. There the layer below has no feedback point:
  /// it learns from the gradient that comes down to it, of which the share that the bottleneck lets pass is chosen for every
  /// place in a batch.
  public var publishedBatchSize: Int?

  /// A bottleneck of a size.
  public init(size: Int, publishedBatchSize: Int? = nil) {
    (self.size, self.publishedBatchSize) = (size, publishedBatchSize)
  }
}
