#include "coreference_corpus.h"

#include <algorithm>
#include <array>
#include <map>

#include "conllu_corpus.h"
#include "unicode.h"

namespace newsnlp {
namespace {

// A token in the text that is put together again.
struct Placed {
  const ConlluToken* token = nullptr;
  Span span;
  size_t sentence = 0;  // its first token
};

struct Chained {
  size_t begin = 0, end = 0;  // tokens
  std::string chain;
};

bool is_name(Tag tag) {
  return tag == Tag::NNP || tag == Tag::NNPS;
}

bool is_he_or_she(std::string_view form) {
  static constexpr auto kForms = std::to_array<std::string_view>({"he", "she", "him", "her", "his", "hers"});
  return std::find(kForms.begin(), kForms.end(), lower(form)) != kForms.end();
}

// "Entity=(3-person-new(4-place)" opens 3, and 4 for one token; "3)" closes.
void read_brackets(std::string_view misc, size_t token, std::vector<Chained>& open, std::vector<Chained>& done) {
  const size_t at = misc.find("Entity=");
  if (at == std::string_view::npos) return;
  std::string_view s = misc.substr(at + 7);
  s = s.substr(0, s.find('|'));
  while (!s.empty()) {
    if (s.front() == '(') {
      const size_t end = std::min(s.find_first_of("()", 1), s.size());
      const std::string_view inside = s.substr(1, end - 1);
      open.push_back({token, token + 1, std::string(inside.substr(0, inside.find('-')))});
      s.remove_prefix(end);
      if (!s.empty() && s.front() == ')') {
        done.push_back(open.back());
        open.pop_back();
        s.remove_prefix(1);
      }
      continue;
    }
    const size_t end = std::min(s.find(')'), s.size());
    const std::string chain(s.substr(0, end));
    const auto match = std::find_if(open.rbegin(), open.rend(), [&](const Chained& c) { return c.chain == chain; });
    if (match != open.rend()) {
      match->end = token + 1;
      done.push_back(*match);
      open.erase(std::next(match).base());
    }
    s.remove_prefix(std::min(end + 1, s.size()));
  }
}

// The names in a mention: the proper nouns around its head, the token whose own head stands outside.
Span name_of(const std::vector<Placed>& tokens, const Chained& m) {
  for (size_t t = m.begin; t < m.end; ++t) {
    const size_t head = tokens[t].sentence + tokens[t].token->head - 1;
    if (tokens[t].token->head != 0 && head >= m.begin && head < m.end) continue;
    if (!is_name(tokens[t].token->tag)) return {};
    size_t begin = t, end = t + 1;
    while (begin > m.begin && is_name(tokens[begin - 1].token->tag)) --begin;
    while (end < m.end && is_name(tokens[end].token->tag)) ++end;
    return {tokens[begin].span.begin, tokens[end - 1].span.end};
  }
  return {};
}

SpeakerArticle read_document(const ConlluDocument& document) {
  SpeakerArticle a;
  a.article.id = document.id;
  a.coreference = true;
  std::string& text = a.article.text;
  std::vector<Placed> tokens;
  std::vector<Chained> open, mentions;
  for (const ConlluSentence& sentence : document.sentences) {
    const size_t first = tokens.size();
    for (const ConlluToken& t : sentence.tokens) {
      const auto begin = static_cast<uint32_t>(text.size());
      text += t.form;
      tokens.push_back({&t, {begin, static_cast<uint32_t>(text.size())}, first});
      if (t.space_after) text += ' ';
      read_brackets(t.misc, tokens.size() - 1, open, mentions);
    }
    if (!text.empty() && text.back() != ' ') text += ' ';
  }
  std::map<std::string, std::vector<std::string>> names;
  for (const Chained& m : mentions)
    if (const Span name = name_of(tokens, m); !name.empty())
      names[m.chain].push_back(text.substr(name.begin, name.size()));
  for (const Chained& m : mentions) {
    if (m.end != m.begin + 1 || !is_he_or_she(tokens[m.begin].token->form)) continue;
    const auto known = names.find(m.chain);
    if (known == names.end()) continue;
    SpeakerUnit u;
    u.span = u.code_points = tokens[m.begin].span;
    u.names = known->second;
    a.units.push_back(std::move(u));
  }
  std::sort(a.units.begin(), a.units.end(), [](auto& x, auto& y) { return x.span.begin < y.span.begin; });
  return a;
}

}  // namespace

std::vector<SpeakerArticle> read_coreference_corpus(const std::string& file) {
  std::vector<SpeakerArticle> out;
  for (const ConlluDocument& document : read_conllu(file)) out.push_back(read_document(document));
  return out;
}

}  // namespace newsnlp
