import Foundation
import Networks
import Testing

@Suite("Settings") struct SettingsTests {
  struct Inner: Settings {
    var count = 2
    var name: String?
    static let keys = [
      SettingKey("count", \Self.count, "how many", .within(1...9)),
      SettingKey("name", optional: \Self.name, "what it is called"),
    ]
  }

  struct Outer: Settings {
    var share = 0.5
    var sizes = [1, 2]
    var span = Span.epochs(3)
    var inner = Inner()
    var rule = OptimizerChoice(Adam())
    var extras: [String: Inner] = [:]
    static let keys = [
      SettingKey("share", \Self.share, "a share", .dropout),
      SettingKey("sizes", \Self.sizes, "sizes", .each(.atLeast(1))),
      SettingKey("span", \Self.span, "for how long"),
      SettingKey("inner", \Self.inner, "further keys"),
      SettingKey("rule", \Self.rule, "a rule"),
      SettingKey("extras", \Self.extras, "more of them"),
    ]
    func validate() throws(SettingError) {
      try require("sizes", sizes.count <= inner.count, "must be at most \(inner.count), not \(sizes.count)")
    }
  }

  private func decode(_ json: String) throws -> Outer {
    try JSONDecoder().decode(Outer.self, from: Data(json.utf8))
  }

  @Test("Every key is written, also one without a value, and read again") func roundTrip() throws {
    var outer = Outer()
    outer.extras["x"] = Inner(count: 4, name: "four")
    outer.rule = OptimizerChoice(StochasticGradientDescent(momentum: 0.5))
    let data = try JSONEncoder().encode(outer)
    #expect(try JSONDecoder().decode(Outer.self, from: data) == outer)
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.contains("\"name\":null") && text.contains("\"span\":\"3 epochs\""))
    #expect(text.contains("{\"sgd\":{"))
  }

  @Test("A key that is missing or unknown is an error") func keys() throws {
    let text = String(decoding: try JSONEncoder().encode(Outer()), as: UTF8.self)
    #expect(throws: DecodingError.self) { try decode(text.replacing("\"name\":null", with: "\"nam\":null")) }
    #expect(throws: DecodingError.self) {
      try decode(text.replacing("\"name\":null,", with: "").replacing(",\"name\":null", with: ""))
    }
    #expect(throws: DecodingError.self) { try decode(text.replacing("\"adam\"", with: "\"eve\"")) }
  }

  @Test("A value out of its range is refused with its path and what is allowed") func checks() throws {
    func error(_ change: (inout Outer) -> Void) -> String {
      var outer = Outer()
      change(&outer)
      do throws(SettingError) { try outer.check() } catch { return "\(error)" }
      return ""
    }
    #expect(error { _ in } == "")
    #expect(error { $0.share = 1 } == "share: must be at least 0 and less than 1, not 1.0")
    #expect(error { $0.share = .nan } == "share: must be at least 0 and less than 1, not nan")
    #expect(error { $0.sizes = [0] } == "sizes: must be values at least 1, not [0]")
    #expect(error { $0.inner.count = 10 } == "inner.count: must be from 1 to 9, not 10")
    #expect(
      error { $0.rule = OptimizerChoice(Adam(beta1: 2)) }
        == "rule.adam.beta1: must be at least 0 and less than 1, not 2.0")
    #expect(error { $0.extras["x"] = Inner(count: 0) } == "extras.x.count: must be from 1 to 9, not 0")
    #expect(error { $0.inner.count = 1 } == "sizes: must be at most 1, not 2")
  }

  @Test("A span is read as it is written, and as people write one of a thing") func spans() {
    for (text, span) in [
      ("1 epoch", Span.epochs(1)), ("1 epochs", .epochs(1)), ("5 epochs", .epochs(5)),
      ("500 steps", .steps(500)), ("1 step", .steps(1)),
    ] {
      #expect(Span(text) == span)
      #expect(Span(span.description) == span)
    }
    for text in ["5", "epochs", "0 epochs", "-1 steps", "1.5 epochs", "2 weeks", "5 epochs 3", "1 Epoch", ""]
    {
      #expect(Span(text) == nil, "\(text)")
    }
    #expect(Span.epochs(3).steps(stepsPerEpoch: 7) == 21 && Span.epochs(3).steps(stepsPerEpoch: nil) == nil)
    #expect(Span.steps(3).steps(stepsPerEpoch: nil) == 3)
    #expect(Span.epochs(1_000_000_000).steps(stepsPerEpoch: .max) == .max)
  }

  @Test("Kinds are equal when their settings are") func equality() {
    #expect(OptimizerChoice(Adam()) == OptimizerChoice(Adam()))
    #expect(OptimizerChoice(Adam()) != OptimizerChoice(AdamW()))
    #expect(OptimizerChoice(Adam()) != OptimizerChoice(Adam(beta2: 0.9)))
    #expect(Set([OptimizerChoice(Adam()), OptimizerChoice(Adam()), OptimizerChoice(RAdam())]).count == 2)
    #expect(OptimizerChoice(ConstantRate()) == nil)
  }

  struct Ranged: Settings {
    var floor = 1.0
    var positive = 1.0
    var share = 0.5
    var half: Double? = 0.5
    var widths = [3]
    static let keys = [
      SettingKey("floor", \Self.floor, "a number", .atLeast(0)),
      SettingKey("positive", \Self.positive, "a number", .positive),
      SettingKey("share", \Self.share, "a share", .within(0...1)),
      SettingKey("half", optional: \Self.half, "a number", .within(0.25..<2.5)),
      SettingKey("widths", \Self.widths, "numbers", .each(.within(1...9))),
    ]
  }

  @Test("A range holds its bounds, and neither NaN nor infinity") func bounds() throws {
    func refused(_ path: WritableKeyPath<Ranged, Double>, _ values: [Double]) -> [Double] {
      values.filter { value in
        var settings = Ranged()
        settings[keyPath: path] = value
        return (try? settings.check()) == nil
      }
    }
    let infinity = Double.infinity
    #expect(refused(\.floor, [0, 5, 1e300, -1e-300, infinity]) == [-1e-300, infinity])
    #expect(refused(\.positive, [1e-300, 1e300, 0, -1, infinity]) == [0, -1, infinity])
    #expect(refused(\.share, [0, 1, 1.0000001, -0.1, infinity]) == [1.0000001, -0.1, infinity])
    #expect(refused(\.half.orZero, [0.25, 2.4, 2.5, 0.2, -infinity]) == [2.5, 0.2, -infinity])
    for path in [\Ranged.floor, \.positive, \.share, \.half.orZero] {
      #expect(refused(path, [.nan]).count == 1)
    }
    var settings = Ranged()
    (settings.half, settings.widths) = (nil, [])
    #expect(throws: Never.self) { try settings.check() }
    settings.widths = [1, 9, 10]
    #expect(throws: SettingError(key: "widths", reason: "must be values from 1 to 9, not [1, 9, 10]")) {
      try settings.check()
    }
    #expect(
      Ranged.descriptions.map(\.range) == [
        "at least 0", "positive", "from 0 to 1", "at least 0.25 and less than 2.5", "values from 1 to 9",
      ])
  }

  @Test(
    "A choice that is none, or several, is refused with what there is to choose from",
    arguments: [
      (#"["adm"]"#, "'adm' is not one of sgd, adam, adamw, radam, lazyAdam; did you mean 'adam'?"),
      (#"[{"sdg": {}}]"#, "did you mean 'sgd'?"),
      (
        #"[{"adam": {}, "sgd": {}}]"#,
        "must be one of sgd, adam, adamw, radam, lazyAdam, with its keys in a table"
      ),
      ("[{}]", "must be one of sgd, adam, adamw, radam, lazyAdam, with its keys in a table"),
      (#"[{"sgd": {"momentum": 0.5}}]"#, "nesterov"),
      (
        #"[{"sgd": {"momentum": 0.5, "nesterov": false, "beta1": 0}}]"#,
        "is no key; there are momentum, nesterov"
      ),
    ])
  func choices(_ json: String, _ reason: String) {
    #expect { try JSONDecoder().decode([OptimizerChoice].self, from: Data(json.utf8)) } throws: {
      "\($0)".contains(reason)
    }
  }
}

extension Double? {
  fileprivate var orZero: Double {
    get { self ?? 0 }
    set { self = newValue }
  }
}
