extension DatasetCatalog {
  /// Texts.
  static let text = [tinyShakespeare, wikiText2]

  /// Shakespeare's plays, the usual demonstration of language models by characters.
  public static let tinyShakespeare = Dataset(
    name: "tiny-shakespeare",
    summary: "Shakespeare's plays: 1,115,394 characters",
    folder: "tiny-shakespeare",
    files: [
      DatasetFile(
        "input.txt", 1_115_394, "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed")
    ],
    sources: [
      .url(
        template: "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/{file}")
    ])

  /// WikiText-2 of Merity et al. 2017, in words.
  public static let wikiText2 = Dataset(
    name: "wikitext-2",
    summary: "WikiText-2: 2,088,628 + 217,646 + 245,569 words of Wikipedia",
    folder: "wikitext-2",
    files: [
      DatasetFile(
        "wiki.train.tokens", 10_797_148,
        "9e9fa1ad55b1c2c95b08e37dd8e653f638fac2c6de904b79e813611eefbc985f"),
      DatasetFile(
        "wiki.valid.tokens", 1_121_681,
        "f0737ed31fc1329026e95cb8b98e19c2a182c39c240ab909dc31abf2f8af58e8"),
      DatasetFile(
        "wiki.test.tokens", 1_256_449,
        "d790b833ef8cf03a90db7bf1271b7520b83c45ce07ba3c1a9699df81e239eca0"),
    ],
    sources: [
      .manual("https://huggingface.co/datasets/Salesforce/wikitext (wikitext-2-v1, as wiki.*.tokens)")
    ])
}
