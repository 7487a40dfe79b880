#include "role_clues.h"

#include <algorithm>
#include <array>
#include <utility>

namespace newsnlp {
namespace {

constexpr uint32_t kNear = 5;  // tokens before and behind a name

bool is_noun(Tag t) {
  return t == Tag::NN || t == Tag::NNP;
}

// The first letters that a country and its people share, where the words do not begin alike.
std::string_view stem(std::string_view word) {
  static constexpr auto kStems = std::to_array<std::pair<std::string_view, std::string_view>>({{"french", "franc"},
                                                                                               {"dutch", "netherl"},
                                                                                               {"holland", "netherl"},
                                                                                               {"welsh", "wales"},
                                                                                               {"dane", "denmar"},
                                                                                               {"danish", "denmar"},
                                                                                               {"irish", "irelan"},
                                                                                               {"spanish", "spain"},
                                                                                               {"spaniard", "spain"},
                                                                                               {"pole", "poland"},
                                                                                               {"polish", "poland"},
                                                                                               {"swiss", "switze"},
                                                                                               {"briton", "britai"},
                                                                                               {"british", "britai"},
                                                                                               {"filipino", "philip"},
                                                                                               {"scot", "scotland"},
                                                                                               {"scots", "scotland"}});
  for (const auto& [begin, same] : kStems)
    if (word.starts_with(begin) && (begin.size() > 4 || word.size() == begin.size())) return same;
  return word;
}

bool same_nation(std::string_view a, std::string_view b) {
  a = stem(a), b = stem(b);
  const size_t least = std::min(a.size(), b.size());
  size_t same = 0;
  while (same < least && a[same] == b[same]) ++same;
  return same >= 4 && same + 2 >= least;
}

}  // namespace

bool same_stem(std::string_view a, std::string_view b) {
  const size_t least = std::min(a.size(), b.size());
  size_t same = 0;
  while (same < least && a[same] == b[same]) ++same;
  return same >= 4 && same + 2 >= least;
}

std::string_view age_beside(const Layers& layers, const Workspace& workspace, IndexRange name) {
  if (name.empty()) return {};
  const uint32_t end = layers.sentences[workspace.sentence[name.begin]].tokens.end;
  if (name.end + 1 >= end || layers.tokens[name.end + 1].tag != Tag::CD) return {};
  const std::string_view before = layers.of(layers.tokens[name.end]);
  return before == "," || before == "(" ? layers.of(layers.tokens[name.end + 1]) : std::string_view();
}

bool nation_beside(const Layers& layers, const Workspace& workspace, IndexRange name, std::string_view noun) {
  if (name.empty()) return false;
  const IndexRange sentence = layers.sentences[workspace.sentence[name.begin]].tokens;
  const auto says = [&](uint32_t t) {
    const Tag tag = layers.tokens[t].tag;
    if (tag != Tag::NNP && tag != Tag::JJ && tag != Tag::NN && tag != Tag::NNPS) return false;
    return same_nation(workspace.types.lower(workspace.word[t]), noun);
  };
  const auto is_stop = [&](uint32_t t) {
    const std::string_view text = layers.of(layers.tokens[t]);
    return text == "," || text == ";" || layers.tokens[t].tag == Tag::VBD || layers.tokens[t].tag == Tag::VBZ;
  };
  for (uint32_t t = name.begin; t > sentence.begin && t + kNear > name.begin && !is_stop(t - 1); --t)
    if (says(t - 1)) return true;
  uint32_t t = name.end;
  if (t < sentence.end && layers.of(layers.tokens[t]) == ",") ++t;  // "Elise Fournet, a Frenchwoman,"
  for (const uint32_t stop = std::min(sentence.end, t + kNear); t < stop && !is_stop(t); ++t)
    if (says(t)) return true;
  return false;
}

bool clause_says(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const RoleFamilies& families,
                 IndexRange name, uint32_t noun) {
  if (name.empty()) return false;
  const IndexRange sentence = layers.sentences[workspace.sentence[name.begin]].tokens;
  if (name.end + 2 >= sentence.end || layers.of(layers.tokens[name.end]) != ",") return false;
  if (notes.at(workspace, name.end + 1).person != PronounPerson::Who) return false;
  const std::string_view word = workspace.types.lower(workspace.word[noun]);
  for (uint32_t t = name.end + 2; t < std::min(sentence.end, name.end + 14); ++t) {
    if (layers.tokens[t].kind == TokenKind::Punctuation) return false;
    const bool kin =
        is_noun(layers.tokens[t].tag) && families.fits(notes.at(workspace, noun).key, notes.at(workspace, t).key);
    if (kin || same_stem(workspace.types.lower(workspace.word[t]), word)) return true;
  }
  return false;
}

bool kind_beside(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const RoleFamilies& families,
                 IndexRange name, uint64_t noun) {
  if (name.empty()) return false;
  const IndexRange sentence = layers.sentences[workspace.sentence[name.begin]].tokens;
  const auto says = [&](uint32_t t) {
    const uint64_t key = notes.at(workspace, t).key;
    return is_noun(layers.tokens[t].tag) && (key == noun || families.fits(noun, key));
  };
  uint32_t t = name.begin;
  if (t > sentence.begin + 1 && layers.of(layers.tokens[t - 1]) == ",") --t;  // "the yard, Orsted & Vik,"
  if (t > sentence.begin && says(t - 1)) return true;
  t = name.end;
  if (t >= sentence.end || layers.of(layers.tokens[t]) != ",") return false;
  const auto opens = [&](uint32_t x) { return layers.tokens[x].tag == Tag::DT || layers.tokens[x].tag == Tag::PRPS; };
  if (++t >= sentence.end || !opens(t)) return false;
  uint32_t head = 0;
  for (const uint32_t stop = std::min(sentence.end, t + 6); ++t < stop;) {
    const Tag tag = layers.tokens[t].tag;
    if (is_noun(tag))
      head = t;
    else if (tag != Tag::JJ && tag != Tag::CD && tag != Tag::POS && tag != Tag::HYPH)
      break;
  }
  return head != 0 && says(head);
}

}  // namespace newsnlp
