// Room: bench. Calls of operator new in this program, counted.
#pragma once

#include <cstddef>

namespace newsnlp {

/// Since the program began, by all threads.
size_t allocations() noexcept;

}  // namespace newsnlp
