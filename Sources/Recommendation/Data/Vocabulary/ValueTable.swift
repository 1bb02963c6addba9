/// A hash table from keys of values to numbers: counts, or rows of an embedding. Open addressing with linear probing,
/// 16 bytes a slot, at most seven tenths full.
///
/// It owns memory that ``free()`` gives back.
struct ValueTable {
  private struct Slot {
    var key: UInt64
    var number: UInt32
    var unused: UInt32 = 0
  }

  private static let empty = UInt64.max
  private var slots: UnsafeMutablePointer<Slot>
  private var mask: Int
  /// How many keys there are.
  private(set) var count = 0

  init(capacity: Int = 16) {
    var slotCount = 16
    while slotCount * 7 < capacity * 10 { slotCount *= 2 }
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: Slot(key: Self.empty, number: 0), count: slotCount)
    mask = slotCount - 1
  }

  /// Gives the memory back. The table must not be used any more.
  func free() { slots.deallocate() }

  /// How much memory it has, in bytes.
  var byteCount: Int { (mask + 1) * MemoryLayout<Slot>.stride }

  @inline(__always)
  private func place(of key: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: FeatureKey.mixed(key) >> 20) & mask
    while slots[place].key != key, slots[place].key != Self.empty { place = (place + 1) & mask }
    return place
  }

  /// Adds to the number of a key, which is 0 where it is not there yet; at most 4,294,967,295 is counted.
  /// - Returns: Whether the key is new.
  @inline(__always)
  mutating func add(_ amount: UInt32, to key: UInt64) -> Bool {
    let place = place(of: key)
    guard slots[place].key == key else {
      insert(key, amount, at: place)
      return true
    }
    let sum = slots[place].number.addingReportingOverflow(amount)
    slots[place].number = sum.overflow ? .max : sum.partialValue
    return false
  }

  /// The number of a key; 0 where it is not there.
  @inline(__always)
  func number(of key: UInt64) -> UInt32 {
    let place = place(of: key)
    return slots[place].key == key ? slots[place].number : 0
  }

  /// Calls a function with every key and its number, in no order.
  @inline(__always)
  func forEach(_ body: (UInt64, UInt32) -> Void) {
    for place in 0...mask where slots[place].key != Self.empty { body(slots[place].key, slots[place].number) }
  }

  private mutating func insert(_ key: UInt64, _ number: UInt32, at place: Int) {
    slots[place] = Slot(key: key, number: number)
    count += 1
    if count * 10 > (mask + 1) * 7 { grow() }
  }

  private mutating func grow() {
    let (old, oldCount) = (slots, mask + 1)
    slots = .allocate(capacity: 2 * oldCount)
    slots.initialize(repeating: Slot(key: Self.empty, number: 0), count: 2 * oldCount)
    mask = 2 * oldCount - 1
    for index in 0..<oldCount where old[index].key != Self.empty {
      let place = place(of: old[index].key)
      slots[place] = old[index]
    }
    old.deallocate()
  }
}
