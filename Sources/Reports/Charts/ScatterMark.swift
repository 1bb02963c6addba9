/// What stands for a point: another shape each time the colours begin again.
enum ScatterMark {
  case disc
  case ring

  /// The mark of the series at `index`.
  init(_ index: Int) { self = index / Palette.count % 2 == 0 ? .disc : .ring }
}
