import Foundation

/// Makes the keys of a row of the bytes of a line, without a copy.
///
/// Not to be used by two threads at once.
final class RowParser {
  /// The key of each feature, after ``parse(_:)`` found no fault.
  let keys: UnsafeMutablePointer<UInt64>
  /// Whether the row is positive.
  private(set) var isPositive = false
  /// What was odd about the line.
  private(set) var endsInCarriageReturn = false
  private(set) var hasNegativeNumber = false

  private let plan: RowColumns
  /// What is done with each column, and which feature it is.
  private let actions: UnsafeMutablePointer<RowColumns.Action>
  private let features: UnsafeMutablePointer<Int>
  private let columnCount: Int
  /// Where each cell begins in ``text``, and its length.
  private let starts: UnsafeMutablePointer<Int>
  private let counts: UnsafeMutablePointer<Int>
  /// Which column each feature is.
  private let columnOfFeature: UnsafeMutablePointer<Int>
  private var text: UnsafePointer<UInt8>
  /// Cells whose quotes are taken away, and room for what reads beyond.
  private let scratch: UnsafeMutablePointer<UInt8>

  init(_ plan: RowColumns) {
    self.plan = plan
    columnCount = plan.columns.count
    actions = .allocate(capacity: columnCount)
    features = .allocate(capacity: columnCount)
    for (index, column) in plan.columns.enumerated() {
      (actions + index).initialize(to: column.action)
      (features + index).initialize(to: column.feature)
    }
    keys = .allocate(capacity: plan.featureCount)
    keys.initialize(repeating: 0, count: plan.featureCount)
    columnOfFeature = .allocate(capacity: plan.featureCount)
    columnOfFeature.initialize(repeating: 0, count: plan.featureCount)
    for (index, column) in plan.columns.enumerated()
    where column.action != .label && column.action != .ignored {
      columnOfFeature[column.feature] = index
    }
    starts = .allocate(capacity: columnCount + 1)
    starts.initialize(repeating: 0, count: columnCount + 1)
    counts = .allocate(capacity: columnCount + 1)
    counts.initialize(repeating: 0, count: columnCount + 1)
    scratch = .allocate(capacity: LineReader.capacity + 64)
    scratch.initialize(repeating: 0, count: 64)
    text = UnsafePointer(scratch)
  }

  deinit {
    actions.deallocate()
    features.deallocate()
    keys.deallocate()
    columnOfFeature.deallocate()
    starts.deallocate()
    counts.deallocate()
    scratch.deallocate()
  }

  /// The text of a feature's cell, until the next line is parsed.
  @inline(__always)
  func cell(_ feature: Int) -> UnsafeBufferPointer<UInt8> {
    let column = columnOfFeature[feature]
    return UnsafeBufferPointer(start: text + starts[column], count: counts[column])
  }

  /// Takes a line.
  /// - Returns: Why it gives no row; nil where it gives one.
  func parse(_ line: LineReader.Line) -> LineFault? {
    (endsInCarriageReturn, hasNegativeNumber) = (false, false)
    if line.isTooLong { return .tooLong }
    var count = line.count
    if count > 0, line.start[count - 1] == 13 {
      count -= 1
      endsInCarriageReturn = true
    }
    if count == 0 { return .empty }
    if memchr(line.start, 0, count) != nil { return .nul }
    text = line.start
    if plan.isLibFM, line.start[count - 1] == plan.separator { count -= 1 }
    let found: Int
    if plan.allowsQuotes, memchr(line.start, 34, count) != nil {
      guard let split = splitQuoted(line.start, count) else { return .quote }
      found = split
    } else {
      found = split(line.start, count)
    }
    if found != columnCount {
      return found > columnCount ? .tooManyColumns : line.isTerminated ? .tooFewColumns : .cut
    }
    let fault = plan.isLibFM ? takePairs() : takeCells()
    return fault == .hexadecimal && !line.isTerminated ? .cut : fault
  }

