import FeedbackAlignment
import Foundation
import Networks
import TestSupport
import Testing
import Torch

@Suite("The registry of methods") struct MethodRegistryTests {
  /// Backpropagation under another name.
  private static let toy = MethodDescription(
    MethodName("toy"), title: "Toy", reference: "nobody 2026", summary: "backpropagation", tuning: .bp
  ) { _, _ in Backpropagation() }

  /// Multiplies every signal of a method by two.
  private final class Doubled: FeedbackMethod {
    private let method: any FeedbackMethod
    init(_ method: any FeedbackMethod) { self.method = method }
    var level: FeedbackPoint.Level { method.level }
    func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
      let signals = method.signals(at: points, errors)
      return FeedbackSignals(count: points.count) { index in signals[index].map { $0 * 2 } }
    }
  }

  private static func wrapper(_ name: String) -> MethodWrapper {
    MethodWrapper(name, title: "twice", reference: "nobody 2026", summary: "doubled signals") {
      method, _, _ in
      guard let method = method as? any FeedbackMethod else { return method }
      return Doubled(method)
    }
  }

  private static let extended = MethodRegistry.standard.adding(
    [toy], wrappers: [wrapper("doubled"), wrapper("twice")])

  @Test("The package's methods are there in the order of tables, each with all that a row says")
  func standard() throws {
    let names = [
      "bp", "dfa", "shallow", "fa", "usf", "brsf", "frsf", "kp", "dkp", "fdfa", "drtp", "grape", "ridge",
      "dfa-identity",
    ]
    // Later methods follow these.
    #expect(MethodName.allCases.map(\.rawValue).starts(with: names))
    #expect(
      MethodName.allCases.prefix(names.count).map(\.title)
        == [
          "BP", "DFA", "Shallow", "FA", "uSF", "brSF", "frSF", "KP", "DKP", "FDFA", "DRTP", "GrAPE", "Ridge",
          "DFA, identity",
        ])
    for name in MethodName.allCases {
      let row = name.row
      #expect(row.name == name && !row.summary.isEmpty && !row.summary.contains("\n"))
      #expect(row.reference.wholeMatch(of: /.+ (19|20)\d\d/) != nil, "\(row.reference)")
    }
  }

  @Test("Methods that go down layer by layer share BP's tuning, those that cut the graph DFA's")
  func tuning() {
    for name in MethodName.allCases where name != .bp {
      let isLayerwise = name.make(FeedbackConfiguration(), seed: 1) is any LayerwiseFeedbackMethod
      #expect(name.tuned(bp: true, dfa: false) == isLayerwise, "\(name)")
    }
    #expect(MethodName.bp.tuned(bp: true, dfa: false))
  }

  @Test("A name is written as itself and read again") func coding() throws {
    let names = MethodName.allCases
    let data = try JSONEncoder().encode(names)
    #expect(String(decoding: data, as: UTF8.self).hasPrefix(#"["bp","dfa","shallow","#))
    #expect(try JSONDecoder().decode([MethodName].self, from: data) == names)
  }

  @Test(
    "An unknown name is refused with those known and the nearest", arguments: ["dfaa", "DFA", "dfa+replay"])
  func unknown(_ name: String) throws {
    #expect(MethodName(rawValue: name) == nil)
    let error = try #require(throws: DecodingError.self) {
      try JSONDecoder().decode(MethodName.self, from: Data(#""\#(name)""#.utf8))
    }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(
      context.debugDescription.hasPrefix("'\(name)' is not one of bp, dfa, shallow"),
      "\(context.debugDescription)")
    #expect(context.debugDescription.hasSuffix("did you mean 'dfa'?") == !name.contains("+"))
  }

  @Test("Names are sorted as the registry lists them") func order() {
    #expect([MethodName.drtp, .shallow, .bp, .dfa].sorted() == [.bp, .dfa, .shallow, .drtp])
  }

  @Test("Rows can be added, and leave the registry that they are added to as it is") func adding() {
    let names = MethodRegistry.standard.methods.map(\.name)
    #expect(Self.extended.methods.map(\.name) == names + [MethodName("toy")])
    #expect(Self.extended["toy"]?.make(FeedbackConfiguration(), 1) is Backpropagation)
    #expect(MethodRegistry.standard["toy"] == nil)
    let wrappers = MethodRegistry.standard.wrappers.map(\.name)
    #expect(wrappers == ["anchors", "warmup"])
    #expect(Self.extended.wrappers.map(\.name) == wrappers + ["doubled", "twice"])
  }

  @Test("A wrapper composes with any method by name, and several with each other") func wrappers() throws {
    let doubled = try #require(Self.extended["dfa+doubled"])
    #expect(doubled.name.rawValue == "dfa+doubled" && doubled.title == "DFA + twice")
    #expect(
      doubled.reference == "Nøkland 2016; nobody 2026" && doubled.summary.hasSuffix(" + doubled signals"))
    func gradient(_ name: String) throws -> Tensor {
      let method = try #require(Self.extended[name]).make(FeedbackConfiguration(), 2)
      return try #require(ToyModel(.oneHidden).step(method).gradients["fc1/weight"])
    }
    let plain = try gradient("dfa")
    #expect(try gradient("dfa+doubled").equals(plain * 2))
    #expect(try gradient("dfa+doubled+twice").equals(plain * 4))
    #expect(try gradient("toy+doubled").equals(gradient("bp")))
    #expect(Self.extended["shallow+twice"]?.trainsBelowPoints == false)
    #expect(Self.extended["shallow+twice+anchors"]?.trainsBelowPoints == true)
    #expect(Self.extended["kp+twice"]?.tuning == .bp && Self.extended["kp+twice"]?.mayRaiseLoss == true)
  }

  @Test(
    "What is no method with wrappers, each once, has no row",
    arguments: [
      "", "+", "doubled", "dfa+", "+doubled", "dfa+other", "dfa+doubled+doubled", "dfa +doubled", "dfa+dfa",
    ])
  func noRow(_ name: String) { #expect(Self.extended[name] == nil) }

  @Test("A program that sets the registry reads, writes, sorts and makes its own methods") func shared() async
  {
    await #expect(processExitsWith: .success) {
      MethodRegistry.shared = Self.extended
      let (toy, doubled) = (MethodName("toy"), try #require(MethodName(rawValue: "dfa+doubled")))
      #expect(MethodName.allCases.last == toy && !MethodName.allCases.contains(doubled))
      let data = try JSONEncoder().encode([doubled, toy])
      let read = try JSONDecoder().decode([MethodName].self, from: data)
      #expect(read == [doubled, toy] && read.map(\.title) == ["DFA + twice", "Toy"])
      let names = ["toy", "dfa+twice", "shallow", "dfa", "dfa+doubled", "dfa+doubled+twice"]
      #expect(
        names.map { MethodName($0) }.sorted().map(\.rawValue)
          == ["dfa", "dfa+doubled", "dfa+doubled+twice", "dfa+twice", "shallow", "toy"])
      #expect(doubled.tuned(bp: 1, dfa: 2) == 2)
      #expect(
        AlignmentProbe.measure(
          doubled.make(FeedbackConfiguration(), seed: 1), generator: RandomGenerator(seed: 1),
          loss: ToyModel(.oneHidden).loss
        ).map(\.point) == ["fc1"])
    }
  }

  @Test("Every method of an extended registry keeps what methods must keep")
  func conformance() throws {
    for name in ["toy", "dfa+doubled", "fa+doubled"] {
      let row = try #require(Self.extended[name])
      #expect(
        checkMethod(.threeHidden, mayRaiseLoss: row.mayRaiseLoss) { row.make(FeedbackConfiguration(), 2) }
          == [])
    }
  }

  @Test("A name that is used without a row ends the process and is told with those there are")
  func missing() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = MethodName("anchors").title
    }
    #expect(
      result.message.contains("there is no training method 'anchors' among bp, dfa, shallow"),
      "\(result.message)")
  }

  @Test("Two rows of one name end the process", arguments: ["dfa", "doubled"])
  func duplicates(_ name: String) async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [name] in
      _ = Self.extended.adding([], wrappers: [Self.wrapper(name)])
    }
    #expect(
      result.message.contains("two training methods or wrappers are named '\(name)'"), "\(result.message)")
  }

  @Test(
    "A name that could not be told from names with wrappers ends the process",
    arguments: ["a+b", "", "a b", "a,b"])
  func badNames(_ name: String) async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [name] in
      _ = MethodRegistry.standard.adding([], wrappers: [Self.wrapper(name)])
    }
    #expect(result.message.contains("'\(name)' cannot name a training method"), "\(result.message)")
  }
}
