/// The maximum width of a layer: beyond any use, and small enough that sizes of tensors do not overflow.
public let maximumWidth = 100_000_000
