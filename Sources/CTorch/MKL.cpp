// Which kernels MKL takes for matrix products and elementwise functions.

#ifdef __x86_64__

#include <cstdlib>

/// MKL, which is part of libtorch_cpu, asks this function of its own whether the processor is Intel's, and uses its AVX-512
/// kernels on no other, whatever the processor can do. The executable's definition comes before the library's: with it the
/// processor's instructions decide. Processors without AVX-512 keep what MKL has for them. `DFA_MKL_AVX512=0` gives MKL's own
/// answer, to measure what this is worth.
extern "C" __attribute__((visibility("default"))) int mkl_serv_intel_cpu_true() {
  __builtin_cpu_init();
  if (__builtin_cpu_is("intel")) return 1;
  const char *wish = std::getenv("DFA_MKL_AVX512");
  bool declined = wish != nullptr && wish[0] == '0';
  return !declined && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

#endif
