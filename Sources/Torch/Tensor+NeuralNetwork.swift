import CTorch

/// Functions of neural networks.
extension Tensor {
  /// x Wᵀ + b.
  ///
  /// **Shape** `[..., I]` with weight `[O, I]` and bias `[O]` to `[..., O]`
  public func linear(weight: Tensor, bias: Tensor? = nil) -> Tensor {
    withExtendedLifetime(bias) { call(with: weight) { ctorch_linear($0, $1, bias?.handle) } }
  }
  /// max(0, x).
  public func relu() -> Tensor { call { ctorch_relu($0) } }
  /// max(0, x) in the tensor's own memory, so that the tensor is gone: for the result of an operation whose derivative does not need it,
  /// such as ``linear(weight:bias:)``, that nobody else has.
  package func reluInPlace() -> Tensor { call { ctorch_relu_in_place($0) } }
  /// x where positive, else `slope` x; any slope, also negative ones.
  public func leakyReLU(slope: Double = 0.01) -> Tensor { call { ctorch_leaky_relu($0, slope) } }
  /// x where positive, else `alpha` (exp(x) - 1).
  public func elu(alpha: Double = 1) -> Tensor { call { ctorch_elu($0, alpha) } }
  /// x Φ(x), where Φ is the normal distribution function.
  public func gelu() -> Tensor { call { ctorch_gelu($0) } }
  /// log(1 + exp(x)).
  public func softplus() -> Tensor { call(ctorch_softplus) }
  /// 1 / (1 + exp(-x)).
  public func sigmoid() -> Tensor { call { ctorch_sigmoid($0) } }
  /// The hyperbolic tangent.
  public func tanh() -> Tensor { call { ctorch_tanh($0) } }
  /// exp(x) / sum(exp(x)) along a dimension.
  public func softmax(_ dimension: Int = -1) -> Tensor { call { ctorch_softmax_dim($0, dimension) } }
  /// The logarithm of ``softmax(_:)``.
  public func logSoftmax(_ dimension: Int = -1) -> Tensor { call { ctorch_log_softmax_dim($0, dimension) } }

  /// (x - mean) / sqrt(variance + epsilon) times weight plus bias, per channel (dimension 1). In training the
  /// mean and variance are the batch's, and the running ones move towards them by `momentum`; otherwise they
  /// are the running ones.
  public func batchNorm(
    weight: Tensor?, bias: Tensor?, runningMean: Tensor?, runningVariance: Tensor?, training: Bool,
    momentum: Double = 0.1, epsilon: Double = 1e-5
  ) -> Tensor {
    withExtendedLifetime((weight, bias, runningMean, runningVariance)) {
      call {
        ctorch_batch_norm(
          $0, weight?.handle, bias?.handle, runningMean?.handle, runningVariance?.handle, training, momentum,
          epsilon)
      }
    }
  }

  /// Normalised over the last dimensions, which have `shape`, times weight plus bias.
  public func layerNorm(shape: [Int], weight: Tensor?, bias: Tensor?, epsilon: Double = 1e-5) -> Tensor {
    withExtendedLifetime((weight, bias)) {
      call { ctorch_layer_norm($0, weight?.handle, bias?.handle, shape, shape.count, epsilon) }
    }
  }

  /// The two-dimensional cross-correlation.
  ///
  /// **Shape** `[B, I, height, width]` with weight `[O, I, size, size]` to `[B, O, ...]`
  public func conv2d(weight: Tensor, bias: Tensor? = nil, stride: Int = 1, padding: Int = 0) -> Tensor {
    withExtendedLifetime(bias) { call(with: weight) { ctorch_conv2d($0, $1, bias?.handle, stride, padding) } }
  }

  /// The maximum of each window of `size` by `size`.
  public func maxPool2d(size: Int, stride: Int, padding: Int = 0) -> Tensor {
    call { ctorch_max_pool2d($0, size, stride, padding) }
  }

  /// Means over a grid of `height` by `width` windows that cover the image, as in PyTorch: of windows that overlap where it
  /// is no multiple of the grid, and of single pixels, repeated, where it is smaller.
  ///
  /// **Shape** `[B, channels, ...]` to `[B, channels, height, width]`
  public func adaptiveAveragePool2d(height: Int, width: Int) -> Tensor {
    call { ctorch_adaptive_avg_pool2d($0, height, width) }
  }

  /// Images of another size, by linear interpolation between pixels; where they become smaller, over as many pixels as
  /// fall on one (antialiasing, as in torchvision and Pillow). Runs in the calling thread alone.
  ///
  /// **Shape** `[B, channels, ...]`, `uint8` or floating point, to `[B, channels, height, width]`
  public func resizedBilinear(height: Int, width: Int) -> Tensor {
    call { ctorch_resize_bilinear($0, height, width) }
  }

  /// The rows of this table at `indices`.
  ///
  /// **Shape** `[V, D]` with indices `[...]` to `[..., D]`
  /// - Parameters:
  ///   - indices: The rows.
  ///   - isSparse: Whether the table's gradient is of the rows that were read alone, as a sparse tensor.
  public func embedding(_ indices: Tensor, isSparse: Bool = false) -> Tensor {
    call(with: indices) { ctorch_embedding($0, $1, isSparse) }
  }

  /// softmax(q kᵀ / sqrt(E)) v of these queries q, by a fused kernel that keeps no matrix of weights.
  ///
  /// **Shape** queries `[..., L, E]`, keys `[..., S, E]`, values `[..., S, V]` to `[..., L, V]`
  /// - Parameters:
  ///   - keys: k.
  ///   - values: v.
  ///   - isCausal: Whether query i sees the keys 0 ... i only.
  public func attention(keys: Tensor, values: Tensor, isCausal: Bool = false) -> Tensor {
    withExtendedLifetime(values) {
      call(with: keys) { ctorch_attention($0, $1, values.handle, isCausal) }
    }
  }

  /// Zero with probability `probability`, else x / (1 - probability), drawn from `generator`.
  public func dropout(_ probability: Double, _ generator: RandomGenerator) -> Tensor {
    let mask = call { handle in
      withExtendedLifetime(generator) { ctorch_dropout_mask(handle, probability, generator.handle) }
    }
    return self * mask
  }

  /// The mean over rows of the negative log-likelihood of the target classes under softmax.
  ///
  /// **Shape** logits `[N, K]`, targets `[N]` of `int64`, to a scalar
  public func crossEntropy(_ targets: Tensor) -> Tensor { call(with: targets, ctorch_cross_entropy) }

  /// The mean of (x - y)².
  public func meanSquaredError(_ y: Tensor) -> Tensor { call(with: y, ctorch_mse) }

  /// The mean of (x - y)² / 2 where they are less than 1 apart, else of |x - y| - 1/2.
  public func smoothL1(_ y: Tensor) -> Tensor { call(with: y, ctorch_smooth_l1) }

  /// Coordinates beside their sines and cosines at doubling frequencies: `(x, sin x, cos x, sin 2x, cos 2x, ...)`.
  ///
  /// **Shape** `[B, C]` to `[B, C (1 + 2 octaves)]`
  public func positionalEncoding(octaves: Int) -> Tensor { call { ctorch_positional_encoding($0, octaves) } }

  /// The mean binary cross-entropy of sigmoid(x) against targets in [0, 1].
  public func binaryCrossEntropyWithLogits(_ targets: Tensor) -> Tensor {
    call(with: targets, ctorch_binary_cross_entropy_with_logits)
  }
}
