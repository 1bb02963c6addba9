import Datasets

/// A data set of two small files: `a.txt` is "hello world\n", `b.txt` is "12345\n".
func smallDataset(_ sources: DatasetSource...) -> Dataset {
  Dataset(
    name: "small", summary: "two small files", folder: "small",
    files: [
      DatasetFile("a.txt", 12, "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447"),
      DatasetFile("b.txt", 6, "f33ae3bc9a22cd7564990a794789954409977013966fb1a8f43c35776b833a95"),
    ],
    sources: sources)
}
