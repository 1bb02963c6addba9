/// A command line of these words, with those in quotation marks that a shell would change.
package func shellLine(_ words: [String]) -> String {
  words.map { word in
    let isPlain = word.allSatisfy { character in
      character.isASCII && (character.isLetter || character.isNumber) || "_-+=./:,@%".contains(character)
    }
    return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: #"'\''"#))'"
  }.joined(separator: " ")
}
