// The C face of LibTorch: opaque handles, one function per operation, no Torch header.
//
// Conventions
//   * A function that makes a tensor returns an owned handle (release it with ctorch_tensor_free), or NULL after a failure.
//   * A function that makes nothing returns whether it succeeded.
//   * After a failure ctorch_last_error() holds the message of this thread until the next failure.
//   * Lists are a pointer and a count; sizes and indices are intptr_t (`Int` in Swift). A tensor argument may be NULL only
//     where the declaration says so.
//
// Adding an operation: a word in one of the tables below and a line of Swift where its signature is one of theirs;
// otherwise a declaration here, a line in the .cpp file of its theme and a line of Swift.
#ifndef CTORCH_H
#define CTORCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct CTorchTensor CTorchTensor;
typedef struct CTorchGenerator CTorchGenerator;
typedef struct CTorchTrace CTorchTrace;
typedef struct CTorchRegion CTorchRegion;
typedef struct CTorchStreams CTorchStreams;
typedef struct CTorchGraph CTorchGraph;

/// Whether a call succeeded.
typedef bool CTorchStatus;

/// A device: kind 0 is the CPU, 1 is CUDA.
typedef struct { int8_t kind; int8_t index; } CTorchDevice;

const char *ctorch_last_error(void);

// MARK: Tables of operations that share a signature

/// f(x)
#define CTORCH_UNARY(F)                                                                                               \
  F(abs) F(cos) F(erf) F(exp) F(expm1) F(floor) F(isfinite) F(log) F(log1p) F(logical_not) F(neg) F(reciprocal)       \
  F(relu) F(rsqrt) F(sigmoid) F(sign) F(sin) F(sqrt) F(square) F(tanh) F(sum) F(mean) F(any) F(all)           \
  F(max) F(min) F(clone) F(contiguous) F(detach) F(nonzero)

/// f(x, y), with broadcasting
#define CTORCH_BINARY(F)                                                                                              \
  F(add) F(sub) F(mul) F(div) F(pow) F(maximum) F(minimum) F(eq) F(ne) F(lt) F(le) F(gt) F(ge) F(matmul)              \
  F(logical_and) F(logical_or) F(masked_select)

/// f(x, number)
#define CTORCH_SCALAR(F) F(add) F(sub) F(mul) F(div) F(pow) F(eq) F(ne) F(lt) F(le) F(gt) F(ge) F(clamp_min) F(clamp_max)

/// f(x, dimension)
#define CTORCH_DIMENSION(F)                                                                                           \
  F(cumsum) F(cumprod) F(softmax) F(log_softmax) F(unsqueeze) F(squeeze) F(flip)

/// f(x, dimension, keep the dimension)
#define CTORCH_REDUCTION(F) F(sum) F(mean) F(amax) F(amin) F(argmax) F(argmin) F(logsumexp) F(norm)

#define CTORCH_DECLARE(name) CTorchTensor *ctorch_##name(const CTorchTensor *x);
CTORCH_UNARY(CTORCH_DECLARE)
#undef CTORCH_DECLARE
#define CTORCH_DECLARE(name) CTorchTensor *ctorch_##name(const CTorchTensor *x, const CTorchTensor *y);
CTORCH_BINARY(CTORCH_DECLARE)
#undef CTORCH_DECLARE
#define CTORCH_DECLARE(name) CTorchTensor *ctorch_##name##_scalar(const CTorchTensor *x, double value);
CTORCH_SCALAR(CTORCH_DECLARE)
#undef CTORCH_DECLARE
#define CTORCH_DECLARE(name) CTorchTensor *ctorch_##name##_dim(const CTorchTensor *x, intptr_t dimension);
CTORCH_DIMENSION(CTORCH_DECLARE)
#undef CTORCH_DECLARE
#define CTORCH_DECLARE(name) CTorchTensor *ctorch_##name##_over(const CTorchTensor *x, intptr_t dimension, bool keep);
CTORCH_REDUCTION(CTORCH_DECLARE)
#undef CTORCH_DECLARE

// MARK: Making, reading and describing tensors (Tensor.cpp)

