/// The only names a pickle may refer to. None of them is ever called: they mark what an object is.
package enum PickleGlobal: String, Sendable {
  case reconstructArray = "numpy.core.multiarray._reconstruct"
  case array = "numpy.ndarray"
  case elementType = "numpy.dtype"
  case sparseRows = "scipy.sparse.csr.csr_matrix"
  case defaultDictionary = "collections.defaultdict"
  case list = "__builtin__.list"
}
