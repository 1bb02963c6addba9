import CTorch

/// A CUDA graph: the kernels of a step, launched as a whole.
///
/// What the host decides while the graph is made (shapes, numbers among the arguments, random numbers drawn
/// from a generator of one's own) stays as it is in every replay.
package final class DeviceGraph: CapturedWork {
  private let handle: OpaquePointer

  /// - Parameter device: A CUDA device.
  /// - Throws: `TorchError` when LibTorch has no graphs for the device.
  package init(on device: Device) throws {
    LibTorch.initialize()
    guard let handle = ctorch_graph_new(device.handle) else {
      throw TorchError(
        operation: "DeviceGraph(on: \(device))", operands: [], message: LibTorch.lastError)
    }
    self.handle = handle
  }

  deinit { ctorch_graph_free(handle) }

  /// Runs `body` once, which does nothing but be taken down.
  package func capture(_ body: @escaping () -> Void) throws {
    try withTorchErrors {
      if !ctorch_graph_begin(handle) { fail("DeviceGraph.capture(_:)", LibTorch.lastError) }
      body()
      if !ctorch_graph_end(handle) { fail("DeviceGraph.capture(_:)", LibTorch.lastError) }
    }
  }

  /// Queues the kernels on the current stream.
  package func replay() {
    if !ctorch_graph_replay(handle) { fail("DeviceGraph.replay()", LibTorch.lastError) }
  }
}
