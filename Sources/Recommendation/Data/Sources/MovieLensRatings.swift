import Basics
import Foundation

/// Ratings of MovieLens beside what is known of who rated and what was rated, as a tab-separated text with a header.
/// Films' genres are one value: the whole list. When somebody rated is left out.
///
/// All three tables are held in memory.
///
/// **Source** Harper and Konstan 2015; files as in RecBole's `ml-100k`: tab-separated, with a header whose names end
/// in a type (`user_id:token`).
struct MovieLensRatings: RowDerivation {
  let ratings: URL
  let users: URL
  let items: URL

  /// What is known of users, and of films.
  private static let userFeatures = ["age", "gender", "occupation", "zip_code"]
  private static let itemFeatures = ["release_year", "class"]
  /// The names of the features.
  static let features = ["user_id", "item_id"] + userFeatures + itemFeatures

  var inputs: [URL] { [ratings, users, items] }
  var identity: String { "movielens ratings with \(Self.features.joined(separator: ", "))" }

  func write(to file: OutputFile, seed: UInt64) throws -> [LineFault: Int] {
    func table(_ url: URL) throws -> TextTable {
      try TextTable(url, separator: 9) { name in name.split(separator: ":").first.map(String.init) ?? name }
    }
    func known(_ url: URL, by key: String, _ features: [String]) throws -> [String: [String]] {
      let table = try table(url)
      let (place, places) = (
        try table.column(key, of: url), try features.map { try table.column($0, of: url) }
      )
      return Dictionary(table.rows.map { row in (row[place], places.map { row[$0] }) }) { first, _ in first }
    }
    let people = try known(users, by: "user_id", Self.userFeatures)
    let films = try known(items, by: "item_id", Self.itemFeatures)
    let all = try table(ratings)
    let (user, item) = (try all.column("user_id", of: ratings), try all.column("item_id", of: ratings))
    let rating = try all.column("rating", of: ratings)
    var text = Data((["rating"] + Self.features).joined(separator: "\t").utf8 + [10])
    let (nobody, nothing) = (Self.userFeatures.map { _ in "" }, Self.itemFeatures.map { _ in "" })
    for row in all.rows {
      let cells =
        [row[rating], row[user], row[item]] + (people[row[user]] ?? nobody) + (films[row[item]] ?? nothing)
      text.append(contentsOf: (cells.joined(separator: "\t") + "\n").utf8)
    }
    try file.append(text)
    return all.faults
  }
}
