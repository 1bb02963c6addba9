import Testing
import Torch

@Suite("Arithmetic") struct ArithmeticTests {
  static let exact: [Case] = [
    Case("x + y", [11, 22]) { vector(1, 2) + vector(10, 20) },
    Case("x - y", [-9, -18]) { vector(1, 2) - vector(10, 20) },
    Case("x * y", [10, 40]) { vector(1, 2) * vector(10, 20) },
    Case("x / y", [0.5, 4]) { vector(1, 8) / vector(2, 2) },
    Case("x + number", [1.5, 2.5]) { vector(1, 2) + 0.5 },
    Case("x - number", [0.5, 1.5]) { vector(1, 2) - 0.5 },
    Case("x * number", [3, 6]) { vector(1, 2) * 3 },
    Case("number * x", [3, 6]) { 3 * vector(1, 2) },
    Case("x / number", [0.5, 1]) { vector(1, 2) / 2 },
    Case("-x", [-1, 2]) { -vector(1, -2) },
    Case("broadcasting a column and a row", [11, 21, 12, 22], shape: [2, 2]) {
      matrix([1], [2]) + vector(10, 20)
    },
    Case("x to the power y", [8, 9]) { vector(2, 3).pow(vector(3, 2)) },
    Case("x to the power of a number", [4, 9]) { vector(2, 3).pow(2) },
    Case("maximum", [3, 2]) { vector(1, 2).maximum(vector(3, -4)) },
    Case("minimum", [1, -4]) { vector(1, 2).minimum(vector(3, -4)) },
    Case("clamped from below", [-1, 0, 2]) { vector(-3, 0, 2).clamped(minimum: -1) },
    Case("clamped from above", [-3, 0, 1]) { vector(-3, 0, 2).clamped(maximum: 1) },
    Case("abs", [3, 0, 2]) { vector(-3, 0, 2).abs() },
    Case("floor", [-2, 0, 2]) { vector(-1.5, 0.5, 2).floor() },
    Case("reciprocal", [0.5, -4]) { vector(2, -0.25).reciprocal() },
    Case("rsqrt", [0.5, 0.25]) { vector(4, 16).rsqrt() },
    Case("sign", [-1, 0, 1]) { vector(-3, 0, 2).sign() },
    Case("sqrt", [2, 4]) { vector(4, 16).sqrt() },
    Case("sqrt of a negative number is NaN", [.nan]) { vector(-1).sqrt() },
    Case("square", [9, 0.25]) { vector(-3, 0.5).square() },
    Case("matmul", [19, 22, 43, 50], shape: [2, 2]) {
      matrix([1, 2], [3, 4]).matmul(matrix([5, 6], [7, 8]))
    },
    Case("matmul with a vector", [17, 39]) { matrix([1, 2], [3, 4]).matmul(vector(5, 6)) },
    Case("batched matmul", [2, 12], shape: [2, 1, 1]) {
      Tensor([1.0, 1, 2, 2], shape: [2, 1, 2]).matmul(Tensor([1.0, 1, 3, 3], shape: [2, 2, 1]))
    },
  ]

  static let rounded: [Case] = [
    Case("cos", [1, -1]) { vector(0, .pi).cos() },
    Case("sin", [0, 1]) { vector(0, .pi / 2).sin() },
    Case("erf", [0, 0.8427007929497149]) { vector(0, 1).erf() },
    Case("exp", [1, 2.718281828459045]) { vector(0, 1).exp() },
    Case("expm1 near zero", [1e-12]) { vector(1e-12).expm1() },
    Case("log", [0, 1, -.infinity]) { vector(1, 2.718281828459045, 0).log() },
    Case("log1p", [0.6931471805599453]) { vector(1).log1p() },
  ]

  static let comparisons: [Case] = [
    Case("x = y", [0, 1, 0]) { vector(1, 2, 3) .== vector(2, 2, 2) },
    Case("x differs from y", [1, 0, 1]) { vector(1, 2, 3) .!= vector(2, 2, 2) },
    Case("x < y", [1, 0, 0]) { vector(1, 2, 3) .< vector(2, 2, 2) },
    Case("x > y", [0, 0, 1]) { vector(1, 2, 3) .> vector(2, 2, 2) },
    Case("x = number", [0, 1, 0]) { vector(1, 2, 3) .== 2 },
    Case("x differs from a number", [1, 0, 1]) { vector(1, 2, 3) .!= 2 },
    Case("x < number", [1, 0, 0]) { vector(1, 2, 3) .< 2 },
    Case("x > number", [0, 0, 1]) { vector(1, 2, 3) .> 2 },
    Case("x ≥ number", [0, 1, 1]) { vector(1, 2, 3) .>= 2 },
    Case("x ≤ number", [1, 1, 0]) { vector(1, 2, 3) .<= 2 },
    Case("both", [1, 0, 0, 0]) { Tensor([true, true, false, false]) .& Tensor([true, false, true, false]) },
    Case("either", [1, 1, 1, 0]) {
      Tensor([true, true, false, false]) .| Tensor([true, false, true, false])
    },
    Case("not", [0, 1]) { .!Tensor([true, false]) },
    Case("NaN differs from itself", [0]) { vector(.nan) .== vector(.nan) },
  ]

  @Test("Operations give the numbers of a hand calculation", arguments: exact)
  func exactly(_ item: Case) { #expect(item.violation(tolerance: 0) == nil) }

  @Test("Transcendental functions give their known values", arguments: rounded)
  func nearly(_ item: Case) { #expect(item.violation(tolerance: 1e-15) == nil) }

  @Test("Comparisons give tensors of bool", arguments: comparisons) func comparison(_ item: Case) {
    #expect(item.result().dtype == .bool)
    #expect(item.violation(tolerance: 0) == nil)
  }
}
