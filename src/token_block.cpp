#include "token_block.h"

#include <cstring>

#include "token_rules.h"
#include "unicode.h"

namespace newsnlp {

TokenSigns::TokenSigns() {
  const auto sign = [](char32_t c) {
    if (c == 0x2018 || c == 0x2019) return Apostrophe;
    if (c == 0x2010 || c == 0x2011 || c == 0xB4 || c == 0x2BC) return Odd;  // hyphens, other apostrophes
    if (is_invisible(c)) return Invisible;
    if (is_letter(c)) return Letter;
    const CharClass k = char_class(c);
    return k == CharClass::Punctuation ? Punctuation : k == CharClass::Symbol ? Symbol : Odd;
  };
  for (size_t i = 0x80; i < signs_.size(); ++i)
    signs_[i] = sign(static_cast<char32_t>(i < kTwoBytes ? i : 0x2000 + i - kTwoBytes));
}

uint64_t TokenBlock::read(const WordBlock& block, std::string_view text, const Rules& rules) {
  starts = block.starts() & ~block.breaks;
  last_bytes = block.last_bytes() & ~block.breaks;
  gaps = block.breaks & ~(block.breaks << 1);
  bytes = block.bytes;
  stops = 0;
  apostrophes_ = 0;
  const WordMasks& m = block.masks;
  uint64_t odd = m.hyphen & (m.hyphen << 1 | m.hyphen >> 1 | ((m.digit << 1) & (m.digit >> 1)));
  odd |= m.stop & (m.stop << 1 | m.stop >> 1);
  odd |= m.apostrophe & (m.apostrophe << 1 | m.apostrophe >> 1);
  if (block.beyond != 0) odd |= read_beyond(block, rules.signs);
  if ((m.rare & block.inside) != 0) odd |= read_rare(block);
  if (const uint64_t all = (m.apostrophe & block.inside) | apostrophes_; all != 0) {
    if ((all & block.words) != 0) odd |= cut_clitics(block, text, all & block.words);
    if ((all & block.marks) != 0) odd |= free_apostrophes(block, all & block.marks);
  }
  if ((m.stop & block.inside) != 0) odd |= keep_stops(block, text, rules);
  return odd;
}

uint64_t TokenBlock::read_beyond(const WordBlock& block, const TokenSigns& signs) {
  std::memcpy(shown_.data(), bytes, shown_.size());
  uint64_t odd = 0;
  for (uint64_t rest = block.beyond; rest != 0; rest &= rest - 1) {
    const uint32_t i = lowest(rest);
    const uint32_t size = bytes[i] < 0xE0 ? 2 : 3;
    const uint32_t last = i + size - 1;
    switch (signs.at(bytes + i)) {
      case TokenSigns::Letter:
        shown_[last] = 'a';
        break;
      case TokenSigns::Apostrophe:
        apostrophes_ |= uint64_t{1} << i;
        shown_[last] = '"';
        break;
      case TokenSigns::Punctuation:
        shown_[last] = '"';
        break;
      case TokenSigns::Symbol:
        shown_[last] = '+';
        break;
      case TokenSigns::Invisible:
        starts &= ~(uint64_t{1} << i);
        last_bytes &= ~(uint64_t{1} << last);
        gaps |= uint64_t{1} << i;
        break;
      case TokenSigns::Odd:
        odd |= uint64_t{1} << i;
    }
  }
  bytes = shown_.data();
  // ’’ and ‘‘ are one token
  return odd | (apostrophes_ & (apostrophes_ << 3 | apostrophes_ >> 3));
}

uint64_t TokenBlock::read_rare(const WordBlock& block) {
  uint64_t odd = 0;
  for (uint64_t rest = block.masks.rare & block.inside; rest != 0; rest &= rest - 1) {
    const uint32_t i = lowest(rest);
    const uint64_t bit = uint64_t{1} << i;
    switch (bytes[i]) {
      case '\t':
        starts &= ~bit;
        last_bytes &= ~bit;
        gaps |= bit;
        break;
      case '\r':
        break;
      case '/':  // of an address
        if (bytes[i + 1] == '/') odd |= bit;
        break;
      case '#':
      case '&':
        odd |= bit & (block.words >> 1);
        break;
      default:
        odd |= bit;
    }
  }
  return odd;
}

// The words around `apostrophes`.
uint64_t TokenBlock::cut_clitics(const WordBlock& block, std::string_view text, uint64_t apostrophes) {
  uint64_t odd = 0;
  for (; apostrophes != 0; apostrophes &= apostrophes - 1) {
    const uint32_t i = lowest(apostrophes);
    const uint64_t before = ~block.words & low_bits(i);
    const uint32_t begin = before == 0 ? 0 : 64 - static_cast<uint32_t>(__builtin_clzll(before));
    const uint32_t size = i - begin + lowest(~(block.words >> i));
    const size_t cut = clitic_begin(text.substr(block.base + begin, size));
    if (cut == size) continue;
    starts |= uint64_t{1} << (begin + cut);
    last_bytes |= uint64_t{1} << (begin + cut - 1);
    odd |= ~block.masks.letter & uint64_t{1} << (begin + cut - 1);  // the "1990" of "1990's" is a word
  }
  return odd;
}

// Those that may join with a clitic behind them.
uint64_t TokenBlock::free_apostrophes(const WordBlock& block, uint64_t apostrophes) const {
  uint64_t odd = 0;
  for (; apostrophes != 0; apostrophes &= apostrophes - 1) {
    const uint32_t i = lowest(apostrophes);
    const uint32_t behind = i + (block.bytes[i] < 0x80 ? 1 : 3);
    const bool word = (block.words >> behind & 1) != 0;
    if (word && lowest(last_bytes >> behind) < 2) odd |= uint64_t{1} << i;
  }
  return odd;
}

uint64_t TokenBlock::keep_stops(const WordBlock& block, std::string_view text, const Rules& rules) {
  uint64_t odd = 0;
  for (uint64_t rest = block.masks.stop & (block.words << 1) & block.inside; rest != 0; rest &= rest - 1) {
    const uint32_t i = lowest(rest);
    const uint64_t bit = uint64_t{1} << i;
    if (i > 2 && std::memcmp(block.bytes + i - 3, "www", 3) == 0) odd |= bit;  // of an address
    if ((block.words & bit) != 0) {
      if (!is_glued_stop(text, block.base + i)) continue;
      starts |= bit | bit << 1;
      last_bytes |= bit | bit >> 1;
    }
    const uint32_t begin = 63 - static_cast<uint32_t>(__builtin_clzll(starts & low_bits(i)));
    const uint32_t place = block.base + i;
    const std::string_view word = text.substr(block.base + begin, i - begin);
    if (!keeps_stop(text, word, place + 1, rules.abbreviations, rules.lower_case)) continue;
    starts &= ~bit;
    last_bytes &= ~(bit >> 1);
    stops |= bit;
  }
  return odd;
}

}  // namespace newsnlp
