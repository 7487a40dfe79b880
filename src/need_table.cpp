#include "need_table.h"

#include <utility>

#include "hash.h"

namespace newsnlp {

size_t NeedTable::need(const AnyOf& any) {
  const auto [it, added] = needs_.try_emplace(any, needs_.size());
  if (added && it->second < NeedBits().size())
    for (const uint64_t word : any) words_[word].needs.set(it->second);
  return it->second;
}

size_t NeedTable::set(const AnyOf& any) {
  const auto [it, added] = sets_.try_emplace(any, sets_.size());
  if (added && it->second <= UINT16_MAX)
    for (const uint64_t word : any) words_[word].sets.push_back(static_cast<uint16_t>(it->second));
  return it->second;
}

void NeedTable::finish(const SlotLists& lists) {
  const auto know = [&](uint64_t word) { known_.set(word % known_.size()); };
  for (const auto& [word, needs] : words_) know(word);
  lists.each_word(know);
  quotation_ = find(kQuotationKey);
  dash_ = find(kDashKey);
  stop_ = find(kBreakKey);
}

PatternWord NeedTable::word(uint64_t lower, std::string_view form, const SlotLists& lists) const {
  constexpr std::string_view kSigns = ",.:;";
  PatternWord w;
  const auto flag = [&](bool is, PatternWord::Flag f) { w.flags |= is ? f : 0; };
  w.needs = is_dash(form) ? dash_ : find(lower);
  if (form.size() > 1 && kSigns.find(form.front()) != std::string_view::npos) {
    w.start = find(hash_bytes(form.substr(0, 1)));
  } else if (form.size() >= kStartOfWord) {
    w.start = find(start_key(form));
  }
  if (known_.test(lower % known_.size())) {
    w.letters = lists.letters(lower);
    flag(lists.calls(lower), PatternWord::kCalls);
    flag(lists.is_verb(lower), PatternWord::kVerb);
  }
  flag(form == ":", PatternWord::kColon);
  flag(is_dash(form), PatternWord::kDash);
  flag(form == ".", PatternWord::kStop);
  flag(!form.empty() && form[0] >= '0' && form[0] <= '9', PatternWord::kNumber);
  flag(w.needs != nullptr || w.start != nullptr || w.letters != 0, PatternWord::kListed);
  return w;
}

NeedBits NeedTable::of(const SymbolWindow& window) const {
  NeedBits all;
  for (const SymbolWindow::Symbol& s : window.symbols())
    if (const WordNeeds* needs = of(s); needs != nullptr) all |= needs->needs;
  return all;
}

template <class Bits>
void NeedTable::find_sets(const SymbolWindow& window, SymbolSets<Bits>& out) const {
  out.of.assign(sets_.size(), 0);
  out.closes = out.numbers = 0;
  Bits opens = 0;
  out.size = window.symbols().size();
  if (out.size > SymbolSets<Bits>::kMost) return;
  Bits bit = 1;
  for (const SymbolWindow::Symbol& s : window.symbols()) {
    const auto add = [&](const WordNeeds* needs) {
      if (needs == nullptr) return;
      for (const uint16_t set : needs->sets) out.of[set] |= bit;
    };
    add(of(s));
    if (s.word != nullptr) add(s.word->start);
    out.numbers |= s.number ? bit : 0;
    opens |= s.opens ? bit : 0;
    out.closes |= s.closes ? bit : 0;
    bit <<= 1;
  }
  out.opens.fill(opens);
}

template <class Bits>
void NeedTable::find_phrases(const SymbolWindow& window, std::string_view text, SymbolSets<Bits>& out) {
  const Bits all = std::exchange(out.opens, {})[0];
  for (Bits rest = all; rest != 0; rest &= rest - 1) {
    const auto add = [&](PhraseKind kind) { out.opens[static_cast<size_t>(kind)] |= rest & -rest; };
    const char letter = text[window.symbols()[lowest_bit(rest)].begin + 1];
    add(letter == 'D' ? PhraseKind::Date : PhraseKind::Any);
    if (letter == 'P') add(PhraseKind::Person);
    if (letter == 'O') add(PhraseKind::Organization);
    if (letter == 'L') add(PhraseKind::Place);
    if (letter == 'R') add(PhraseKind::Pronoun);
    if (letter != 'D' && letter != 'R' && letter != 'C') add(PhraseKind::Name);
  }
}

template void NeedTable::find_sets(const SymbolWindow&, SymbolSets<uint64_t>&) const;
template void NeedTable::find_sets(const SymbolWindow&, SymbolSets<WideBits>&) const;
template void NeedTable::find_phrases(const SymbolWindow&, std::string_view, SymbolSets<uint64_t>&);
template void NeedTable::find_phrases(const SymbolWindow&, std::string_view, SymbolSets<WideBits>&);

}  // namespace newsnlp
