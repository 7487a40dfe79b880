#include <algorithm>

#include "resolver_roles.h"

namespace newsnlp {
// The first paragraph names him, and nothing says what he is.
bool RoleReader::opens_article(uint32_t entity) const {
  const auto first = std::find_if(layers_.mentions.begin(), layers_.mentions.end(),
                                  [&](const Mention& m) { return m.entity == entity; });
  const auto m = static_cast<size_t>(first - layers_.mentions.begin());
  return m < layers_.mentions.size() && layers_.entities[entity].roles.empty() && !notes_.mention_tokens[m].empty() &&
         workspace_.paragraph[notes_.mention_tokens[m].begin] < kLeadParagraphs;
}

// The mention begins the paragraph behind that of `token`, or is the source of a quote there.
bool RoleReader::opens_next(size_t mention, uint32_t token) const {
  const uint32_t begin = notes_.mention_tokens[mention].begin;
  return workspace_.paragraph[begin] == workspace_.paragraph[token] + 1 && begin > 0 &&
         (workspace_.paragraph[begin - 1] == workspace_.paragraph[token] || (in_source_[begin] & 1) != 0);
}

// "A federal judge ruled": in the lead, the first who is called so behind it.
RoleAnswer RoleReader::ahead(const SourceReading& source) const {
  std::vector<Scored>& found = s_.found;
  found.clear();
  const WordFacts& head = notes_.at(workspace_, source.head);
  const std::string_view first = workspace_.types.lower(workspace_.word[source.phrase.begin]);
  if ((first != "a" && first != "an") || !is_lead(source.head) || speaks_for(source.head)) return {};
  if (head.is(WordList::Office) && workspace_.types.lower(workspace_.word[source.head]) != "prosecutor") return {};
  find_holders(head.key);
  each_behind(source.head, [&, left = 65](uint32_t e, size_t, uint32_t) mutable {
    if (!is_person(e) || left <= 0) return;
    if (holds(e) || (source.phrase.end == source.head + 1 && related(e, head.key, false)))
      found.push_back({e, left + std::max(fit(e, source.phrase, source.head), 0), Ground::RoleAhead});
    left -= 2;
  });
  return answer(found);
}

// "A spokesman": a body has several of them.
bool RoleReader::speaks_for(uint32_t token) const {
  return workspace_.types.lower(workspace_.word[token]).starts_with("spokes");
}

// The first paragraphs, or those behind a byline, a dateline and a summary.
bool RoleReader::is_lead(uint32_t token) const {
  return workspace_.paragraph[token] < kLeadParagraphs ||
         (token < kLeadTokens && workspace_.paragraph[token] < kLeadLines);
}

}  // namespace newsnlp
