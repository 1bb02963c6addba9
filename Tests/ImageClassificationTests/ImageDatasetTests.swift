import Datasets
import ImageClassification
import TestSupport
import Testing
import Torch

@Suite("Sets of labelled images") struct ImageDatasetTests {
  @Test(
    "Each has the name of its files' catalogue entry, and statistics by channel",
    arguments: ImageDataset.allCases)
  func entries(_ set: ImageDataset) {
    #expect(set.dataset.name == set.rawValue)
    #expect(set.statistics.means.count == (set.isInColour ? 3 : 1))
    #expect(set.statistics.deviations.count == set.statistics.means.count)
  }

  @Test(
    "Its images have as many channels, and its classes are those of the training images",
    .needsData(DatasetCatalog.fashionMNIST, DatasetCatalog.cifar10))
  func images() throws {
    for set in [ImageDataset.fashionMNIST, .cifar10] {
      let images = try LabelledImages(set.dataset, .training)
      #expect(images.imageShape[0] == set.statistics.means.count)
      let classes: [Int64] = images.labels.scalars()
      #expect(Set(classes) == Set(0..<Int64(set.classCount)))
    }
  }

  @Test("Normalised training images have mean 0 and deviation 1", .needsData(DatasetCatalog.fashionMNIST))
  func statistics() throws {
    let images = try LabelledImages(ImageDataset.fashionMNIST.dataset, .training).part(from: 0, count: 10_000)
    let pixels = images.normalized(mean: 0.2860, deviation: 0.3530)
    let x = PixelNormalization(ImageDataset.fashionMNIST.statistics, device: .cpu)(
      images.pixels.reshaped([images.count] + images.imageShape))
    #expect(abs(x.mean().item) < 0.02 && abs(x.square().mean().item - 1) < 0.02)
    #expect(x.flattenedRows().maximumDifference(from: pixels) < 1e-5)
  }
}
