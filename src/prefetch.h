// Room: features. Memory that is asked for before it is read.
#pragma once

#include <cstddef>
#include <cstdint>

namespace newsnlp {

/// Asks for the line that holds the byte `bytes` behind `base`. There may be none: nothing happens then.
inline void prefetch_behind(const void* base, size_t bytes) noexcept {
  __builtin_prefetch(reinterpret_cast<const void*>(reinterpret_cast<uintptr_t>(base) + bytes));
}

}  // namespace newsnlp
