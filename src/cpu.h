// Room: features. Run-time choice between code for any machine and code for the vector instructions of this one. Both
// come from the same source and give the same results.
#pragma once

#include <cstdlib>

namespace newsnlp {

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define NEWSNLP_TARGET_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
/// With NEWSNLP_PORTABLE in the environment the code for any machine runs: for tests.
inline bool has_avx2() noexcept {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && std::getenv("NEWSNLP_PORTABLE") == nullptr;
}
#else
#define NEWSNLP_TARGET_AVX2
inline bool has_avx2() noexcept {
  return false;
}
#endif
#define NEWSNLP_INLINE inline __attribute__((always_inline))

}  // namespace newsnlp
