/// A value on the stack of an ``Unpickler``: small, and without references of its own.
package enum PickleValue: Equatable, Sendable {
  case none
  case bool(Bool)
  case integer(Int)
  case float(Double)
  /// A byte string of Python 2: where it is in the file.
  case text(Range<Int>)
  /// A string in UTF-8: where it is in the file.
  case unicode(Range<Int>)
  case global(PickleGlobal)
  /// Anything made of other values: its place in ``Pickle/objects``.
  case object(Int)
}
