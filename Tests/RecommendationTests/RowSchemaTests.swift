import Foundation
import Recommendation
import TestSupport
import Testing
import Training

@Suite("Schemas of rows") struct RowSchemaTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func schema(_ yaml: String) throws -> RowSchema {
    try RowSchema(contentsOf: scratch.file("schema.yaml", holding: yaml))
  }

  @Test("A file names layout, header, minimum counts and fields") func reads() throws {
    let read = try schema(
      """
      layout: comma
      header: present
      minimumCount: 3
      fields:
        - click: label above 2.5
        - age: number width(10)
        - price: number boundaries(1, 2.5, 100) minimum 2
        - site: category minimum 5
        - id: ignored
      """)
    #expect(
      read
        == RowSchema(
          .comma, header: .present, minimumCount: 3,
          fields: [
            FieldSchema("click", .label(above: 2.5)), FieldSchema("age", .number(.width(10))),
            FieldSchema("price", .number(.boundaries([1, 2.5, 100])), minimumCount: 2),
            FieldSchema("site", .category, minimumCount: 5), FieldSchema("id", .ignored),
          ]))
    #expect(read.features.map(\.name) == ["age", "price", "site"])
    for known in InteractionDataset.allCases.map(\.schema) + [read] {
      #expect(try JSONDecoder().decode(RowSchema.self, from: JSONEncoder().encode(known)) == known)
    }
  }

  @Test(
    "What is wrong is named",
    arguments: [
      ("layout: comma", "fields: is missing"),
      ("layout: semicolon\nfields: [{y: label}]", "layout: 'semicolon' is not one of comma, tab, libfm"),
      ("layout: comma\nheadr: present\nfields: [{y: label}]", "did you mean 'header'?"),
      ("layout: comma\nfields: [{y: labl}, {a: category}]", "did you mean 'label'?"),
      ("layout: comma\nfields: [{a: category}]", "one must be the label, and 0 are"),
      ("layout: comma\nfields: [{y: label}, {z: label}, {a: category}]", "one must be the label, and 2 are"),
      ("layout: comma\nfields: [{y: label}]", "must have from 1 to 1000 features, and has 0"),
      ("layout: comma\nfields: [{y: label}, {a: category}, {a: category}]", "'a' is there twice"),
      ("layout: comma\nfields: [{y: label}, {a: number width(0)}]", "'number width(0)' is not one of"),
      ("layout: comma\nfields: [{y: label}, {a: number 'boundaries(2, 1)'}]", "schema.yaml"),
      ("layout: libfm\nfields: [{y: label}, {a: category}]", "those of libFM files are categories"),
      ("layout: [", "is not YAML"), ("3", "schema.yaml"),
    ])
  func refuses(_ yaml: String, _ words: String) throws {
    #expect { try schema(yaml) } throws: { error in
      (error as? PreparationError)?.exitCode == 64 && "\(error)".contains(words)
    }
  }

  @Test("Columns are found by the header's names, in any order; others are not read") func header() throws {
    let schema = RowSchema(
      .comma, header: .present,
      fields: [
        FieldSchema("y", .label(above: nil)), FieldSchema("a", .category),
        FieldSchema("n", .number(.width(10))),
      ])
    let data = try prepare(
      "\"n\",extra,a,y\n12,?,\"x,\"\"y\"\"\",1\n-1,?,z,0\n,?,z,0\n", schema, shares: .training, in: scratch)
    let vocabulary = try data.vocabulary()
    let (features, labels) = try data.all(.training)
    #expect(labels == [1, 0, 0])
    #expect(
      features.map { data.values($0, vocabulary) } == [["x,\"y\"", "1"], ["z", "-1"], ["z", "NULL"]])
    #expect { try prepare("n,y\n1,1\n", schema, in: scratch) } throws: {
      "\($0)".contains("has no 'a' among n, y")
    }
    #expect { try prepare("a,a,n,y\n1,1,1,1\n", schema, in: scratch) } throws: {
      "\($0)".contains("names 'a' twice")
    }
  }

  @Test("A quote that is not closed is a fault; in tab-separated files quotes are text") func quotes() throws
  {
    let settings = PreparationSettings(malformedLimit: 1)
    let comma = try prepare("1,\"a,b\n0,c,d\n1,\"a\"b,c\n", pairs, shares: .training, settings, in: scratch)
    #expect(comma.summary.faults == [.quote: .init(count: 2, first: "rows.txt line 1")])
    let tab = RowSchema(.tab, fields: pairs.fields)
    let data = try prepare("1\t\"a\tb\\\n", tab, shares: .training, settings, in: scratch)
    let values = try data.values(data.all(.training).features[0], data.vocabulary())
    #expect(values == ["\"a", "b\\"])
  }

  @Test("libFM pairs are one for each field, with the value 1") func libFM() throws {
    let schema = RowSchema(.libfm, fields: [FieldSchema("u", .category), FieldSchema("i", .category)])
    let text = "-1 3:1 14:1\n1 3:1 15:1.0 \n1 3:1\n1 3:1 4:1 5:1\n1 3:2 4:1\n1 x:1 4:1\n2 3:1 4:1\n"
    let data = try prepare(
      text, schema, shares: .training, PreparationSettings(malformedLimit: 1), in: scratch)
    #expect(try data.all(.training).labels == [0, 1])
    #expect(
      data.summary.faults.mapValues(\.count) == [.tooFewColumns: 1, .tooManyColumns: 1, .pair: 2, .label: 1])
    let vocabulary = try data.vocabulary()
    #expect(
      try data.all(.training).features.map { data.values($0, vocabulary) } == [["3", "14"], ["3", "15"]])
  }

  @Test("Long and odd values come back from the vocabulary's file as they were") func values() throws {
    let schema = RowSchema(
      .comma, fields: [FieldSchema("y", .label(above: nil)), FieldSchema("a", .category)])
    let texts = [
      "", "a", "sevenby", "eight by", "ninebytes", "a\tb", "back\\slash", "\\t", "zwölf", "zwölfe8",
      "12345678", "-5", "NULL",
      String(repeating: "long ", count: 1_000),
    ]
    let data = try prepare(texts.map { "1,\($0)\n" }.joined(), schema, shares: .training, in: scratch)
    let vocabulary = try data.vocabulary()
    #expect(try data.all(.training).features.map { data.values($0, vocabulary)[0] } == texts)
    #expect(data.tableSize == texts.count + 1)
  }
}
