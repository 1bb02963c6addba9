import Foundation

/// Standard input, output and error as the command needs them.
enum StandardStreams {
  /// Opens those that are closed, as some daemons start their children, so that no file of a run takes their numbers and
  /// then what is printed; writing a result to a closed output stays an error. A reader that has gone away becomes an error
  /// of writing too, instead of the end of the process.
  static func prepare() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest number that is free, which is this one.
      _ = open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR)
    }
    signal(SIGPIPE, SIG_IGN)
  }
}
