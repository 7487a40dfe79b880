// Room: bench. Included first by tools/cache_misses.py's build: what is fetched ahead is read, so that a simulator of
// caches, which passes over prefetches, sees where memory is waited for and where it is not.
#pragma once

#include <immintrin.h>

extern "C" {
inline volatile char newsnlp_fetched;
}
#define __builtin_prefetch(address, ...)                                               \
  do {                                                                                 \
    if (reinterpret_cast<unsigned long>(address) > 65536UL)                            \
      newsnlp_fetched = *reinterpret_cast<const volatile char*>(address); /* NOLINT */ \
  } while (0)
