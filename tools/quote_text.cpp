// Words, quoted regions and heads of sources, as quote_common.py defines them.
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "quote_scores.h"
#include "unicode.h"

namespace newsnlp {
namespace {

bool is_word(char32_t c) {
  if (c == '_') return true;
  const auto u = static_cast<UChar32>(c);
  return u_isalpha(u) || u_isdigit(u) || u_getNumericValue(u) != U_NO_NUMERIC_VALUE;
}
bool is_inner(char32_t c) {
  return c == '.' || c == '\'' || c == 0x2019 || c == '-';
}
bool is_space(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) || (c >= 0x1C && c <= 0x1F);
}
bool one_of(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}
template <size_t N>
bool one_of(std::u32string_view w, const std::array<std::u32string_view, N>& set) {
  return std::find(set.begin(), set.end(), w) != set.end();
}

using Words = std::u32string_view;
constexpr std::array<Words, 47> kStop = {
    U"who",     U"which", U"that",    U"whom",    U"whose", U"of",      U"from",   U"in",    U"at",        U"for",
    U"with",    U"on",    U"to",      U"by",      U"about", U"under",   U"during", U"after", U"before",    U"inside",
    U"outside", U"among", U"between", U"against", U"over",  U"within",  U"near",   U"as",    U"including", U"like",
    U"is",      U"are",   U"was",     U"were",    U"has",   U"had",     U"have",   U"and",   U"or",        U"but",
    U"also",    U"then",  U"when",    U"where",   U"while", U"whether", U"both"};
constexpr std::array<Words, 29> kQuantities = {
    U"one",      U"two",       U"three",    U"four",    U"five",    U"six",    U"seven", U"eight",   U"nine", U"ten",
    U"some",     U"many",      U"most",     U"several", U"all",     U"few",    U"none",  U"each",    U"any",  U"dozens",
    U"hundreds", U"thousands", U"majority", U"half",    U"percent", U"number", U"group", U"members", U"lot"};
constexpr std::array<Words, 3> kMoreQuantities = {U"plenty", U"another", U"others"};
constexpr std::array<Words, 5> kSuffixes = {U"jr", U"sr", U"ii", U"iii", U"iv"};
constexpr std::array<Words, 15> kLeading = {U"both", U"even", U"but",  U"and", U"as", U"like", U"among", U"by",
                                            U"to",   U"with", U"from", U"for", U"in", U"of",   U"on"};

}  // namespace

ScoredText::ScoredText(const std::string& text) {
  for (size_t i = 0; i < text.size();) {
    bytes_.push_back(static_cast<uint32_t>(i));
    text_.push_back(next_code_point(text, i));
  }
  bytes_.push_back(static_cast<uint32_t>(text.size()));
  find_words();
  find_quoted();
}

// \w+(?:[.'’-]\w+)*
void ScoredText::find_words() {
  const auto n = static_cast<uint32_t>(text_.size());
  for (uint32_t i = 0; i < n;) {
    if (!is_word(text_[i])) {
      ++i;
      continue;
    }
    uint32_t j = i;
    while (j < n && (is_word(text_[j]) || (is_inner(text_[j]) && j + 1 < n && is_word(text_[j + 1])))) ++j;
    words_.push_back({i, j});
    i = j;
  }
}

void ScoredText::find_quoted() {
  std::vector<Span> regions;
  const auto n = static_cast<uint32_t>(text_.size());
  constexpr uint32_t kNone = 0xFFFFFFFF;
  for (uint32_t p0 = 0; p0 < n;) {
    if (text_[p0] == '\n') {
      ++p0;
      continue;
    }
    const uint32_t p1 = static_cast<uint32_t>(std::min(text_.find(U'\n', p0), text_.size()));
    uint32_t open = kNone;
    for (uint32_t i = p0; i < p1; ++i) {
      const char32_t c = text_[i];
      const bool two = i + 1 < p1 && (c == '\'' || c == '`') && text_[i + 1] == c;
      enum class Mark { Open, Close, Stray } mark;
      uint32_t end = i + 1;
      if (one_of(c, U"\u201c\u00ab\u201e") || (two && c == '`')) {
        mark = Mark::Open;
        if (two) end = i + 2;
      } else if (one_of(c, U"\u201d\u00bb")) {
        mark = Mark::Close;
      } else if (c == '"' || two) {
        if (two) end = i + 2;
        mark = open != kNone ? Mark::Close : Mark::Open;
        const char32_t before = i > p0 ? text_[i - 1] : U' ';
        const char32_t after = end < p1 ? text_[end] : U' ';
        if (open != kNone && is_space(before) && !is_space(after) && is_word(after) && after != '_')
          mark = Mark::Open;
        else if (open == kNone && !is_space(before) && !one_of(before, U"([-\u2014\u2013\u2019'/") &&
                 (is_space(after) || one_of(after, U".,;:!?)")))
          mark = Mark::Stray;
      } else {
        continue;
      }
      if (mark == Mark::Open) {
        if (open == kNone || !one_of(c, U"\u201c\u00ab\u201e")) {  // a curly mark inside a quotation is nested
          if (open != kNone) regions.push_back({open, i});
          open = i;
        }
      } else if (mark == Mark::Close && open != kNone) {
        regions.push_back({open, end});
        open = kNone;
      }
      i = end - 1;
    }
    if (open != kNone) regions.push_back({open, p1});
    p0 = p1;
  }
  quoted_ = words_of(regions);
}

