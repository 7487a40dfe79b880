#include "alias_table.h"

#include <algorithm>

#include "name_form.h"
#include "newsnlp/error.h"
#include "unicode.h"

namespace newsnlp {
namespace {

[[noreturn]] void fail(size_t entry, const std::string& what) {
  throw ListError("aliases:" + std::to_string(entry + 1) + ": " + what);
}

}  // namespace

uint32_t AliasTable::prefix(std::string_view text) noexcept {
  uint32_t p = 0;
  for (size_t i = 0; i < 4 && i < text.size(); ++i) {
    if (text[i] == ' ') break;
    p = p << 8 | static_cast<unsigned char>(text[i]);
  }
  return p;
}

AliasTable::AliasTable(const std::vector<AliasEntry>& entries) {
  std::unordered_map<std::string, size_t> by_alias;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].alias.empty() || entries[i].alias.front() == ' ')
      fail(i, "the alias is empty or begins with a space");
    for (const std::string* field : {&entries[i].alias, &entries[i].name, &entries[i].role})
      if (find_invalid_utf8(*field) != std::string_view::npos)
        fail(i, "an alias, its name or its role is not valid UTF-8; convert it first");
    if (!by_alias.emplace(entries[i].alias, i).second)
      fail(i, "the alias \"" + entries[i].alias + "\" stands in the list twice; keep one");
  }
  // What each alias stands for in the end: the entry whose name is no alias. A chain is followed once.
  constexpr size_t kUnknown = ~size_t{0};
  std::vector<size_t> ends(entries.size(), kUnknown);
  std::vector<size_t> chain;
  for (size_t i = 0; i < entries.size(); ++i) {
    size_t at = i;
    chain.clear();
    while (ends[at] == kUnknown) {
      chain.push_back(at);
      const auto next = by_alias.find(entries[at].name);
      if (next == by_alias.end() || next->second == at) {
        ends[at] = at;
        break;
      }
      at = next->second;
      if (chain.size() > entries.size() || at == i)
        fail(i, "the alias \"" + entries[i].alias + "\" leads back to itself; break the circle");
    }
    const size_t end = ends[at];
    for (const size_t k : chain) ends[k] = end;
    std::string_view role = entries[i].role;
    if (const size_t space = role.find_last_of(' '); space != std::string_view::npos) role.remove_prefix(space + 1);
    entries_.push_back(
        {entries[i].alias, entries[i].type, name_key(entries[end].name), role.empty() ? 0 : word_key(role)});
    by_prefix_.emplace(prefix(entries[i].alias), static_cast<uint32_t>(i));
  }
}

const AliasTable::Entry* AliasTable::match(const Layers& layers, uint32_t token, uint32_t& end) const {
  const std::string_view rest = std::string_view(layers.text).substr(layers.tokens[token].span.begin);
  const Entry* best = nullptr;
  const auto [first, last] = by_prefix_.equal_range(prefix(rest));
  for (auto i = first; i != last; ++i) {
    const Entry& e = entries_[i->second];
    if (!rest.starts_with(e.alias) || (best != nullptr && best->alias.size() >= e.alias.size())) continue;
    const size_t stop = layers.tokens[token].span.begin + e.alias.size();
    uint32_t t = token;
    while (t + 1 < layers.tokens.size() && layers.tokens[t].span.end < stop) ++t;
    if (layers.tokens[t].span.end == stop) best = &e, end = t + 1;
  }
  return best;
}

std::vector<AliasTable::Hit> AliasTable::find(Layers& layers) const {
  std::vector<Hit> hits;
  if (entries_.empty()) return hits;
  std::vector<Mention> mentions;
  size_t old = 0;
  for (uint32_t t = 0; t < layers.tokens.size();) {
    uint32_t end = t;
    const Entry* e = match(layers, t, end);
    if (e == nullptr) {
      ++t;
      continue;
    }
    const Span span{layers.tokens[t].span.begin, layers.tokens[end - 1].span.end};
    while (old < layers.mentions.size() && layers.mentions[old].span.end <= span.begin)
      mentions.push_back(layers.mentions[old++]);
    const bool taken = old < layers.mentions.size() && layers.mentions[old].span.overlaps(span);
    // A listed name wins over what lies inside it, and yields to what is longer.
    if (taken && !span.contains(layers.mentions[old].span)) {
      ++t;
      continue;
    }
    while (old < layers.mentions.size() && span.contains(layers.mentions[old].span)) ++old;
    if (old < layers.mentions.size() && layers.mentions[old].span.overlaps(span)) {
      ++t;
      continue;
    }
    hits.push_back({static_cast<uint32_t>(mentions.size()), e->name, e->role});
    mentions.push_back({span, e->type, Mention::kNoEntity, 1.0F});
    t = end;
  }
  mentions.insert(mentions.end(), layers.mentions.begin() + static_cast<std::ptrdiff_t>(old), layers.mentions.end());
  layers.mentions = std::move(mentions);
  return hits;
}

}  // namespace newsnlp