CTorchTensor *ctorch_full(const intptr_t *shape, intptr_t rank, double value, int8_t dtype, CTorchDevice device);
CTorchTensor *ctorch_empty(const intptr_t *shape, intptr_t rank, int8_t dtype, CTorchDevice device);
CTorchTensor *ctorch_eye(intptr_t size, int8_t dtype, CTorchDevice device);
CTorchTensor *ctorch_arange(double start, double end, double step, int8_t dtype, CTorchDevice device);
/// Copies `byte_count` bytes, which must be exactly the size of the tensor, into a new tensor on the CPU.
CTorchTensor *ctorch_from_bytes(const void *bytes, size_t byte_count, const intptr_t *shape, intptr_t rank, int8_t dtype);
/// Copies a tensor on any device, made contiguous, to `byte_count` bytes of the caller's.
CTorchStatus ctorch_to_bytes(const CTorchTensor *x, void *bytes, size_t byte_count);
CTorchTensor *ctorch_to(const CTorchTensor *x, int8_t dtype, CTorchDevice device);
void ctorch_tensor_free(CTorchTensor *x);
intptr_t ctorch_rank(const CTorchTensor *x);
void ctorch_shape(const CTorchTensor *x, intptr_t *sizes);
int8_t ctorch_dtype(const CTorchTensor *x);
CTorchDevice ctorch_device(const CTorchTensor *x);
bool ctorch_is_contiguous(const CTorchTensor *x);
bool ctorch_is_same(const CTorchTensor *x, const CTorchTensor *y);
CTorchStatus ctorch_item(const CTorchTensor *x, double *value);
CTorchStatus ctorch_equal(const CTorchTensor *x, const CTorchTensor *y, bool *result);
CTorchStatus ctorch_copy_into(CTorchTensor *x, const CTorchTensor *source);
CTorchStatus ctorch_zero(CTorchTensor *x);
CTorchStatus ctorch_add_scaled_into(CTorchTensor *x, const CTorchTensor *y, double scale);
/// x[indices[i]] += scale * rows[i]
CTorchStatus ctorch_add_scaled_rows_into(
    CTorchTensor *x, const CTorchTensor *indices, const CTorchTensor *rows, double scale);

// MARK: Shape and selection (Operations.cpp)

CTorchTensor *ctorch_reshape(const CTorchTensor *x, const intptr_t *shape, intptr_t rank);
CTorchTensor *ctorch_expand(const CTorchTensor *x, const intptr_t *shape, intptr_t rank);
CTorchTensor *ctorch_permute(const CTorchTensor *x, const intptr_t *order, intptr_t rank);
CTorchTensor *ctorch_transpose(const CTorchTensor *x, intptr_t first, intptr_t second);
CTorchTensor *ctorch_narrow(const CTorchTensor *x, intptr_t dimension, intptr_t start, intptr_t length);
CTorchTensor *ctorch_select(const CTorchTensor *x, intptr_t dimension, intptr_t index);
CTorchTensor *ctorch_index_select(const CTorchTensor *x, intptr_t dimension, const CTorchTensor *indices);
CTorchTensor *ctorch_gather(const CTorchTensor *x, intptr_t dimension, const CTorchTensor *indices);
CTorchTensor *ctorch_index_add(
    const CTorchTensor *x, intptr_t dimension, const CTorchTensor *indices, const CTorchTensor *source);
/// x [N] with the entries at indices where they are not less than those of source, else these; off the graph.
CTorchTensor *ctorch_index_max(const CTorchTensor *x, const CTorchTensor *indices, const CTorchTensor *source);
CTorchTensor *ctorch_cat(CTorchTensor *const *tensors, intptr_t count, intptr_t dimension);
CTorchTensor *ctorch_stack(CTorchTensor *const *tensors, intptr_t count, intptr_t dimension);
CTorchTensor *ctorch_where(const CTorchTensor *condition, const CTorchTensor *x, const CTorchTensor *y);
/// The maximum over each run of entries of the first dimension, of which run i goes from starts[i] to starts[i + 1]; minus
/// infinity for an empty run. Off the graph.
CTorchTensor *ctorch_segment_max(const CTorchTensor *x, const CTorchTensor *starts);
CTorchTensor *ctorch_argsort(const CTorchTensor *x, intptr_t dimension, bool descending);
/// The elements in rising order along the last dimension.
CTorchTensor *ctorch_sort(const CTorchTensor *x);
/// For each of values [..., N] how many of sorted [..., M], in rising order, are not greater, as int64.
CTorchTensor *ctorch_search_sorted(const CTorchTensor *sorted, const CTorchTensor *values);
CTorchTensor *ctorch_one_hot(const CTorchTensor *x, intptr_t classes);

