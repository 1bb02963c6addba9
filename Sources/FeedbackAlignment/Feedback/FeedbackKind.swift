import Networks

/// What a feedback matrix is made of.
///
/// In configurations it is written as its name: `dense`, `sparse(0.1)`, `orthogonal`, `hadamard`, `sign`, `identity`.
/// All kinds have elements of the same root mean square, that of the distribution, so that the signal keeps
/// its size when the kind changes.
public enum FeedbackKind: Hashable, Sendable {
  /// Independent elements of the distribution (Nøkland 2016; both papers).
  case dense
  /// Independent elements, each kept with the probability `density`, in (0, 1], and divided by its square root;
  /// the others are 0 (Crafton et al. 2019).
  case sparse(density: Double)
  /// Orthonormal rows, or columns where the error is wider than the point, from the QR decomposition of a normal
  /// matrix, scaled. Of a shared matrix only the widest point's is whole.
  case orthogonal
  /// Blocks of n columns, n being the power of two at or above the error's width: the first rows of `diag(s) H_n`
  /// with the Sylvester-Hadamard matrix `H_n` and random signs s for each block. The rows of a block are
  /// orthogonal, and a projection takes n log n additions for a block and row.
  case hadamard
  /// Independent signs, scaled.
  case sign
  /// The identity, scaled, as often beside each other as it takes; nothing is random. For blocks that add to what they are given, as
  /// those of Transformers and residual networks do: most of their true feedback goes through the sums and is the identity.
  case identity
}

extension FeedbackKind: NamedValue {
  private static let plain: [String: FeedbackKind] = [
    "dense": .dense, "sparse": .sparse(density: 0.1), "orthogonal": .orthogonal, "hadamard": .hadamard,
    "sign": .sign, "identity": .identity,
  ]

  /// The kind of this name; `sparse` alone has the density 0.1.
  public init?(_ name: String) {
    if let plain = FeedbackKind.plain[name] {
      self = plain
    } else if name.hasPrefix("sparse("), name.hasSuffix(")"),
      let density = Double(name.dropFirst("sparse(".count).dropLast()), density > 0, density <= 1
    {
      self = .sparse(density: density)
    } else {
      return nil
    }
  }

  /// The name.
  public var description: String {
    switch self {
    case .dense: "dense"
    case .sparse(let density): "sparse(\(density))"
    case .orthogonal: "orthogonal"
    case .hadamard: "hadamard"
    case .sign: "sign"
    case .identity: "identity"
    }
  }

  /// What names there are.
  public static let names =
    "dense, sparse(DENSITY) with a density in (0, 1], orthogonal, hadamard, sign, identity"
}
