/// Something made of other values.
///
/// Objects refer to each other by their place in one array, so that sharing is exact (what is put into a
/// list after it was remembered is seen by everyone who recalls it), cycles cannot leak and no nesting can
/// exhaust the stack.
package struct PickleObject: Sendable {
  /// What an object is.
  package enum Kind: Equatable, Sendable {
    case tuple
    case list
    case dictionary
    /// What a call of `type` with `arguments` would have made, had anything been called.
    case instance(of: PickleValue, arguments: PickleValue)
    /// What lies outside the pickle, such as the numbers of a tensor, by which name.
    case outside(PickleValue)
  }

  /// What it is.
  package let kind: Kind
  /// The elements of a tuple or list; of a dictionary, its keys and values in turn.
  package internal(set) var items: [PickleValue] = []
  /// What an instance was told to restore its state from.
  package internal(set) var state: PickleValue?
}
