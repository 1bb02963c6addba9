// How our own kernels use the machine's vector instructions.
#pragma once

// The compiler makes one version of a function for each set of vector instructions; the machine chooses when it starts.
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__)
#define CTORCH_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CTORCH_CLONES
#endif
#define CTORCH_INLINE [[gnu::always_inline]] inline
