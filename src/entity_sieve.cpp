#include "entity_sieve.h"

namespace newsnlp {

PrefixSieve entity_sieve(std::span<const std::string> regexes) {
  constexpr size_t kMostPrefixes = 8;
  PrefixSieve sieve;
  for (const std::string& regex : regexes) sieve.add(regex, RegexText::AnyCase, kMostPrefixes);
  sieve.build();
  return sieve;
}

}  // namespace newsnlp