// MARK: Neural-network functions (Operations.cpp)

/// x W^T + b; the bias may be NULL.
CTorchTensor *ctorch_linear(const CTorchTensor *x, const CTorchTensor *weight, const CTorchTensor *bias);
CTorchTensor *ctorch_leaky_relu(const CTorchTensor *x, double slope);
CTorchTensor *ctorch_elu(const CTorchTensor *x, double alpha);
CTorchTensor *ctorch_gelu(const CTorchTensor *x);
/// max(0, x) in x's own memory, which no operation of the graph may need.
CTorchTensor *ctorch_relu_in_place(CTorchTensor *x);
CTorchTensor *ctorch_softplus(const CTorchTensor *x);
/// Weight, bias, running mean and variance may be NULL; the running statistics are moved when `training`.
CTorchTensor *ctorch_batch_norm(
    const CTorchTensor *x, const CTorchTensor *weight, const CTorchTensor *bias, CTorchTensor *running_mean,
    CTorchTensor *running_variance, bool training, double momentum, double epsilon);
CTorchTensor *ctorch_layer_norm(
    const CTorchTensor *x, const CTorchTensor *weight, const CTorchTensor *bias, const intptr_t *shape, intptr_t rank,
    double epsilon);
CTorchTensor *ctorch_conv2d(
    const CTorchTensor *x, const CTorchTensor *weight, const CTorchTensor *bias, intptr_t stride, intptr_t padding);
CTorchTensor *ctorch_max_pool2d(const CTorchTensor *x, intptr_t size, intptr_t stride, intptr_t padding);
CTorchTensor *ctorch_adaptive_avg_pool2d(const CTorchTensor *x, intptr_t height, intptr_t width);
/// Bilinear, with smoothing where the image becomes smaller; in this thread alone.
CTorchTensor *ctorch_resize_bilinear(const CTorchTensor *x, intptr_t height, intptr_t width);
/// The rows at indices; with is_sparse the gradient of the weight is a sparse tensor of the rows that were read.
CTorchTensor *ctorch_embedding(const CTorchTensor *weight, const CTorchTensor *indices, bool is_sparse);
/// softmax(q k^T / sqrt(E)) v over the last two dimensions, [..., L, E] with [..., S, E] and [..., S, V] to [..., L, V].
CTorchTensor *ctorch_attention(
    const CTorchTensor *query, const CTorchTensor *key, const CTorchTensor *value, bool is_causal);
CTorchTensor *ctorch_cross_entropy(const CTorchTensor *logits, const CTorchTensor *targets);
CTorchTensor *ctorch_mse(const CTorchTensor *x, const CTorchTensor *y);
CTorchTensor *ctorch_smooth_l1(const CTorchTensor *x, const CTorchTensor *y);
CTorchTensor *ctorch_binary_cross_entropy_with_logits(const CTorchTensor *logits, const CTorchTensor *targets);

/// x [B, C] beside its sines and cosines at the frequencies 1, 2, 4, ..., [B, C (1 + 2 octaves)] (Encoding.cpp).
CTorchTensor *ctorch_positional_encoding(const CTorchTensor *x, intptr_t octaves);

// MARK: Sparse matrices (Sparse.cpp)

/// A CSR matrix [rows, columns] of float values; row starts and column indices are int32 or int64.
CTorchTensor *ctorch_sparse_csr(
    const CTorchTensor *row_starts, const CTorchTensor *columns, const CTorchTensor *values, intptr_t rows,
    intptr_t column_count);
