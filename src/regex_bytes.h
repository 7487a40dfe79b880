// Room: patterns. The sets of bytes that the classes of RE2's syntax stand for.
#pragma once

#include "regex_prefixes.h"

namespace newsnlp {

/// Every byte, but not the end of the text.
inline const RegexPrefix::Bytes& any_byte() {
  static const RegexPrefix::Bytes kAny = [] {
    RegexPrefix::Bytes all;
    return all.set().reset(RegexPrefix::kEnd);
  }();
  return kAny;
}

/// The bytes of characters beyond ASCII.
inline const RegexPrefix::Bytes& beyond_ascii() {
  static const RegexPrefix::Bytes kBeyond = [] {
    RegexPrefix::Bytes b;
    for (size_t c = 0x80; c < RegexPrefix::kEnd; ++c) b.set(c);
    return b;
  }();
  return kBeyond;
}

/// \d
inline RegexPrefix::Bytes digits() {
  RegexPrefix::Bytes b;
  for (char c = '0'; c <= '9'; ++c) b.set(static_cast<unsigned char>(c));
  return b;
}

/// \w
inline RegexPrefix::Bytes word_bytes() {
  RegexPrefix::Bytes b = digits().set('_');
  for (char c = 'a'; c <= 'z'; ++c) b.set(static_cast<unsigned char>(c)).set(static_cast<unsigned char>(c) & ~0x20U);
  return b;
}

}  // namespace newsnlp