uint32_t ScoredText::code_point(uint32_t byte) const {
  return static_cast<uint32_t>(std::lower_bound(bytes_.begin(), bytes_.end(), byte) - bytes_.begin());
}

WordSet ScoredText::words_of(const std::vector<Span>& spans) const {
  WordSet out;
  for (const Span s : spans) {
    auto it = std::lower_bound(words_.begin(), words_.end(), s.begin,
                               [](const Span& w, uint32_t at) { return w.begin < at; });
    if (it != words_.begin()) --it;
    for (; it != words_.end() && it->begin < s.end; ++it) {
      const int64_t shared = std::min<int64_t>(it->end, s.end) - std::max<int64_t>(it->begin, s.begin);
      if (shared > 0 && shared * 2 >= it->size()) out.push_back(static_cast<uint32_t>(it - words_.begin()));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

WordSet ScoredText::words(const std::vector<Span>& spans) const {
  std::vector<Span> points;
  points.reserve(spans.size());
  for (const Span s : spans) points.push_back({code_point(s.begin), code_point(s.end)});
  return words_of(points);
}

QuoteType ScoredText::type(const WordSet& content) const {
  size_t quoted = 0;
  for (const uint32_t w : content) quoted += std::binary_search(quoted_.begin(), quoted_.end(), w);
  if (content.empty() || quoted == 0) return QuoteType::Indirect;
  return quoted == content.size() ? QuoteType::Direct : QuoteType::Mixed;
}

Span ScoredText::word_bytes(uint32_t word) const {
  return {bytes_[words_[word].begin], bytes_[words_[word].end]};
}

std::u32string ScoredText::lower(uint32_t word) const {
  std::u32string out;
  for (uint32_t i = words_[word].begin; i < words_[word].end; ++i) out.push_back(to_lower(text_[i]));
  return out;
}

// The last word before the first comma, preposition, relative pronoun or conjunction; "one of X" -> X.
int ScoredText::source_head(const std::vector<Span>& source) const {
  if (source.empty()) return -1;
  const Span first = *std::min_element(source.begin(), source.end(), [](Span a, Span b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  WordSet words = this->words({first});
  if (words.empty()) words = this->words(source);
  if (words.empty()) return -1;
  const auto n = words.size();
  const auto chunk = [&](size_t k) {
    size_t j = k;
    for (; j < n; ++j) {
      if (j == k) continue;
      const std::u32string w = lower(words[j]);
      const uint32_t a = words_[words[j - 1]].end;
      const Words gap = Words(text_).substr(a, words_[words[j]].begin - a);
      const bool cut = gap.find_first_of(U",;:()\u2014\u2013") != Words::npos || gap.find(U"--") != Words::npos ||
                       gap.find(U" - ") != Words::npos;
      if ((cut && !one_of(Words(w), kSuffixes)) || one_of(Words(w), kStop)) break;
    }
    return j;
  };
  size_t k = 0;
  while (k + 1 < n && one_of(Words(lower(words[k])), kLeading)) ++k;
  const size_t j = chunk(k);
  size_t h = j - 1;
  const std::u32string head = lower(words[h]);
  if ((one_of(Words(head), kQuantities) || one_of(Words(head), kMoreQuantities)) && j + 1 < n &&
      lower(words[j]) == U"of")
    h = chunk(j + 1) - 1;
  const auto bare = [](std::u32string w) {
    while (!w.empty() && w.back() == '.') w.pop_back();
    return w;
  };
  while (h > k && one_of(Words(bare(lower(words[h]))), kSuffixes)) --h;
  return static_cast<int>(words[h]);
}

}  // namespace newsnlp