/// matrix @ x, whose derivative with respect to x is transposed @ gradient; `transposed` must be the transpose of
/// `matrix`, or NULL where no derivative will be asked for.
CTorchTensor *ctorch_sparse_matmul(const CTorchTensor *matrix, const CTorchTensor *transposed, const CTorchTensor *x);
/// The column of each stored element, and the elements, in the order of rows.
CTorchTensor *ctorch_sparse_columns(const CTorchTensor *matrix);
CTorchTensor *ctorch_sparse_values(const CTorchTensor *matrix);
/// The same places with other values.
CTorchTensor *ctorch_sparse_with_values(const CTorchTensor *matrix, const CTorchTensor *values);

// MARK: Edges (Sparse.cpp)

/// The E edges of a graph of N nodes in both orders, as int32 tensors. Edges are numbered by their target.
typedef struct {
  /// [N + 1], where the edges of each target begin; [E], their sources.
  const CTorchTensor *target_starts, *sources;
  /// [N + 1], where the edges of each source begin; [E], their targets; [E], their numbers.
  const CTorchTensor *source_starts, *targets, *numbers;
} CTorchEdges;
/// z[e, l, h] = sum over c of x[target of e, h, c] y[source of e, l, h, c]; [N, H, C], [N, L, H, C] to [E, L, H].
CTorchTensor *ctorch_edge_dot(CTorchEdges edges, const CTorchTensor *x, const CTorchTensor *y);
/// z[i, h, c] = sum over edges e to i, and l, of w[e, l, h] y[source of e, l, h, c]; [E, L, H], [N, L, H, C] to
/// [N, H, C].
CTorchTensor *ctorch_edge_sum(CTorchEdges edges, const CTorchTensor *w, const CTorchTensor *y);

// MARK: Autograd (Autograd.cpp)

bool ctorch_requires_grad(const CTorchTensor *x);
CTorchStatus ctorch_set_requires_grad(CTorchTensor *x, bool value);
/// Turns the recording of the graph on or off for this thread; returns what it was.
bool ctorch_set_grad_enabled(bool enabled);
/// A place in the graph, from which a traversal can start: what is left of a tensor when its numbers are not needed.
typedef struct CTorchEdge CTorchEdge;
/// An owned handle (release it with ctorch_edge_free), or NULL for a tensor that is not on a graph.
CTorchEdge *ctorch_edge(const CTorchTensor *x);
void ctorch_edge_free(CTorchEdge *edge);
/// The vector-Jacobian product of many roots in one traversal: gradients[i] = sum_k roots[k]^T-Jacobian . vectors[k].
/// gradients[i] becomes NULL where inputs[i] is not reached.
CTorchStatus ctorch_grad(
    CTorchEdge *const *roots, CTorchTensor *const *vectors, intptr_t root_count, CTorchTensor *const *inputs,
    intptr_t input_count, bool retain_graph, CTorchTensor **gradients);
/// Takes the gradient of inputs[index], which the receiver owns.
typedef void (*CTorchReceiver)(void *context, intptr_t index, CTorchTensor *gradient);
/// As ctorch_grad, for inputs that are leaves, but hands each gradient over as soon as it is complete, while the traversal
/// goes on. A leaf that has been handed over may be changed in place: no later node of the traversal reads it, or LibTorch
/// reports the change as an error.
CTorchStatus ctorch_grad_each(
    CTorchEdge *const *roots, CTorchTensor *const *vectors, intptr_t root_count, CTorchTensor *const *inputs,
    intptr_t input_count, bool retain_graph, CTorchReceiver receive, void *context);

// MARK: Optimizers (Operations.cpp)

/// The momenta start as zeros; they are not read when `momentum` is 0.
CTorchStatus ctorch_fused_sgd(
    CTorchTensor *const *parameters, CTorchTensor *const *gradients, CTorchTensor *const *momenta, intptr_t count,
    double rate, double momentum, double weight_decay, bool nesterov);
/// Counts the step in `steps` (a scalar for each parameter) first.
CTorchStatus ctorch_fused_adam(
    CTorchTensor *const *parameters, CTorchTensor *const *gradients, CTorchTensor *const *first_moments,
    CTorchTensor *const *second_moments, CTorchTensor *const *steps, intptr_t count, double rate, double beta1,
    double beta2, double weight_decay, double epsilon, bool decoupled);