  /// The cells of a line as texts, such as the names of a header; nil where a quote is not closed.
  static func cells(of line: LineReader.Line, separator: UInt8, allowsQuotes: Bool) -> [String]? {
    var bytes = Array(UnsafeBufferPointer(start: line.start, count: line.count))
    if bytes.last == 13 { bytes.removeLast() }
    var (cells, cell) = ([String](), [UInt8]())
    var (isQuoted, wasQuoted, index) = (false, false, 0)
    while index < bytes.count {
      let byte = bytes[index]
      if isQuoted, byte == 34, index + 1 < bytes.count, bytes[index + 1] == 34 {
        cell.append(34)
        index += 1
      } else if byte == 34, allowsQuotes, isQuoted || cell.isEmpty && !wasQuoted {
        (isQuoted, wasQuoted) = (!isQuoted, true)
      } else if byte == separator, !isQuoted {
        cells.append(String(decoding: cell, as: UTF8.self))
        (cell, wasQuoted) = ([], false)
      } else {
        cell.append(byte)
      }
      index += 1
    }
    return isQuoted ? nil : cells + [String(decoding: cell, as: UTF8.self)]
  }

  /// Finds the cells, eight bytes at a time.
  /// - Returns: How many there are, or one more than there are columns when there are more.
  private func split(_ line: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let bytes = UnsafeRawPointer(line)
    let pattern = UInt64(plan.separator) &* 0x0101_0101_0101_0101
    let low: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
    var (cell, start, place) = (0, 0, 0)
    while place < count {
      let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian ^ pattern
      // The high bit of each byte that is the separator.
      var found = ~(((word & low) &+ low) | word | low)
      if count - place < 8 { found &= (1 << UInt64(8 * (count - place))) &- 1 }
      while found != 0 {
        let end = place + found.trailingZeroBitCount >> 3
        if cell == columnCount { return columnCount + 1 }
        starts[cell] = start
        counts[cell] = end - start
        cell += 1
        start = end + 1
        found &= found &- 1
      }
      place += 8
    }
    if cell == columnCount { return columnCount + 1 }
    starts[cell] = start
    counts[cell] = count - start
    return cell + 1
  }

  /// Finds the cells of a line with quotes, which go without them into the scratch.
  /// - Returns: As ``split(_:_:)``; nil where a quote is not closed, or closed within a cell.
  private func splitQuoted(_ line: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    let (quote, separator) = (UInt8(34), plan.separator)
    var (cell, place, written) = (0, 0, 0)
    text = UnsafePointer(scratch)
    while true {
      if cell == columnCount { return columnCount + 1 }
      starts[cell] = written
      if place < count, line[place] == quote {
        place += 1
        while true {
          guard place < count else { return nil }
          if line[place] == quote {
            if place + 1 < count, line[place + 1] == quote { place += 1 } else { break }
          }
          scratch[written] = line[place]
          (written, place) = (written + 1, place + 1)
        }
        place += 1
        guard place == count || line[place] == separator else { return nil }
      } else {
        while place < count, line[place] != separator {
          scratch[written] = line[place]
          (written, place) = (written + 1, place + 1)
        }
      }
      counts[cell] = written - starts[cell]
      cell += 1
      if place == count { return cell }
      place += 1
    }
  }

