// Room: linker. Where in the tokens a byte stands, for bytes that come mostly in text order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "newsnlp/document.h"

namespace newsnlp {

/// The first token at or behind `from` that ends behind `byte`: in growing steps, then by halves without a branch that
/// could be guessed wrongly. tokens.size() if there is none.
inline uint32_t token_behind(const std::vector<Token>& tokens, uint32_t from, uint32_t byte) {
  const auto size = static_cast<uint32_t>(tokens.size());
  uint32_t step = 8;
  while (from + step < size && tokens[from + step - 1].span.end <= byte) from += step, step *= 2;
  uint32_t count = std::min(step, size - from);  // it is one of these, or the one behind them
  const Token* at = tokens.data() + from;
  while (count > 0) {
    const uint32_t half = (count + 1) / 2;
    at += half & (0U - static_cast<uint32_t>(at[half - 1].span.end <= byte));
    count -= half;
  }
  return static_cast<uint32_t>(at - tokens.data());
}

}  // namespace newsnlp