// MARK: Mixed precision (Operations.cpp)

/// Turns automatic casts of matrix products and convolutions to `dtype` on or off for this thread; returns whether they
/// were on. Casts are not cached, so that a parameter changed in place is never read from a stale copy.
bool ctorch_set_autocast(CTorchDevice device, bool enabled, int8_t dtype);

// MARK: Random numbers (Tensor.cpp)

CTorchGenerator *ctorch_generator_new(CTorchDevice device, uint64_t seed);
void ctorch_generator_free(CTorchGenerator *generator);
CTorchTensor *ctorch_generator_state(const CTorchGenerator *generator);
CTorchStatus ctorch_generator_set_state(CTorchGenerator *generator, const CTorchTensor *state);
CTorchTensor *ctorch_uniform(
    const intptr_t *shape, intptr_t rank, double low, double high, int8_t dtype, CTorchDevice device,
    CTorchGenerator *generator);
CTorchTensor *ctorch_normal(
    const intptr_t *shape, intptr_t rank, double mean, double deviation, int8_t dtype, CTorchDevice device,
    CTorchGenerator *generator);
CTorchTensor *ctorch_permutation(intptr_t count, CTorchDevice device, CTorchGenerator *generator);
/// A tensor like `x` that holds 1 / (1 - probability) with probability 1 - `probability`, else 0.
CTorchTensor *ctorch_dropout_mask(const CTorchTensor *x, double probability, CTorchGenerator *generator);

// MARK: Feedback matrices (Feedback.cpp)

/// The four words that Philox4x32-10 makes of a counter (four words) and a key (two words).
void ctorch_philox(const uint32_t *counter, const uint32_t *key, uint32_t *words);
/// The elements [first_row ..< first_row + rows, first_column ..< first_column + columns] of an endless matrix, float on
/// the CPU, each decided by the seed and its place alone: uniform in [-1, 1) (distribution 0), standard normal (1) or
/// signs (2), kept with a probability (signs are all kept) and else 0, times `scale`.
CTorchTensor *ctorch_counter_block(
    uint64_t seed, int8_t distribution, double scale, double density, intptr_t first_row, intptr_t rows,
    intptr_t first_column, intptr_t columns);
/// The last dimension, a power of two, times the Sylvester-Hadamard matrix, whose elements are 1 and -1.
CTorchTensor *ctorch_walsh_hadamard(const CTorchTensor *x);
/// The Q of the QR decomposition in which the diagonal of R is positive; `x` has at least as many rows as columns.
CTorchTensor *ctorch_orthonormal_columns(const CTorchTensor *x);
/// X of `a X = y` for a square `a`, which is not checked to have an inverse, so that nothing waits for the device.
CTorchTensor *ctorch_solve(const CTorchTensor *a, const CTorchTensor *y);

// MARK: Traces of operations (Trace.cpp)

/// A factor of a matrix product; `storage` is the same for all views of one tensor, 0 for a sparse matrix.
typedef struct { const int64_t *sizes; intptr_t rank; uintptr_t storage; } CTorchOperand;
/// Something that ran: kind 0 is an operation, 1 a node of autograd, 2 a region. `parent` is the index of the event around
/// it, or -1. Of a matrix product the multiply-accumulates and the factors, else -1 and none.
typedef struct {
  const char *name;
  int8_t kind;
  int64_t start_nanoseconds, end_nanoseconds;
  int64_t parent;
  int64_t multiply_accumulates;
  const CTorchOperand *operands;
  intptr_t operand_count;
} CTorchEvent;

