import Reports
import Testing

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (0.43121, "0.4312"), (12, "12"), (0, "0"), (12_345.6, "12346"), (-0.5, "-0.5"), (1.5e-7, "1.5e-07"),
    (2e12, "2e+12"), (.nan, "nan"), (-.nan, "nan"), (-.infinity, "-inf"),
  ])
  func showsFourDigits(value: Double, expected: String) {
    #expect(NumberFormat.general(value) == expected)
  }

  @Test(arguments: [(1_200_000, "1200000"), (0.25, "0.25"), (-3, "-3"), (1e20, "1e+20")])
  func showsPlacesInFull(value: Double, expected: String) {
    #expect(NumberFormat.place(value) == expected)
  }

  @Test func showsMeanAndDeviationInPercent() {
    #expect(NumberFormat.meanAndDeviation(0.8143, 0.006, percent: true) == "81.4 ± 0.6")
    #expect(NumberFormat.meanAndDeviation(1, 0, percent: true) == "100.0 ± 0.0")
    #expect(NumberFormat.meanAndDeviation(0.8143, percent: true) == "81.4")
    #expect(NumberFormat.meanAndDeviation(.nan, .nan, percent: true) == "nan ± nan")
  }

  @Test func showsTheMeanAsFarAsTheDeviationGoes() {
    #expect(NumberFormat.meanAndDeviation(0.8143, 0.006) == "0.8143 ± 0.0060")
    #expect(NumberFormat.meanAndDeviation(381.26, 12.3) == "381 ± 12")
    #expect(NumberFormat.meanAndDeviation(4567.8, 1234.5) == "4568 ± 1234")
    #expect(NumberFormat.meanAndDeviation(27.3149, 0.25) == "27.31 ± 0.25")
    #expect(NumberFormat.meanAndDeviation(-0.02, 1.04) == "-0.0 ± 1.0")
    #expect(NumberFormat.meanAndDeviation(0.3, 0) == "0.3 ± 0")
    #expect(NumberFormat.meanAndDeviation(0.3, .infinity) == "0.3 ± inf")
    #expect(NumberFormat.meanAndDeviation(0.3) == "0.3")
  }

  @Test(arguments: [
    (0, "0 s"), (2.5e-6, "2.5 µs"), (412e-6, "412 µs"), (0.9996e-3, "1.0 ms"), (0.0093, "9.3 ms"),
    (0.0996, "100 ms"), (0.9996, "1.0 s"), (1.24, "1.2 s"), (59.94, "59.9 s"), (59.96, "1 min 00 s"),
    (185, "3 min 05 s"), (3599.4, "59 min 59 s"), (3599.6, "1 h 00 min"), (7620, "2 h 07 min"),
    (360_000, "100 h 00 min"), (-0.0093, "-9.3 ms"), (.nan, "nan s"), (.infinity, "inf s"),
    (-1e300, "-1e+300 s"),
  ])
  func showsTime(seconds: Double, expected: String) {
    #expect(NumberFormat.seconds(seconds) == expected)
  }

  @Test(arguments: [
    (0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1_048_575, "1.0 MiB"), (12_900_000, "12.3 MiB"),
    (-2048, "-2.0 KiB"), (5 << 40, "5.0 TiB"), (Int.max, "8192.0 PiB"),
  ])
  func showsSizes(bytes: Int, expected: String) {
    #expect(NumberFormat.bytes(bytes) == expected)
  }

  @Test(arguments: [
    (118.4, "118 steps/s"), (2.04, "2.0 steps/s"), (0.3125, "3.2 s/step"), (0, "0.0 steps/s"),
  ])
  func showsRates(perSecond: Double, expected: String) {
    #expect(NumberFormat.rate(perSecond, unit: "step") == expected)
  }

  @Test(arguments: [
    (9999.4, "9999"), (9999.6, "1e+04"), (10_000, "10000"), (999_999_999, "999999999"), (1e9, "1e+09"),
    (0.00012345, "0.0001234"),
    (0.000099, "9.9e-05"), (-12_345.6, "-12346"),
  ])
  func changesItsNotationWhereNumbersBecomeLong(value: Double, expected: String) {
    #expect(NumberFormat.general(value) == expected)
  }

  @Test(arguments: [
    (2048, "2.0 KiB/s"), (0.5, "0 B/s"), (1.5e9, "1.4 GiB/s"), (.nan, "nan bytes/s"),
    (.infinity, "inf bytes/s"),
    (-1, "-1.0 bytes/s"),
  ])
  func showsRatesOfBytes(perSecond: Double, expected: String) {
    #expect(NumberFormat.rate(perSecond, unit: "byte") == expected)
  }

  @Test(arguments: [
    (0.5, 1e-12, "0.500000000 ± 0.000000000"), (0.5, 0.0996, "0.500 ± 0.100"),
    (1e6, 0.5, "1000000.00 ± 0.50"),
    (.nan, 0.1, "nan ± 0.10"), (2, -1, "2 ± -1"), (123, 1000, "123 ± 1000"),
  ])
  func showsDeviationsOfAnySize(mean: Double, deviation: Double, expected: String) {
    #expect(NumberFormat.meanAndDeviation(mean, deviation) == expected)
  }
}