  private func takeCells() -> LineFault? {
    let text = self.text
    for index in 0..<columnCount {
      let (start, count, feature) = (text + starts[index], counts[index], features[index])
      switch actions[index] {
      case .ignored: continue
      case .category: keys[feature] = FeatureKey.text(start, count)
      case .hexadecimal:
        guard count == 0 || count == 8 && Self.isHexadecimal(start) else { return .hexadecimal }
        keys[feature] = FeatureKey.text(start, count)
      case .wholeNumber:
        guard count > 0 else {
          keys[feature] = FeatureKey.missingNumber
          continue
        }
        guard let number = Self.wholeNumber(start, count),
          let value = Int32(exactly: Discretization.logSquare(number))
        else { return .number }
        if number < 0 { hasNegativeNumber = true }
        keys[feature] = FeatureKey.number(value)
      case .number:
        guard count > 0 else {
          keys[feature] = FeatureKey.missingNumber
          continue
        }
        guard let number = Self.number(start, count),
          let value = plan.columns[index].discretization.value(of: number)
        else {
          return .number
        }
        if number < 0 { hasNegativeNumber = true }
        keys[feature] = FeatureKey.number(value)
      case .label:
        guard let label = label(start, count) else { return .label }
        isPositive = label
      }
    }
    return nil
  }

  /// Takes the label and the pairs of a libFM line, of which the cells become the indices.
  private func takePairs() -> LineFault? {
    if plan.hasLabel {
      guard let label = label(text + starts[0], counts[0]) else { return .label }
      isPositive = label
    }
    let text = self.text
    for index in (plan.hasLabel ? 1 : 0)..<columnCount {
      let (start, count) = (text + starts[index], counts[index])
      var digits = 0
      while digits < count, start[digits] &- 48 < 10 { digits += 1 }
      guard digits > 0, digits + 2 <= count, start[digits] == 58, start[digits + 1] == 49,
        digits + 2 == count || digits + 4 == count && start[digits + 2] == 46 && start[digits + 3] == 48
      else { return .pair }
      counts[index] = digits
      keys[features[index]] = FeatureKey.text(start, digits)
    }
    return nil
  }

  @inline(__always)
  private func label(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool? {
    guard plan.labelBound == nil, count == 1, start[0] == 48 || start[0] == 49 else {
      return otherLabel(start, count)
    }
    return start[0] == 49
  }

  private func otherLabel(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool? {
    guard let number = Self.number(start, count) else { return nil }
    if let bound = plan.labelBound { return number > bound }
    return number == 1 ? true : number == 0 || number == -1 ? false : nil
  }

  /// Whether eight bytes are lower-case hexadecimal digits.
  @inline(__always)
  private static func isHexadecimal(_ start: UnsafePointer<UInt8>) -> Bool {
    // For each byte below 128: whether it is in "0"..."9" or "a"..."f", by the high bit of sums that stay within the
    // byte.
    let word = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high: UInt64 = 0x8080_8080_8080_8080
    if word & high != 0 { return false }
    let isDigit = (word &+ ones &* (128 - 48)) & ~(word &+ ones &* (128 - 58))
    let isLetter = (word &+ ones &* (128 - 97)) & ~(word &+ ones &* (128 - 103))
    return (isDigit | isLetter) & high == high
  }

  /// A whole number of at most 18 digits.
  @inline(__always)
  private static func wholeNumber(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    let isNegative = start[0] == 45
    var place = isNegative ? 1 : 0
    guard count > place, count - place <= 18 else { return nil }
    var number = 0
    while place < count {
      let digit = start[place] &- 48
      if digit > 9 { return nil }
      number = number &* 10 &+ Int(digit)
      place += 1
    }
    return isNegative ? -number : number
  }

  /// A finite number in decimal notation of at most 60 bytes.
  private static func number(_ start: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    guard count > 0, count <= 60 else { return nil }
    for index in 0..<count {
      let byte = start[index]
      guard byte &- 48 < 10 || byte == 43 || byte == 45 || byte == 46 || byte == 69 || byte == 101 else {
        return nil
      }
    }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { copy in
      for index in 0..<count { copy[index] = CChar(bitPattern: start[index]) }
      copy[count] = 0
      guard let begin = copy.baseAddress else { return nil }
      var end: UnsafeMutablePointer<CChar>?
      let number = strtod(begin, &end)
      return end == begin + count && number.isFinite ? number : nil
    }
  }
}
