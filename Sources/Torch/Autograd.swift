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
  let vectors = vectors ?? roots.map { _ in nil }
  guard vectors.count == roots.count else {
    fail("gradients(of:with:for:)", operands: roots, "\(vectors.count) vectors for \(roots.count) roots")
    return inputs.map { _ in nil }
  }
  var edges: [GraphEdge] = []
  for (root, vector) in zip(roots, vectors) {
    guard let edge = GraphEdge(of: root), vector != nil || root.count == 1 else {
      let reason =
        root.requiresGradient
        ? "a root that is not a scalar needs a vector" : "a root is not on a graph that leads to an input"
      fail("gradients(of:with:for:)", operands: [root], reason)
      return inputs.map { _ in nil }
    }
    edges.append(edge)
  }
  let seeds = zip(roots, vectors).map { root, vector in
    vector ?? Tensor.ones(root.shape, dtype: root.dtype, device: root.device)
  }
  return gradients(of: edges, with: seeds, for: inputs, retainingGraph: retainingGraph)
}

/// The same from places in the graph whose tensors are no longer needed.
package func gradients(
  of roots: [GraphEdge], with vectors: [Tensor], for inputs: [Tensor], retainingGraph: Bool = false
) -> [Tensor?] {
  var results = [OpaquePointer?](repeating: nil, count: inputs.count)
  guard !roots.isEmpty, !inputs.isEmpty else { return inputs.map { _ in nil } }
  let status = withExtendedLifetime(roots) {
    withHandles(vectors) { vectors in
      withHandles(inputs) { inputs in
        ctorch_grad(
          roots.map(\.handle), vectors, roots.count, inputs, inputs.count, retainingGraph, &results)
      }
    }
  }
  if !status { fail("gradients(of:with:for:)", operands: vectors, LibTorch.lastError) }
  return results.map { $0.map(Tensor.init(owning:)) }
}

/// The same for inputs that are leaves, each handed over as soon as it is complete, while the traversal goes on.
///
/// A leaf may be changed in place when its gradient is handed over; then the gradient can be freed before the
/// next one is made.
/// - Parameter receive: Takes the index of an input and its gradient; not called for an input that no root
///   depends on.
package func deliverGradients(
  of roots: [GraphEdge], with vectors: [Tensor], for inputs: [Tensor], retainingGraph: Bool,
  to receive: @escaping (Int, Tensor) -> Void
) {
  guard !roots.isEmpty, !inputs.isEmpty else { return }
  let receiver = GradientReceiver(receive)
  let status = withExtendedLifetime((roots, receiver)) {
    withHandles(vectors) { vectors in
      withHandles(inputs) { inputs in
        ctorch_grad_each(
          roots.map(\.handle), vectors, roots.count, inputs, inputs.count, retainingGraph,
          { context, index, gradient in
            guard let context, let gradient else { return }
            let receiver = Unmanaged<GradientReceiver>.fromOpaque(context).takeUnretainedValue()
            receiver.receive(index, Tensor(owning: gradient))
          }, Unmanaged.passUnretained(receiver).toOpaque())
      }
    }
  }
  if !status { fail("gradients(of:with:for:)", operands: vectors, LibTorch.lastError) }
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
