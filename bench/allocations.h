// Room: bench. Calls of operator new, counted.
#pragma once

#include <cstddef>

namespace newsnlp {

/// Since this thread began.
size_t allocations() noexcept;

}  // namespace newsnlp