/// Records what this thread runs, and what autograd runs for it, until `ctorch_trace_end`. Waits for the device after each
/// operation, so that times are the device's.
CTorchStatus ctorch_trace_begin(CTorchDevice device);
/// An owned handle (release it with ctorch_trace_free), whose events are valid as long as it is.
CTorchTrace *ctorch_trace_end(void);
void ctorch_trace_free(CTorchTrace *trace);
intptr_t ctorch_trace_count(const CTorchTrace *trace);
CTorchEvent ctorch_trace_event(const CTorchTrace *trace, intptr_t index);
uintptr_t ctorch_storage_address(const CTorchTensor *x);
/// Marks a region until `ctorch_region_end`, which must be called with the result; NULL when nobody records.
CTorchRegion *ctorch_region_begin(const char *name);
void ctorch_region_end(CTorchRegion *region);

// MARK: Streams and captured work of an accelerator (Streams.cpp)

/// Streams to spread work over; an owned handle (release it with ctorch_streams_free). NULL where the device has none.
CTorchStreams *ctorch_streams_new(CTorchDevice device, int32_t count);
void ctorch_streams_free(CTorchStreams *streams);
/// Goes on with the next stream, behind what is queued on the present one.
CTorchStatus ctorch_streams_advance(CTorchStreams *streams);
/// Goes back to the stream where the first advance was made, behind what is queued on all.
CTorchStatus ctorch_streams_join(CTorchStreams *streams);

/// Work that is queued as a whole; an owned handle (release it with ctorch_graph_free). NULL where that cannot be.
CTorchGraph *ctorch_graph_new(CTorchDevice device);
void ctorch_graph_free(CTorchGraph *graph);
/// Until ctorch_graph_end, which must be called also after a failure, what this thread queues is taken down and not done.
CTorchStatus ctorch_graph_begin(CTorchGraph *graph);
CTorchStatus ctorch_graph_end(CTorchGraph *graph);
CTorchStatus ctorch_graph_replay(CTorchGraph *graph);

// MARK: Rows of tables (Rows.cpp)

/// The sums of values [..., D] by their indices [...]: each index once, in ascending order, and its sum. On the CPU.
CTorchStatus ctorch_sum_rows(
    const CTorchTensor *indices, const CTorchTensor *values, intptr_t row_count, CTorchTensor **rows, CTorchTensor **sums);
/// What one step of Adam multiplies by, the same for every row: η / (1 - β₁^t), 1 / sqrt(1 - β₂^t), and η λ of decoupled decay.
typedef struct {
  float size, root, shrink;
} CTorchAdamStep;
/// Adam for rows of a table: each of `rows` (NULL: all) makes the steps that it has not made up to last_step, as row_steps says,
/// along its weight decay alone, and the last of them along its gradient too, if there is one. `steps` has the
/// steps first_step + 1 ... last_step. On the CPU.
CTorchStatus ctorch_adam_rows(
    CTorchTensor *parameter, CTorchTensor *first_moment, CTorchTensor *second_moment, CTorchTensor *row_steps,
    const CTorchTensor *rows, const CTorchTensor *gradient, const CTorchAdamStep *steps, intptr_t first_step, intptr_t last_step,
    double beta1, double beta2, double weight_decay, double epsilon, bool decoupled);
/// Of a sparse tensor of rows: the indices [n] and values [n, ...] as they were added up, not summed by row. Owned by the caller.
CTorchStatus ctorch_sparse_rows(const CTorchTensor *x, CTorchTensor **indices, CTorchTensor **values);
bool ctorch_is_sparse(const CTorchTensor *x);

// MARK: The machine (Machine.cpp)

/// Loads libtorch_cuda when it lies beside libtorch_cpu. Safe to call more than once.
void ctorch_initialize(void);
const char *ctorch_version(void);
const char *ctorch_cpu_capability(void);
bool ctorch_cuda_is_available(void);
int32_t ctorch_cuda_device_count(void);
CTorchStatus ctorch_synchronize(CTorchDevice device);
int32_t ctorch_thread_count(void);
/// How many of them kernels of this package get.
int32_t ctorch_kernel_thread_count(void);
void ctorch_set_thread_count(int32_t count);
/// Bytes of tensors on the device that are alive, and the most that were since the last reset.
uint64_t ctorch_allocated_bytes(CTorchDevice device);
uint64_t ctorch_peak_bytes(CTorchDevice device);
void ctorch_reset_peak_bytes(CTorchDevice device);

#ifdef __cplusplus
}
#endif
#endif
