import CTorch

/// Every operation that LibTorch ran for a closure, with times, nesting and matrix products.
///
/// Operations nest: a `linear` runs an `addmm`, a node of autograd runs the operations of a derivative. A
/// matrix product is an operation that multiplies matrices itself and lies in no other that does, so that
/// each counts once: `mm`, `addmm`, `bmm`, `baddbmm`, `mv`, `addmv`, `dot`, convolutions and fused attention,
/// which counts as one product though it makes two (five in its derivative, one of them the weights again).
/// The zeros of a causal mask count as work; those of a sparse matrix do not.
///
/// Recording slows each operation a little, and on CUDA waits for the device after each.
package struct OperationTrace: Sendable {
  /// What an entry is.
  package enum Kind: Int8, Sendable {
    /// An operation, such as `aten::addmm`.
    case operation
    /// A node of autograd, such as `AddmmBackward0`.
    case node
    /// A part of the program marked by ``withRegion(_:_:)``.
    case region
  }

  /// A factor of a matrix product.
  package struct Operand: Sendable {
    /// The size of each dimension.
    package let shape: [Int]
    /// ``Tensor/storageAddress`` of the factor.
    package let storage: UInt
  }

  /// Something that ran.
  package struct Operation: Sendable {
    /// The name, such as `aten::mm`.
    package let name: String
    /// What it is.
    package let kind: Kind
    /// When it began and ended, in nanoseconds of one clock.
    package let start, end: Int
    /// The index of the entry around it.
    package let parent: Int?
    /// The name of the node of autograd around it.
    package let node: String?
    /// The name of the innermost region around it.
    package let region: String?
    /// The factors of a matrix product; empty for anything else.
    package let operands: [Operand]
    /// The multiply-accumulates of a matrix product; nil for anything else.
    package let multiplyAccumulates: Int?

    /// Nanoseconds from beginning to end.
    package var nanoseconds: Int { end - start }
  }

  /// What ran, in the order in which it began, so that a parent comes before what it contains.
  package let operations: [Operation]

  /// Records what a closure runs.
  /// - Parameters:
  ///   - device: Where it runs.
  ///   - body: What is recorded, on this thread; must not record a trace itself.
  package static func record(on device: Device = .cpu, _ body: () throws -> Void) rethrows -> OperationTrace {
    LibTorch.initialize()
    guard ctorch_trace_begin(device.handle) else {
      fail("record(on:_:)", LibTorch.lastError)
      return OperationTrace(operations: [])
    }
    do {
      try body()
    } catch {
      ctorch_trace_free(ctorch_trace_end())
      throw error
    }
    let trace = ctorch_trace_end()
    defer { ctorch_trace_free(trace) }
    return OperationTrace(operations: OperationTrace.operations(of: trace))
  }

  private static func operations(of trace: OpaquePointer?) -> [Operation] {
    var operations: [Operation] = []
    for index in 0..<ctorch_trace_count(trace) {
      let event = ctorch_trace_event(trace, index)
      let parent = event.parent < 0 ? nil : Int(event.parent)
      let around = parent.map { operations[$0] }
      operations.append(
        Operation(
          name: String(cString: event.name), kind: Kind(rawValue: event.kind) ?? .operation,
          start: Int(event.start_nanoseconds), end: Int(event.end_nanoseconds), parent: parent,
          node: around?.kind == .node ? around?.name : around?.node,
          region: around?.kind == .region ? around?.name : around?.region,
          operands: (0..<event.operand_count).map { Operand(event.operands[$0]) },
          multiplyAccumulates: event.multiply_accumulates < 0 ? nil : Int(event.multiply_accumulates)))
    }
    return operations
  }

  /// The matrix products.
  package var matrixProducts: [Operation] { operations.filter { $0.multiplyAccumulates != nil } }

  /// The multiply-accumulates of all matrix products.
  package var multiplyAccumulates: Int { operations.reduce(0) { $0 + ($1.multiplyAccumulates ?? 0) } }

  /// How often an operation of this name ran.
  package func count(of name: String) -> Int { operations.count { $0.name == name } }
}

extension OperationTrace.Operand {
  fileprivate init(_ operand: CTorchOperand) {
    shape = (0..<operand.rank).map { Int(operand.sizes[$0]) }
    storage = operand.storage
  }
}

extension Tensor {
  /// Where the elements lie in memory: the same for all views of one tensor, and unlike that of any other
  /// tensor alive.
  package var storageAddress: UInt { ctorch_storage_address(handle) }
}

/// Marks what `body` runs with a name in traces; costs a few nanoseconds when nobody records.
package func withRegion<Result>(_ name: StaticString, _ body: () throws -> Result) rethrows -> Result {
  let region = name.withUTF8Buffer { ctorch_region_begin($0.baseAddress) }
  defer { if let region { ctorch_region_end(region) } }
  return try body()
}
