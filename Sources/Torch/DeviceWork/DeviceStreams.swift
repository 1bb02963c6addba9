import CTorch

/// Streams of a CUDA device over which independent parts of a step are spread, so that they run side by side
/// where the device has room.
///
/// Autograd differentiates an operation on the stream where it ran: segments that ran forward on different
/// streams, one after the other, are differentiated at the same time. Memory that was allocated on one stream
/// may be handed out again there while another still reads it; so nothing that crosses from one stream to
/// another may be freed before ``join()``.
package final class DeviceStreams {
  private let handle: OpaquePointer

  /// - Parameters:
  ///   - count: How many; with fewer than two there is nothing to spread.
  ///   - device: Whose; nil is made for the CPU, which has none.
  package init?(_ count: Int, on device: Device) {
    guard count > 1, device != .cpu, let handle = ctorch_streams_new(device.handle, Int32(count)) else {
      return nil
    }
    self.handle = handle
  }

  deinit { ctorch_streams_free(handle) }

  /// Goes on with the next stream, behind what is queued on the present one.
  package func advance() {
    if !ctorch_streams_advance(handle) { fail("DeviceStreams.advance()", LibTorch.lastError) }
  }

  /// Goes back to the stream of the first advance, behind what is queued on all.
  package func join() {
    if !ctorch_streams_join(handle) { fail("DeviceStreams.join()", LibTorch.lastError) }
  }
}
