/// A table for each field.
final class ValueTables {
  /// The tables.
  let tables: UnsafeMutableBufferPointer<ValueTable>

  /// Empty tables.
  convenience init(count: Int) { self.init(capacities: [Int](repeating: 16, count: count)) }

  /// Tables with room for so many keys.
  init(capacities: [Int]) {
    tables = .allocate(capacity: capacities.count)
    _ = tables.initialize(from: capacities.map { ValueTable(capacity: $0) })
  }

  deinit {
    for table in tables { table.free() }
    tables.deallocate()
  }

  /// How much memory they have, in bytes.
  var byteCount: Int { tables.reduce(0) { $0 + $1.byteCount } }
}
