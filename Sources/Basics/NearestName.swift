/// The candidate a person most likely meant when they typed `name`, to suggest in an error.
///
/// Letter case is ignored. A candidate is close when at most a third of its letters (and at least one) must
/// be inserted, deleted, replaced or swapped with a neighbour; failing that, when `name`, of three letters
/// or more, is its beginning. Ties go to the earlier candidate.
/// - Returns: nil if nothing is close.
public func nearest(to name: String, among candidates: [String]) -> String? {
  let typed = Array(name.lowercased())
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let word = Array(candidate.lowercased())
    let allowed = max(1, max(typed.count, word.count) / 3)
    guard abs(typed.count - word.count) <= allowed else { continue }
    let distance = editDistance(typed, word)
    if distance <= allowed, distance < best?.distance ?? .max {
      best = (candidate, distance)
    }
  }
  return best?.candidate
    ?? candidates.first { typed.count >= 3 && $0.lowercased().hasPrefix(name.lowercased()) }
}

/// The least number of insertions, deletions, replacements and swaps of neighbours from `source` to `target`.
package func editDistance(_ source: [Character], _ target: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...target.count)
  for (i, letter) in source.enumerated() {
    var row = [i + 1]
    for (j, other) in target.enumerated() {
      var distance = min(last[j] + (letter == other ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, letter == target[j - 1], source[i - 1] == other {
        distance = min(distance, beforeLast[j - 1] + 1)
      }
      row.append(distance)
    }
    (beforeLast, last) = (last, row)
  }
  return last[target.count]
}
