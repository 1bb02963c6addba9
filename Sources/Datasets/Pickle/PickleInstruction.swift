/// The instructions of pickle protocol 2 that data files need, with Python's name for each.
enum PickleInstruction: UInt8 {
  /// `PROTO`
  case protocolVersion = 0x80
  /// `STOP`
  case stop = 0x2e
  /// `MARK`
  case mark = 0x28
  /// `NONE`
  case none = 0x4e
  /// `NEWTRUE`
  case newTrue = 0x88
  /// `NEWFALSE`
  case newFalse = 0x89
  /// `BININT1`
  case oneByteInteger = 0x4b
  /// `BININT2`
  case twoByteInteger = 0x4d
  /// `BININT`
  case fourByteInteger = 0x4a
  /// `LONG1`
  case wholeNumber = 0x8a
  /// `BINFLOAT`
  case float = 0x47
  /// `SHORT_BINSTRING`
  case shortText = 0x55
  /// `BINSTRING`
  case text = 0x54
  /// `BINUNICODE`
  case unicode = 0x58
  /// `GLOBAL`
  case global = 0x63
  /// `EMPTY_TUPLE`
  case emptyTuple = 0x29
  /// `TUPLE`
  case tuple = 0x74
  /// `TUPLE1`
  case tuple1 = 0x85
  /// `TUPLE2`
  case tuple2 = 0x86
  /// `TUPLE3`
  case tuple3 = 0x87
  /// `EMPTY_LIST`
  case emptyList = 0x5d
  /// `APPEND`
  case append = 0x61
  /// `APPENDS`
  case appends = 0x65
  /// `EMPTY_DICT`
  case emptyDictionary = 0x7d
  /// `SETITEM`
  case setItem = 0x73
  /// `SETITEMS`
  case setItems = 0x75
  /// `REDUCE`
  case reduce = 0x52
  /// `NEWOBJ`
  case newObject = 0x81
  /// `BINPERSID`
  case persistentIdentifier = 0x51
  /// `BUILD`
  case build = 0x62
  /// `BINPUT`
  case putShort = 0x71
  /// `LONG_BINPUT`
  case putLong = 0x72
  /// `BINGET`
  case getShort = 0x68
  /// `LONG_BINGET`
  case getLong = 0x6a
}
