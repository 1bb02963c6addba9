#include "Guard.h"

#include <c10/core/Event.h>
#include <c10/core/Stream.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/version.h>

#include <algorithm>
// The graph of any accelerator. LibTorch 2.11 and 2.12 have only CUDA's, whose header needs NVIDIA's headers and whose
// symbols lie in libtorch_cuda: a build for such a machine (Scripts/gpu) links it and says so.
#if __has_include(<ATen/accelerator/Graph.h>)
#include <ATen/accelerator/Graph.h>
#define CTORCH_GRAPH at::accelerator::Graph
#elif defined(CTORCH_LINKS_CUDA)
#include <ATen/cuda/CUDAGraph.h>
#define CTORCH_GRAPH at::cuda::CUDAGraph
#endif

using namespace ctorch;

namespace {

/// Makes `to` the current stream, behind what is queued on the present one.
void follow(const c10::impl::VirtualGuardImpl &machine, c10::Stream to) {
  c10::Event event(to.device_type());
  event.record(machine.getStream(to.device()));
  event.block(to);
  machine.exchangeStream(to);
}

struct Streams {
  Streams(at::Device device, int32_t count) : machine(device.type()), home(machine.getStream(device)) {
    for (int32_t i = 0; i < count; i++) streams.push_back(machine.getStreamFromGlobalPool(device));
  }
  void advance() {
    if (used == 0) home = machine.getStream(home.device());
    follow(machine, streams[used++ % streams.size()]);
  }
  void join() {
    for (size_t i = 0; i < std::min(used, streams.size()); i++) {
      c10::Event event(home.device_type());
      event.record(streams[i]);
      event.block(home);
    }
    if (used > 0) machine.exchangeStream(home);
    used = 0;
  }
  c10::impl::VirtualGuardImpl machine;
  c10::Stream home;
  std::vector<c10::Stream> streams;
  size_t used = 0;
};
Streams &unwrap(CTorchStreams *streams) { return *reinterpret_cast<Streams *>(streams); }

#ifdef CTORCH_GRAPH
struct Graph {
  explicit Graph(at::Device device)
      : machine(device.type()), home(machine.getStream(device)), side(machine.getStreamFromGlobalPool(device)) {}
  void begin() {
    home = machine.getStream(side.device());
    follow(machine, side);
    graph.capture_begin();
  }
  void end() {
    // Whatever happens, the stream is home again.
    struct Return {
      Graph &graph;
      ~Return() { graph.machine.exchangeStream(graph.home); }
    } back{*this};
    graph.capture_end();
  }
  c10::impl::VirtualGuardImpl machine;
  c10::Stream home, side;
  CTORCH_GRAPH graph;
};
Graph &unwrap(CTorchGraph *graph) { return *reinterpret_cast<Graph *>(graph); }
#endif

}  // namespace

CTorchStreams *ctorch_streams_new(CTorchDevice on, int32_t count) {
  CTorchStreams *result = nullptr;
  succeeds([&] { result = reinterpret_cast<CTorchStreams *>(new Streams(device(on), count)); });
  return result;
}
void ctorch_streams_free(CTorchStreams *streams) { delete &unwrap(streams); }
CTorchStatus ctorch_streams_advance(CTorchStreams *streams) {
  return status([&] { unwrap(streams).advance(); });
}
CTorchStatus ctorch_streams_join(CTorchStreams *streams) {
  return status([&] { unwrap(streams).join(); });
}

#ifdef CTORCH_GRAPH
CTorchGraph *ctorch_graph_new(CTorchDevice on) {
  CTorchGraph *result = nullptr;
  succeeds([&] { result = reinterpret_cast<CTorchGraph *>(new Graph(device(on))); });
  return result;
}
void ctorch_graph_free(CTorchGraph *graph) { delete &unwrap(graph); }
CTorchStatus ctorch_graph_begin(CTorchGraph *graph) {
  return status([&] { unwrap(graph).begin(); });
}
CTorchStatus ctorch_graph_end(CTorchGraph *graph) {
  return status([&] { unwrap(graph).end(); });
}
CTorchStatus ctorch_graph_replay(CTorchGraph *graph) {
  return status([&] { unwrap(graph).graph.replay(); });
}
#else
CTorchGraph *ctorch_graph_new(CTorchDevice) {
  remember("this LibTorch, " TORCH_VERSION ", has no graphs of an accelerator: 2.13 has, and a build by Scripts/gpu");
  return nullptr;
}
void ctorch_graph_free(CTorchGraph *) {}
CTorchStatus ctorch_graph_begin(CTorchGraph *) { return false; }
CTorchStatus ctorch_graph_end(CTorchGraph *) { return false; }
CTorchStatus ctorch_graph_replay(CTorchGraph *) { return false; }
#endif
