import CTorch

extension Tensor {
  /// The same numbers, cut off the graph; the result does not require a gradient.
  public func detached() -> Tensor { call { ctorch_detach($0) } }

  /// Says whether operations on this leaf are recorded; returns the tensor itself.
  @discardableResult
  public func requiringGradient(_ value: Bool = true) -> Tensor {
    change { ctorch_set_requires_grad($0, value) }
    return self
  }
}

/// The vector-Jacobian products of several roots in **one** traversal of the graph.
///
/// `gradients[i] = sum over k of (d roots[k] / d inputs[i])ᵀ vectors[k]`. Products towards tensors that lead
/// to no input are never computed.
/// - Parameters:
///   - roots: Where the traversal starts.
///   - vectors: One for each root, of its shape; nil stands for 1 at a scalar root. Nil as a whole: all are
///     nil.
///   - inputs: What to differentiate by.
///   - retainingGraph: Whether the graph is kept for another traversal.
/// - Returns: For each input its gradient, or nil where no root depends on it.
public func gradients(
  of roots: [Tensor], with vectors: [Tensor?]? = nil, for inputs: [Tensor], retainingGraph: Bool = false
) -> [Tensor?] {
  guard !roots.isEmpty, !inputs.isEmpty else { return inputs.map { _ in nil } }
  let vectors = vectors ?? roots.map { _ in nil }
  guard vectors.count == roots.count else {
    fail("gradients(of:with:for:)", operands: roots, "\(vectors.count) vectors for \(roots.count) roots")
    return inputs.map { _ in nil }
  }
  var results = [OpaquePointer?](repeating: nil, count: inputs.count)
  let status = withHandles(roots) { roots in
    withHandles(vectors) { vectors in
      withHandles(inputs) { inputs in
        ctorch_grad(roots, vectors, roots.count, inputs, inputs.count, retainingGraph, &results)
      }
    }
  }
  if !status { fail("gradients(of:with:for:)", operands: roots, LibTorch.lastError) }
  return results.map { $0.map(Tensor.init(owning:)) }
}

/// The same for inputs that are leaves, each handed over as soon as it is complete, while the traversal goes on.
///
/// A leaf may be changed in place when its gradient is handed over; then the gradient can be freed before the
/// next one is made.
/// - Parameter receive: Takes the index of an input and its gradient; not called for an input that no root
///   depends on.
package func deliverGradients(
  of roots: [Tensor], with vectors: [Tensor?], for inputs: [Tensor], retainingGraph: Bool,
  to receive: @escaping (Int, Tensor) -> Void
) {
  guard !roots.isEmpty, !inputs.isEmpty else { return }
  let receiver = GradientReceiver(receive)
  let status = withHandles(roots) { roots in
    withHandles(vectors) { vectors in
      withHandles(inputs) { inputs in
        ctorch_grad_each(
          roots, vectors, roots.count, inputs, inputs.count, retainingGraph,
          { context, index, gradient in
            guard let context, let gradient else { return }
            let receiver = Unmanaged<GradientReceiver>.fromOpaque(context).takeUnretainedValue()
            receiver.receive(index, Tensor(owning: gradient))
          }, Unmanaged.passUnretained(receiver).toOpaque())
      }
    }
  }
  withExtendedLifetime(receiver) {}
  if !status { fail("gradients(of:with:for:)", operands: roots, LibTorch.lastError) }
}

/// A closure as the shim's context.
private final class GradientReceiver {
  let receive: (Int, Tensor) -> Void
  init(_ receive: @escaping (Int, Tensor) -> Void) { self.receive = receive }
}

/// Runs `body` without recording a graph.
public func withoutGradient<Result>(_ body: () throws -> Result) rethrows -> Result {
  let before = ctorch_set_grad_enabled(false)
  defer { _ = ctorch_set_grad_enabled(before) }
  return try body()
}
