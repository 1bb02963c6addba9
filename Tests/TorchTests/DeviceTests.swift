import Foundation
import Testing
import Torch

@Suite("Devices") struct DeviceTests {
  @Test("Names and devices belong together") func names() throws {
    #expect(try Device(named: "cpu") == .cpu)
    #expect(Device.cpu.description == "cpu")
    #expect(Device.cuda(1).description == "cuda:1")
    let count = Device.cudaDeviceCount
    #expect(try Device(named: "auto") == (count > 0 ? .cuda(0) : .cpu))
  }

  @Test(
    "A name that means nothing is refused with the names that do",
    arguments: [
      "", "gpu", "CPU", "cpu:0", "cuda:", "cuda:x", "cuda:-1", "cuda:+1", "cuda:1:2", "cuda:0x1", " cuda",
    ])
  func unknown(_ name: String) throws {
    let error = try #require(throws: DeviceError.self) { try Device(named: name) }
    #expect(error == .unknown(name))
    #expect(error.description.contains("use auto, cpu, cuda or cuda:N"))
  }

  @Test("A device that is not there is refused with what is", arguments: [99, 1_000_000])
  func absent(_ index: Int) throws {
    let error = try #require(throws: DeviceError.self) { try Device(named: "cuda:\(index)") }
    #expect(error == .absent("cuda:\(index)", available: Device.cudaDeviceCount))
    #expect(DeviceError.absent("cuda", available: 0).description.contains("use --device cpu"))
    #expect(DeviceError.absent("cuda:2", available: 2).description.contains("cuda:0 to cuda:1"))
  }

  @Test("A device is found by its name where there is one", .enabled(if: Device.cudaDeviceCount > 0))
  func cuda() throws {
    #expect(try Device(named: "cuda") == .cuda(0))
    let x = Tensor.ones([3], device: .cuda(0))
    #expect(x.device == .cuda(0))
    #expect((x + x).to(Device.cpu).scalars(Float.self) == [2, 2, 2])
  }

  @Test("LibTorch tells its version and threads") func library() {
    #expect(LibTorch.version.split(separator: ".").count >= 3)
    #expect(!LibTorch.cpuCapability.isEmpty)
    #expect(LibTorch.threadCount >= 1)
    Device.cpu.synchronize()
  }

  #if os(Linux) && arch(x86_64)
    @Test("The answer that MKL gets to whether it may use AVX-512 is this package's", .disabled(if: isIntel))
    func instructions() throws {
      let name = "mkl_serv_intel_cpu_true"
      let first = try #require(dlsym(nil, name))
      let library = try #require(dlopen("libtorch_cpu.so", RTLD_NOLOAD | RTLD_LAZY))
      #expect(first != dlsym(library, name), "the linker has not put ours where libtorch_cpu looks first")
      let answer = unsafeBitCast(first, to: (@convention(c) () -> Int32).self)
      #expect(answer() == (LibTorch.cpuCapability == "AVX512" ? 1 : 0))
    }

    private static let isIntel =
      (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.contains("GenuineIntel") ?? false
  #endif

  // In a process of its own, because other tests make tensors at the same time.
  @Test("Bytes alive are counted with their peak") func memory() async {
    await #expect(processExitsWith: .success) {
      let kilobyte = 1024
      let kept = Tensor.zeros([256])
      let before = Device.cpu.allocatedBytes
      precondition(before >= kilobyte, "\(before)")
      Device.cpu.resetPeakBytes()
      precondition(Device.cpu.peakBytes == before)
      do {
        let large = Tensor.zeros([1024 * 256])
        precondition(Device.cpu.allocatedBytes == before + 1024 * kilobyte)
        _ = large.narrowed(0, start: 0, length: 3)
      }
      precondition(Device.cpu.allocatedBytes == before, "\(Device.cpu.allocatedBytes) after \(before)")
      precondition(Device.cpu.peakBytes == before + 1024 * kilobyte)
      Device.cpu.resetPeakBytes()
      precondition(Device.cpu.peakBytes == before)
      withExtendedLifetime(kept) {}
    }
  }
}
