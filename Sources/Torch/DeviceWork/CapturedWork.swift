/// Work on a device that is taken down once and then done as often as wanted, on the same tensors.
package protocol CapturedWork: AnyObject {
  /// Takes down what `body` queues on the device.
  ///
  /// Whether `body` runs now or in each ``replay()`` is left open. Tensors that it makes hold the results of the
  /// last replay, and lie where they lie as long as the work does.
  /// - Throws: `TorchError` when the device cannot take it down, as when `body` waits for the device.
  func capture(_ body: @escaping () -> Void) throws

  /// Does the work.
  func replay()
}
