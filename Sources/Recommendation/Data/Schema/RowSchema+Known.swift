extension RowSchema {
  /// `train.txt` of the Criteo Kaggle data: a label, 13 integers and 26 categories of 8 hexadecimal digits, separated
  /// by tabs; a value gets a row when it is there ten times.
  ///
  /// **Source** protocols of Launay et al. 2020, whose code is pytorch-fm's `CriteoDataset`.
  public static let criteo = RowSchema(
    .tab, minimumCount: 10,
    fields: [FieldSchema("label", .label(above: nil))]
      + (1...13).map { FieldSchema("I\($0)", .number(.logSquare)) }
      + (1...26).map { FieldSchema("C\($0)", .hexadecimal) })

  /// The Avazu Kaggle data: 22 categories beside an identifier, which is not read; a value gets a row when it is
  /// there four times.
  ///
  /// **Source** pytorch-fm's `AvazuDataset`, which takes the hour of the whole period as a category too.
  public static let avazu = RowSchema(
    .comma, header: .optional, minimumCount: 4,
    fields: [FieldSchema("id", .ignored), FieldSchema("click", .label(above: nil))]
      + ([
        "hour", "C1", "banner_pos", "site_id", "site_domain", "site_category", "app_id", "app_domain",
        "app_category",
        "device_id", "device_ip", "device_model", "device_type", "device_conn_type",
      ] + (14...21).map { "C\($0)" }).map { FieldSchema($0, .category) })

  /// Frappe's libFM files.
  ///
  /// **Source** He and Chua 2017, Neural Factorization Machines.
  public static let frappe = RowSchema(
    .libfm, fields: FrappeLog.fields(withCost: true).map { FieldSchema($0, .category) })

  /// What ``FrappeLog`` writes.
  static let frappeLog = RowSchema(
    .tab, header: .present,
    fields: [FieldSchema("label", .label(above: nil))]
      + FrappeLog.fields(withCost: false).map { FieldSchema($0, .category) })

  /// What ``MovieLensRatings`` writes; a rating above 3 is positive, every other negative, as in pytorch-fm.
  static let movieLens = RowSchema(
    .tab, header: .present,
    fields: [FieldSchema("rating", .label(above: 3))]
      + MovieLensRatings.features.map { FieldSchema($0, .category) })
}
