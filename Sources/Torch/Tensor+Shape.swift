import CTorch

/// Shape, order and selection. Negative dimensions count from the last.
extension Tensor {
  /// The same elements in another shape; one size may be -1.
  public func reshaped(_ shape: [Int]) -> Tensor { call { ctorch_reshape($0, shape, shape.count) } }
  /// The elements of each row (entry of the first dimension) in one dimension.
  ///
  /// **Shape** `[N, ...]` to `[N, product of the rest]`
  public func flattenedRows() -> Tensor {
    let shape = shape
    return rank == 2 ? self : reshaped([shape.first ?? 1, shape.dropFirst().reduce(1, *)])
  }
  /// A view in which dimensions of size 1 repeat; -1 keeps a size.
  public func expanded(_ shape: [Int]) -> Tensor { call { ctorch_expand($0, shape, shape.count) } }
  /// The dimensions in another order.
  public func permuted(_ order: [Int]) -> Tensor { call { ctorch_permute($0, order, order.count) } }
  /// The same images with the channels of a pixel side by side in memory; no copy where they are. Convolutions and pooling
  /// on the CPU are fastest so, and what they make of it has the same order.
  ///
  /// **Shape** `[B, channels, height, width]`
  public func channelsLast() -> Tensor {
    permuted([0, 2, 3, 1]).contiguous().permuted([0, 3, 1, 2])
  }
  /// Whether this is what ``channelsLast()`` gives.
  package var isChannelsLast: Bool { rank == 4 && permuted([0, 2, 3, 1]).isContiguous }
  /// Two dimensions exchanged.
  public func transposed(_ first: Int = -2, _ second: Int = -1) -> Tensor {
    call { ctorch_transpose($0, first, second) }
  }
  /// With a new dimension of size 1.
  public func unsqueezed(_ dimension: Int) -> Tensor { call { ctorch_unsqueeze_dim($0, dimension) } }
  /// Without a dimension of size 1.
  public func squeezed(_ dimension: Int) -> Tensor { call { ctorch_squeeze_dim($0, dimension) } }
  /// The entries of a dimension in reverse.
  public func flipped(_ dimension: Int) -> Tensor { call { ctorch_flip_dim($0, dimension) } }
  /// A view of `length` entries from `start`.
  public func narrowed(_ dimension: Int, start: Int, length: Int) -> Tensor {
    call { ctorch_narrow($0, dimension, start, length) }
  }
  /// A view of one entry, without the dimension.
  public func selected(_ dimension: Int, _ index: Int) -> Tensor {
    call { ctorch_select($0, dimension, index) }
  }
  /// The entries of these indices (`int64` or `int32`, one dimension), in their order.
  public func gathered(_ dimension: Int, _ indices: Tensor) -> Tensor {
    call(with: indices) { ctorch_index_select($0, dimension, $1) }
  }
  /// From each row the elements at its own indices, as `torch.gather`.
  public func elements(_ dimension: Int, at indices: Tensor) -> Tensor {
    call(with: indices) { ctorch_gather($0, dimension, $1) }
  }
  /// With the entries of `source` added at `indices`; equal indices add up.
  public func addingEntries(_ dimension: Int, at indices: Tensor, of source: Tensor) -> Tensor {
    withExtendedLifetime(source) {
      call(with: indices) { ctorch_index_add($0, dimension, $1, source.handle) }
    }
  }
  /// With the greater of the entry there and of `source`'s at `indices`, whichever of equal indices comes first; off the graph.
  ///
  /// **Shape** `[N]` with indices `[M]` of `int64` and source `[M]` to `[N]`
  public func takingMaximum(at indices: Tensor, of source: Tensor) -> Tensor {
    withExtendedLifetime(source) { call(with: indices) { ctorch_index_max($0, $1, source.handle) } }
  }
  /// The elements where `mask` is true, in one dimension.
  public func masked(by mask: Tensor) -> Tensor { call(with: mask, ctorch_masked_select) }
  /// The indices of the elements that are not zero.
  ///
  /// **Shape** `[count, rank]`, `int64`
  public func nonzeroIndices() -> Tensor { call { ctorch_nonzero($0) } }
  /// Indices that sort the dimension; equal elements keep their order.
  public func sortIndices(_ dimension: Int, descending: Bool = false) -> Tensor {
    call { ctorch_argsort($0, dimension, descending) }
  }
  /// The elements of the last dimension in rising order.
  public func sorted() -> Tensor { call(ctorch_sort) }
  /// For each value how many of the tensor's elements are not greater; elements are in rising order along the last dimension.
  ///
  /// **Shape** `[..., M]` with values `[..., N]` to `[..., N]` of `int64`
  public func countNotGreater(than values: Tensor) -> Tensor { call(with: values, ctorch_search_sorted) }
  /// Each class index as a row that holds 1 at the class.
  ///
  /// **Shape** `[...]` of `int64` to `[..., K]` of `int64`
  public func oneHot(classes: Int) -> Tensor { call { ctorch_one_hot($0, classes) } }

  /// Tensors one after the other along a dimension.
  public static func concatenated(_ tensors: [Tensor], _ dimension: Int = 0) -> Tensor {
    withHandles(tensors) { made(ctorch_cat($0, $0.count, dimension), by: #function, from: tensors) }
  }
  /// Tensors of one shape along a new dimension.
  public static func stacked(_ tensors: [Tensor], _ dimension: Int = 0) -> Tensor {
    withHandles(tensors) { made(ctorch_stack($0, $0.count, dimension), by: #function, from: tensors) }
  }
  /// `x` where the condition holds, else `y`.
  public static func choosing(_ condition: Tensor, _ x: Tensor, _ y: Tensor) -> Tensor {
    withExtendedLifetime(condition) { x.call(with: y) { ctorch_where(condition.handle, $0, $1) } }
  }
}

/// Type, device and memory.
extension Tensor {
  /// In another element type; the tensor itself when it has it.
  public func to(_ dtype: DType) -> Tensor { to(dtype, device) }
  /// On another device; the tensor itself when it lies there.
  public func to(_ device: Device) -> Tensor { to(dtype, device) }
  /// In another element type and on another device.
  public func to(_ dtype: DType, _ device: Device) -> Tensor {
    call { ctorch_to($0, dtype.rawValue, device.handle) }
  }
  /// A copy.
  public func cloned() -> Tensor { call { ctorch_clone($0) } }
  /// With the elements in memory in order.
  public func contiguous() -> Tensor { call { ctorch_contiguous($0) } }
}
