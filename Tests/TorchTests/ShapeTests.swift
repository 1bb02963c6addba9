import Testing
import Torch

@Suite("Shape and selection") struct ShapeTests {
  static var x: Tensor { matrix([1, 2, 3], [4, 5, 6]) }

  static let cases: [Case] = [
    Case("reshaped", [1, 2, 3, 4, 5, 6], shape: [3, 2]) { x.reshaped([3, -1]) },
    Case("flattened rows of rank 3", [1, 2, 3, 4, 5, 6], shape: [1, 6]) { x.unsqueezed(0).flattenedRows() },
    Case("flattened rows of rank 1", [1, 2], shape: [2, 1]) { vector(1, 2).flattenedRows() },
    Case("expanded", [1, 1, 2, 2], shape: [2, 2]) { matrix([1], [2]).expanded([-1, 2]) },
    Case("permuted", [1, 4, 2, 5, 3, 6], shape: [3, 1, 2]) { x.unsqueezed(0).permuted([2, 0, 1]) },
    Case("transposed", [1, 4, 2, 5, 3, 6], shape: [3, 2]) { x.transposed() },
    Case("transposed dimensions", [1, 2, 3, 4, 5, 6], shape: [2, 1, 3]) { x.unsqueezed(0).transposed(0, 1) },
    Case("unsqueezed", [1, 2], shape: [2, 1]) { vector(1, 2).unsqueezed(-1) },
    Case("squeezed", [1, 2]) { matrix([1, 2]).squeezed(0) },
    Case("squeezed of another size is unchanged", [1, 2], shape: [1, 2]) { matrix([1, 2]).squeezed(1) },
    Case("narrowed", [2, 3, 5, 6], shape: [2, 2]) { x.narrowed(1, start: 1, length: 2) },
    Case("selected", [4, 5, 6]) { x.selected(0, -1) },
    Case("gathered", [3, 1, 3, 6, 4, 6], shape: [2, 3]) { x.gathered(1, indices(2, 0, 2)) },
    Case("gathered by int32", [4, 5, 6], shape: [1, 3]) { x.gathered(0, Tensor([Int32(1)])) },
    Case("elements", [3, 4], shape: [2, 1]) { x.elements(1, at: Tensor([2, 0], shape: [2, 1])) },
    Case("adding entries at equal indices", [3, 0, 30], shape: [3]) {
      vector(0, 0, 0).addingEntries(0, at: indices(0, 2, 0), of: vector(1, 30, 2))
    },
    Case("masked", [2, 3]) { vector(1, 2, 3).masked(by: Tensor([false, true, true])) },
    Case("nonzero indices", [0, 1, 1, 0], shape: [2, 2]) { matrix([0, 7], [8, 0]).nonzeroIndices() },
    Case("sort indices keep the order of equals", [1, 0, 2]) { vector(2, 1, 2).sortIndices(0) },
    Case("sort indices, descending", [0, 2, 1]) { vector(2, 1, 2).sortIndices(0, descending: true) },
    Case("one hot", [0, 0, 1, 1, 0, 0], shape: [2, 3]) { indices(2, 0).oneHot(classes: 3) },
    Case("concatenated", [1, 2, 3]) { .concatenated([vector(1), vector(2, 3)]) },
    Case("concatenated columns", [1, 3, 2, 4], shape: [2, 2]) {
      .concatenated([matrix([1], [2]), matrix([3], [4])], 1)
    },
    Case("stacked", [1, 2, 3, 4], shape: [2, 2]) { .stacked([vector(1, 2), vector(3, 4)]) },
    Case("stacked last", [1, 3, 2, 4], shape: [2, 2]) { .stacked([vector(1, 2), vector(3, 4)], -1) },
    Case("choosing", [1, 20]) { .choosing(Tensor([true, false]), vector(1, 2), vector(10, 20)) },
    Case("cloned", [1, 2]) { vector(1, 2).cloned() },
    Case("contiguous", [1, 4, 2, 5, 3, 6], shape: [3, 2]) { x.transposed().contiguous() },
    Case("whole numbers from a fraction", [1, -1]) { vector(1.9, -1.9).to(.int32) },
    Case("bool from a number", [1, 0]) { vector(-3, 0).to(.bool) },
    Case("bfloat16 keeps eight bits", [1, 256]) { vector(1.001, 256.5).to(.bfloat16) },
  ]

  @Test("Operations give the elements and shapes of a hand calculation", arguments: cases)
  func give(_ item: Case) { #expect(item.violation(tolerance: 0) == nil) }

  @Test("Views share memory, copies do not") func memory() {
    let x = Tensor.zeros([2, 2])
    let (view, copy) = (x.selected(0, 0), x.cloned())
    x.add(Tensor.ones([2, 2]))
    #expect(view.scalars(Float.self) == [1, 1])
    #expect(copy.scalars(Float.self) == [0, 0, 0, 0])
  }

  @Test("A conversion to the type and device that a tensor has is the tensor itself") func noConversion() {
    let x = Tensor.zeros([2])
    #expect(x.to(.float32).isSame(as: x))
    #expect(x.to(Device.cpu).isSame(as: x))
    #expect(!x.to(.float64).isSame(as: x))
  }

  @Test("A transposed tensor is not contiguous; its scalars come in its own order") func order() {
    let x = ShapeTests.x.transposed()
    #expect(!x.isContiguous)
    #expect(x.contiguous().isContiguous)
    #expect(x.scalars(Double.self) == [1, 4, 2, 5, 3, 6])
  }

  @Test("Channels last is an order in memory, not of the elements, and is no copy where it is so already")
  func channelsLast() {
    let x = Tensor((1...8).map(Float.init), shape: [1, 2, 2, 2])
    let y = x.channelsLast()
    #expect(y.shape == x.shape && y.scalars(Float.self) == x.scalars(Float.self))
    #expect(y.isChannelsLast && !y.isContiguous && !x.isChannelsLast)
    #expect(y.channelsLast().storageAddress == y.storageAddress && y.storageAddress != x.storageAddress)
    let z = y.conv2d(weight: .ones([3, 2, 2, 2]), padding: 1).tanh().maxPool2d(size: 2, stride: 1)
    #expect(z.isChannelsLast && !Tensor.ones([2, 3]).isChannelsLast)
  }
}
