#include "case_style.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace newsnlp {
namespace {

// Title Case leaves these in lower case.
bool is_small(std::string_view form) {
  static constexpr std::string_view kSmall[] = {
      "a", "al",  "an",  "and", "as", "at", "bin", "but", "by", "d",   "de", "el",  "for", "from", "in", "la",  "ll",
      "m", "n't", "nor", "of",  "on", "or", "re",  "s",   "t",  "the", "to", "van", "ve",  "von",  "vs", "with"};
  return form.size() <= 4 && std::find(std::begin(kSmall), std::end(kSmall), form) != std::end(kSmall);
}

bool is_word(const WordType& t) {
  return t.is(WordType::kHasLetter) && !t.is(WordType::kHasApostrophe);
}

bool is_title(const Layers& layers, const Workspace& workspace, const NameResources& resources, IndexRange sentence) {
  constexpr uint32_t kLeastWords = 4;
  uint32_t words = 0;
  uint32_t lower = 0;
  for (uint32_t i = sentence.begin; i < sentence.end; ++i) {
    const WordType& t = workspace.types[workspace.word[i]];
    if (!is_word(t) || t.is(WordType::kHasDigit) || layers.tokens[i].span.size() < 2) continue;
    if (!t.is(WordType::kFirstUpper)) {
      if (is_small(layers.of(layers.tokens[i]))) continue;
      if (++lower * 20 > sentence.size()) return false;
    }
    ++words;
  }
  if (words < kLeastWords || lower * 20 > words) return false;
  uint32_t common = 0;  // words that are written in lower case elsewhere
  for (uint32_t i = sentence.begin; i < sentence.end; ++i) {
    const WordType& t = workspace.types[workspace.word[i]];
    if (is_word(t) && t.is(WordType::kFirstUpper) && layers.tokens[i].span.size() > 1)
      common += resources.facts(t.lower).mostly_lower();
  }
  return common >= 2 && common * 10 >= words * 3;
}

// Style of one sentence by itself.
CaseStyle case_style(const Layers& layers, const Workspace& workspace, const NameResources& resources,
                     const NameArticle::Letters& letters, IndexRange sentence) {
  const auto& [words, with_upper, upper] = letters;
  if (words == 0) return CaseStyle::Normal;
  if (with_upper == 0) return CaseStyle::Lower;
  const auto size = [&] {  // bytes of its words
    uint32_t sum = 0;
    for (uint32_t i = sentence.begin; i < sentence.end; ++i)
      if (workspace.types[workspace.word[i]].is(WordType::kHasLetter)) sum += layers.tokens[i].span.size();
    return sum;
  };
  if ((upper == words && words >= 2 && size() >= 3) || (words >= 3 && upper * 10 > words * 7)) return CaseStyle::Upper;
  if (with_upper * 3 >= words && is_title(layers, workspace, resources, sentence)) return CaseStyle::Title;
  return CaseStyle::Normal;
}

}  // namespace

uint32_t choose_folded(const Layers& layers, const Workspace& workspace, const NameResources& resources,
                       const NameArticle& article, std::vector<uint8_t>& folded) {
  folded.resize(layers.sentences.size());
  std::array<uint64_t, 4> words{};  // of each style
  for (uint32_t s = 0; s < layers.sentences.size(); ++s) {
    const NameArticle::Letters& letters = article.letters(s);
    folded[s] = static_cast<uint8_t>(case_style(layers, workspace, resources, letters, layers.sentences[s].tokens));
    words[folded[s]] += letters.words;
  }
  const auto most = static_cast<uint8_t>(std::max_element(words.begin(), words.end()) - words.begin());
  const uint64_t all = words[0] + words[1] + words[2] + words[3];
  const bool all_over = most != 0 && words[most] * 10 >= all * 6;
  uint32_t count = 0;
  for (uint32_t s = 0; s < layers.sentences.size(); ++s) {
    const auto style = static_cast<CaseStyle>(folded[s]);
    const uint32_t words_here = article.letters(s).words;
    bool use = style == CaseStyle::Title;
    if (all_over && (folded[s] == most || most == static_cast<uint8_t>(CaseStyle::Title) || words_here <= 3))
      use = true;
    else if (style == CaseStyle::Lower)
      use = words_here >= 3;
    folded[s] = use;
    count += use;
  }
  return count;
}

}  // namespace newsnlp
