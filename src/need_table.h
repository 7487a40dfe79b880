// Room: attribution patterns. Which needs of a list's patterns a symbol satisfies, and which sets of their sketches
// hold it.
#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pattern_needs.h"
#include "pattern_sketch.h"
#include "slot_lists.h"
#include "symbol_window.h"

namespace newsnlp {

/// Each bit is a set of words one of which must be there; needs beyond the last bit are not asked for.
using NeedBits = std::bitset<128>;

struct WordNeeds {
  NeedBits needs;
  std::vector<uint16_t> sets;
};

class NeedTable {
 public:
  /// Numbers of a need, and of a set of a sketch; the same for the same words.
  size_t need(const AnyOf& any);
  size_t set(const AnyOf& any);
  /// To be called once, when all are added. `lists`: what else word() says.
  void finish(const SlotLists& lists);

  /// All that is known of a word.
  PatternWord word(uint64_t lower, std::string_view form, const SlotLists& lists) const;
  /// All needs that the symbols satisfy.
  NeedBits of(const SymbolWindow& window) const;
  /// The window as sets, and its kinds of noun phrases once it is written.
  template <class Bits>
  void find_sets(const SymbolWindow& window, SymbolSets<Bits>& out) const;
  template <class Bits>
  static void find_phrases(const SymbolWindow& window, std::string_view text, SymbolSets<Bits>& out);

 private:
  const WordNeeds* find(uint64_t key) const {
    if (!known_.test(key % known_.size())) return nullptr;
    const auto it = words_.find(key);
    return it == words_.end() ? nullptr : &it->second;
  }
  const WordNeeds* of(const SymbolWindow::Symbol& symbol) const {
    if (symbol.word != nullptr) return symbol.word->needs;
    if (symbol.kind == SymbolWindow::kQuotation) return quotation_;
    return symbol.kind == SymbolWindow::kSentence || symbol.kind == SymbolWindow::kParagraph ? stop_ : nullptr;
  }

  std::map<AnyOf, size_t> needs_, sets_;
  std::unordered_map<uint64_t, WordNeeds> words_;
  std::bitset<1 << 13> known_;  // of these and of the lists, by their last bits
  const WordNeeds* quotation_ = nullptr;
  const WordNeeds* dash_ = nullptr;
  const WordNeeds* stop_ = nullptr;
};

}  // namespace newsnlp
