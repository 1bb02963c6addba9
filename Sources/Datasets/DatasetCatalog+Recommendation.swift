extension DatasetCatalog {
  /// Rows of users, items and contexts.
  static let recommendation = [frappe, frappeLog, movieLens100k, criteoSample, avazuSample]

  /// Two of the three parts of the Frappe data that He and Chua 2017 published: 57,722 + 28,860 rows of 10 fields.
  public static let frappe = Dataset(
    name: "frappe",
    summary: "Frappe app usage, libFM files: 57,722 + 28,860 rows of 10 fields",
    folder: "frappe",
    files: [
      DatasetFile(
        "frappe.validation.libfm", 4_163_044,
        "fdf4be563a7dd9b15f7a6e8b32671e90e6e7a2a2bd3af4e10bf13c5ad7e76e9e"),
      DatasetFile(
        "frappe.test.libfm", 2_081_389,
        "a2ebaef3a9af8e55f8bb0d08bc4923965e42e43760ebd7635ac2f8c5db99e097"),
    ],
    sources: [
      .url(
        template:
          "https://raw.githubusercontent.com/hexiangnan/neural_factorization_machine/master/data/frappe/{file}"
      )
    ])

  /// The Frappe log with its values coded as whole numbers: 94,716 of its 96,203 rows.
  public static let frappeLog = Dataset(
    name: "frappe-log",
    summary: "Frappe app usage, the log: 94,716 uses of 3,923 apps by 585 users",
    folder: "frappe",
    files: [
      DatasetFile(
        "log.csv", 4_026_728,
        "3a1560b7d18dad07475b262c90b1369ece2e71038a3a5b82aa2fbac47a9c2a1d")
    ],
    sources: [.manual("http://baltrunas.info/research-menu/frappe (whose licence forbids redistribution)")])

  /// MovieLens-100k as RecBole has it: 100,000 ratings of 1,682 films by 943 users.
  public static let movieLens100k = Dataset(
    name: "movielens-100k",
    summary: "MovieLens-100k: 100,000 ratings of 1,682 films by 943 users",
    folder: "ml-100k",
    files: [
      DatasetFile(
        "ml-100k.inter", 1_979_230,
        "4edb74e2a81178c2ba9ff381495f754f996c4aea351b1272ca36b43da0935eff"),
      DatasetFile(
        "ml-100k.user", 22_697,
        "4f670007d9cfbeb9807e757209af1555b9bcc186bde25e767f67cb67c6dd5972"),
      DatasetFile(
        "ml-100k.item", 66_632,
        "51d7cdf777ce5c0f5b32c1d947a4a81fe07d75e78abbe761e0cd4d0756064532"),
    ],
    sources: [.pythonWheel(requirement: "recbole==1.2.1", folder: "recbole/dataset_example/ml-100k")])

  /// The first 8,000 rows of a sample of the Criteo Kaggle data, in its format.
  public static let criteoSample = Dataset(
    name: "criteo-sample",
    summary: "Criteo Kaggle display advertisements, a sample: 8,000 rows of 39 fields",
    folder: "criteo",
    files: [
      DatasetFile(
        "train.txt", 1_938_518,
        "63cad82efb528edd1f80e93a5fca23c880955c80f31c58ce15dc9a17045374bd")
    ],
    sources: [
      .manual(
        "https://ailab.criteo.com/ressources (whose licence must be accepted; \"dfa data prepare criteo\" takes the whole train.txt too)"
      )
    ])

  /// A sample of the Avazu Kaggle data, in three parts, of which the first has a header.
  public static let avazuSample = Dataset(
    name: "avazu-sample",
    summary: "Avazu mobile advertisements, a sample: 8,999 rows of 22 fields in three parts",
    folder: "avazu",
    files: [
      DatasetFile(
        "train.txt", 1_253_029,
        "49fb8cdcadfd9030a6fcb8cd97fe8205d94b84723ee8292e229d741ce1362e4f"),
      DatasetFile(
        "dev.txt", 74_359,
        "1dbd14ef356202a106766d175ab20dfa182838c8cf77e6b018dd18df05c7e757"),
      DatasetFile(
        "test.txt", 66_976,
        "9c81e37b0766fb1daa430706c0c8188046e6daf6a295ab667687d87dada32f35"),
    ],
    sources: [
      .manual(
        "https://www.kaggle.com/c/avazu-ctr-prediction (after signing in; prepare its train with --input)")
    ])
}
