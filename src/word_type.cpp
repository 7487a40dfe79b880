#include "word_type.h"

#include <algorithm>
#include <array>

#include "hash.h"
#include "unicode.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

// What a character says of its word.
struct Look {
  char sign = 0;  // of the shape
  uint32_t flags = 0;
};

Look look_at(char32_t c) {
  switch (char_class(c)) {
    case CharClass::Upper:
      return {'X', WordType::kHasUpper};
    case CharClass::Lower:
    case CharClass::Letter:
      return {'x', WordType::kHasLower};
    case CharClass::Digit:
      return {'d', WordType::kHasDigit};
    default:
      if (c == '-' || c == 0x2010 || c == 0x2011) return {'-', WordType::kHasHyphen};
      if (c == '.') return {'.', WordType::kHasDot};
      if (c == '\'' || c == 0x2019) return {'\'', WordType::kHasApostrophe};
      return {c < 0x80 ? static_cast<char>(c) : '?', 0};
  }
}

// Flags and the collapsed shape: runs of one class become one sign.
void look(std::string_view form, WordType& t, std::string& shape) {
  static const std::array<Look, 0x80> kAscii = [] {
    std::array<Look, 0x80> looks;
    for (char32_t c = 0; c < 0x80; ++c) looks[c] = look_at(c);
    return looks;
  }();
  shape.clear();
  uint32_t all = ~0U;  // flags that every letter, or every character, has
  uint32_t all_letters = ~0U;
  constexpr uint32_t kLetter = WordType::kHasUpper | WordType::kHasLower;
  for (size_t i = 0; i < form.size();) {
    const size_t at = i;
    const char32_t c = next_code_point(form, i);
    const Look now = c < 0x80 ? kAscii[c] : look_at(c);
    if (shape.empty() || shape.back() != now.sign) shape += now.sign;
    t.flags |= now.flags | (c < 0x80 ? 0U : WordType::kNonAscii);
    if (at == 0 && now.flags == WordType::kHasUpper) t.flags |= WordType::kFirstUpper;
    all &= now.flags;
    all_letters &= now.flags & kLetter ? now.flags : ~0U;
  }
  if ((t.flags & kLetter) == 0) {
    if (!form.empty() && (all & WordType::kHasDigit) != 0) t.flags |= WordType::kAllDigit;
    return;
  }
  t.flags |= WordType::kHasLetter;
  if ((all_letters & WordType::kHasUpper) != 0) t.flags |= WordType::kAllUpper;
}

}  // namespace

WordTypes::WordTypes(const WordClasses* classes) : classes_(classes), slots_(1 << 12) {}

void WordTypes::intern(std::string_view text, std::span<const Token> tokens, std::vector<uint32_t>& ids) {
  constexpr size_t kTogether = 128;
  std::array<uint64_t, kTogether> hashes;
  ids.resize(tokens.size());
  const size_t last_short = text.size() < kShortForm ? 0 : text.size() - kShortForm + 1;  // where none begins any more
  for (size_t begin = 0; begin < tokens.size(); begin += kTogether) {
    const auto some = tokens.subspan(begin, std::min(kTogether, tokens.size() - begin));
    const auto form = [&](size_t k) { return text.substr(some[k].span.begin, some[k].span.size()); };
    for (size_t k = 0; k < some.size(); ++k) {
      const Span span = some[k].span;
      const bool is_short = span.begin < last_short && span.size() < kShortForm;
      hashes[k] = is_short ? hash_short(text.data() + span.begin, span.size()) : hash_bytes(form(k));
      __builtin_prefetch(&slots_[hashes[k] & (slots_.size() - 1)]);
    }
    for (size_t k = 0; k < some.size(); ++k) {
      const uint64_t mask = slots_.size() - 1;
      const uint64_t home = slots_[hashes[k] & mask];
      const bool known = (home & mask) != 0 && ((home ^ hashes[k]) & ~mask) == 0;
      ids[begin + k] = known ? static_cast<uint32_t>((home & mask) - 1) : intern(form(k), hashes[k]);
    }
  }
}

size_t WordTypes::find(uint64_t hash) const noexcept {
  const size_t mask = slots_.size() - 1;
  size_t slot = hash & mask;
  while ((slots_[slot] & mask) != 0 && ((slots_[slot] ^ hash) & ~mask) != 0) slot = (slot + 1) & mask;
  return slot;
}

uint32_t WordTypes::intern(std::string_view form, uint64_t hash) {
  const size_t mask = slots_.size() - 1;
  const size_t slot = find(hash);
  if (const uint64_t number = slots_[slot] & mask; number != 0) return static_cast<uint32_t>(number - 1);
  return add(form, hash, slot);
}

uint32_t WordTypes::add(std::string_view form, uint64_t hash, size_t slot) {
  WordType t;
  t.hash = hash;
  const auto begin = static_cast<uint32_t>(arena_.size());
  append_lower(form.substr(0, 1 << 15), arena_);
  t.lower_begin = begin;
  t.lower_size = static_cast<uint16_t>(arena_.size() - begin);
  t.lower = hash_bytes(std::string_view(arena_).substr(begin));
  look(form, t, scratch_);
  t.shape = hash_bytes(scratch_);
  if (classes_ != nullptr) {
    const WordClasses::Entry e = classes_->find(t.lower);
    t.class_256 = e.class_256;
    t.class_1024 = e.class_1024;
    t.class_3000 = e.class_3000;
  }
  types_.push_back(t);
  slots_[slot] = (hash & ~uint64_t{slots_.size() - 1}) | types_.size();
  if (types_.size() * 2 > slots_.size()) grow();
  return static_cast<uint32_t>(types_.size() - 1);
}

void WordTypes::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const uint64_t mask = slots_.size() - 1;
  for (uint64_t id = 0; id < types_.size(); ++id) {
    size_t slot = types_[id].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = (types_[id].hash & ~mask) | (id + 1);
  }
}

bool WordTypes::trim() {
  if (types_.size() <= kMaxTypes) return false;
  types_.clear();
  arena_.clear();
  slots_.assign(1 << 12, 0);
  ++generation_;
  return true;
}

}  // namespace newsnlp
