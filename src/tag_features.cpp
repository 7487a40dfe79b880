#include "tag_features.h"

#include <algorithm>

namespace newsnlp {
namespace {

constexpr uint32_t kLongestAffix = 5;
constexpr uint64_t kSeed = 0x746167;  // keys are mixed twice: small numbers mixed once may meet

// Byte length of the last `count` code points; the whole word if it is shorter.
size_t suffix_size(std::string_view s, uint32_t count) noexcept {
  size_t at = s.size();
  for (; count > 0 && at > 0; --count) {
    --at;
    while (at > 0 && (static_cast<unsigned char>(s[at]) & 0xC0) == 0x80) --at;
  }
  return s.size() - at;
}

size_t prefix_size(std::string_view s, uint32_t count) noexcept {
  size_t at = 0;
  for (; count > 0 && at < s.size(); --count) {
    ++at;
    while (at < s.size() && (static_cast<unsigned char>(s[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

uint64_t suffix(std::string_view s, uint32_t count) noexcept {
  return hash_bytes(s.substr(s.size() - suffix_size(s, count)));
}

}  // namespace

uint64_t lexicon_key(const WordType& type) noexcept {
  return mix(mix(kSeed, 1000), type.hash);
}

TagWord tag_word(const WordType& type, std::string_view lower, uint64_t lanes) noexcept {
  return {type.lower, type.shape, lanes != 0 ? mix(1, lanes) : mix(type.shape, suffix(lower, 2)), type.class_256};
}

void word_features(WordPlace place, const WordType& type, std::string_view lower, uint64_t kind,
                   std::vector<uint64_t>& keys) {
  uint64_t number = static_cast<uint64_t>(place) * 32;
  const auto add = [&](uint64_t value) { keys.push_back(mix(mix(kSeed, number++), value)); };
  add(type.lower);
  add(type.class_256);
  add(type.class_1024);
  add(kind);
  if (place == WordPlace::FarLeft || place == WordPlace::FarRight) return;
  add(suffix(lower, 2));
  add(suffix(lower, 3));
  add(type.shape);
  if (place != WordPlace::Own) return;
  add(type.hash);
  add(type.class_3000);
  add(suffix(lower, 1));
  add(suffix(lower, 4));
  add(suffix(lower, kLongestAffix));
  for (uint32_t n = 1; n <= 4; ++n) add(hash_bytes(lower.substr(0, prefix_size(lower, n))));
  add(mix(type.shape, suffix(lower, 3)));
  add(type.flags);
}

}  // namespace newsnlp
