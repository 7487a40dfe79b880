// Room: patterns. How the matches of entity patterns begin.
#pragma once

#include <span>
#include <string>

#include "prefix_sieve.h"

namespace newsnlp {

/// The section of the built-in model that holds it as PrefixSieve::write() gives it.
inline constexpr const char* kEntitySieve = "entity_patterns.table";

/// Of expressions in the order of their list.
PrefixSieve entity_sieve(std::span<const std::string> regexes);

}  // namespace newsnlp
