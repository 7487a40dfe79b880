#include "word_type.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

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

// Forms of fewer bytes have a key that is made of two loads.
constexpr size_t kShortForm = 16;

// By size: which bits of sixteen bytes are the form's, and what makes its key differ from others of the same bits.
struct ShortForms {
  std::array<uint64_t, kShortForm> low{};
  std::array<uint64_t, kShortForm> high{};
  std::array<uint64_t, kShortForm> salt{};
};
constexpr ShortForms kShort = [] {
  ShortForms forms;
  for (size_t size = 0; size < kShortForm; ++size) {
    for (size_t i = 0; i < size; ++i) (i < 8 ? forms.low[size] : forms.high[size]) |= uint64_t{0xFF} << (i % 8 * 8);
    forms.salt[size] = 0xA0761D6478BD642FULL ^ uint64_t { size } << 56;
  }
  return forms;
}();
constexpr uint64_t kTaken = uint64_t{1} << 30;  // of every key, above the bits of slots; so none is like a free slot

// A form of `size` < kShortForm bytes; kShortForm bytes can be read.
inline uint64_t short_key(const char* at, size_t size) {
  uint64_t low, high;
  std::memcpy(&low, at, sizeof low);
  std::memcpy(&high, at + sizeof low, sizeof high);
  if constexpr (std::endian::native == std::endian::big) low = __builtin_bswap64(low), high = __builtin_bswap64(high);
  const auto product = static_cast<unsigned __int128>((low & kShort.low[size]) ^ 0x9E3779B97F4A7C15ULL) *
                       ((high & kShort.high[size]) ^ kShort.salt[size]);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t key_of(std::string_view form) {
  if (form.size() >= kShortForm) return hash_bytes(form) | kTaken;
  char bytes[kShortForm] = {};
  std::copy(form.begin(), form.end(), bytes);
  return short_key(bytes, form.size()) | kTaken;
}

}  // namespace

WordTypes::WordTypes(const WordClasses* classes) : classes_(classes), slots_(1 << 12) {}

void WordTypes::intern(std::string_view text, std::span<const Token> tokens, std::vector<uint32_t>& ids) {
  constexpr size_t kTogether = 128;
  std::array<uint64_t, kTogether> keys;
  std::array<uint32_t, kTogether> found;
  ids.clear();
  ids.reserve(tokens.size());
  const auto form = [&](const Token& t) { return text.substr(t.span.begin, t.span.size()); };
  size_t whole = tokens.size();  // kShortForm bytes can be read where these begin: tokens stand in text order
  while (whole > 0 && tokens[whole - 1].span.begin + kShortForm > text.size()) --whole;
  for (size_t first = 0; first < whole; first += kTogether) {
    const Token* const token = tokens.data() + first;
    const size_t count = std::min(kTogether, whole - first);
    const uint64_t* slots = slots_.data();
    uint64_t mask = slots_.size() - 1;
    for (size_t i = 0; i < count; ++i) {
      const Span span = token[i].span;
      keys[i] =
          span.size() < kShortForm ? short_key(text.data() + span.begin, span.size()) | kTaken : key_of(form(token[i]));
      __builtin_prefetch(slots + (keys[i] & mask));
    }
    for (size_t i = 0; i < count; ++i) {
      const uint64_t home = slots[keys[i] & mask];
      if ((home ^ keys[i]) <= mask) {
        found[i] = static_cast<uint32_t>((home & mask) - 1);
        continue;
      }
      found[i] = intern(form(token[i]), keys[i]);
      slots = slots_.data();
      mask = slots_.size() - 1;
    }
    ids.insert(ids.end(), found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count));
  }
  for (const Token& t : tokens.subspan(whole)) ids.push_back(intern(form(t), key_of(form(t))));
  find_classes();
}

uint32_t WordTypes::intern(std::string_view form) {
  const uint32_t id = intern(form, key_of(form));
  find_classes();
  return id;
}

uint32_t WordTypes::intern(std::string_view form, uint64_t key) {
  const size_t mask = slots_.size() - 1;
  size_t slot = key & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask)
    if (((slots_[slot] ^ key) & ~mask) == 0) return static_cast<uint32_t>((slots_[slot] & mask) - 1);
  return add(form, key, slot);
}

uint32_t WordTypes::add(std::string_view form, uint64_t key, size_t slot) {
  WordType t;
  t.hash = hash_bytes(form);
  const auto begin = static_cast<uint32_t>(arena_.size());
  append_lower(form.substr(0, 1 << 15), arena_);
  t.lower_begin = begin;
  t.lower_size = static_cast<uint16_t>(arena_.size() - begin);
  t.lower = hash_bytes(std::string_view(arena_).substr(begin));
  if (classes_ != nullptr) classes_->prefetch_bucket(t.lower);
  look(form, t, scratch_);
  t.shape = hash_bytes(scratch_);
  keys_.resize(types_.size() + 1);  // should there be no memory for the other array, the next form takes the place
  keys_.back() = key;
  types_.push_back(t);
  slots_[slot] = (key & ~uint64_t{slots_.size() - 1}) | types_.size();
  if (types_.size() * 2 > slots_.size()) grow();
  return static_cast<uint32_t>(types_.size() - 1);
}

// Of the types that came since it was called last, all together: their memory was asked for.
void WordTypes::find_classes() {
  if (classes_ == nullptr || classed_ == types_.size()) return;
  for (size_t i = classed_; i < types_.size(); ++i) classes_->prefetch_words(types_[i].lower);
  for (; classed_ < types_.size(); ++classed_) {
    WordType& t = types_[classed_];
    const WordClasses::Entry e = classes_->find(t.lower);
    t.class_256 = e.class_256;
    t.class_1024 = e.class_1024;
    t.class_3000 = e.class_3000;
  }
}

void WordTypes::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const uint64_t mask = slots_.size() - 1;
  for (uint64_t id = 0; id < types_.size(); ++id) {
    size_t slot = keys_[id] & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = (keys_[id] & ~mask) | (id + 1);
  }
}

bool WordTypes::trim() {
  if (types_.size() <= kMaxTypes) return false;
  types_.clear();
  keys_.clear();
  classed_ = 0;
  arena_.clear();
  slots_.assign(1 << 12, 0);
  ++generation_;
  return true;
}

}  // namespace newsnlp
