#include "role_deeds.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "hash.h"
#include "list_rows.h"

namespace newsnlp {
namespace {

constexpr uint32_t kBefore = 6;  // tokens before a preposition

bool is_verb(Tag t) {
  return t == Tag::VB || t == Tag::VBD || t == Tag::VBG || t == Tag::VBN || t == Tag::VBP || t == Tag::VBZ;
}
bool is_be(std::string_view lower) {
  static constexpr auto kForms =
      std::to_array<std::string_view>({"is", "are", "was", "were", "be", "been", "being", "got", "'s", "’s"});
  return std::find(kForms.begin(), kForms.end(), lower) != kForms.end();
}
bool is_have(std::string_view lower) {
  return lower == "has" || lower == "have" || lower == "had";
}

// Calls visit(form) for the word and its regular forms.
template <class Visit>
void each_form(std::string_view word, Visit visit) {
  std::string form(word);
  visit(form);
  const char last = word.back();
  if (last == 'y') form.back() = 'i';
  const std::string stem = last == 'e' ? form.substr(0, form.size() - 1) : form;
  visit(stem + (last == 's' || last == 'h' || last == 'y' || last == 'x' ? "es" : last == 'e' ? "es" : "s"));
  visit(stem + "ed");
  visit((last == 'y' ? std::string(word) : stem) + "ing");
  visit(std::string(word) + last + "ed");  // "robbed"
  visit(std::string(word) + last + "ing");
}

// What one sentence says of one name.
template <class Fits>  // (place, word): the word there makes somebody the noun
class Clause {
 public:
  Clause(const Layers& layers, const Workspace& workspace, LinkNotes& notes, Fits fits, IndexRange sentence)
      : layers_(layers), workspace_(workspace), notes_(notes), fits_(fits), s_(sentence) {}

  bool behind(IndexRange name) const {
    uint32_t t = name.end;
    const uint32_t stop = std::min(s_.end, name.end + RoleDeeds::kMaxTokens);
    if (t < stop && tag(t) == Tag::POS) return fits_noun(t + 1, stop);
    if (group(t, stop)) return true;
    // "Marco Vitale coaches Rovigo": the tagger takes the verb for a plural.
    if (t + 1 < stop && tag(t) == Tag::NNS && fits_(RoleDeeds::kDoes, key(t))) return true;
    // ", who sold", ", accused of", ", 61, a clerk, is charged": behind each comma of the brackets.
    for (; t < stop && lower(t) == ","; ++t) {
      if (group(t + 1, stop)) return true;
      while (t + 1 < stop && lower(t + 1) != ",") ++t;
    }
    return false;
  }
  bool before(uint32_t begin) const {
    uint32_t t = begin;
    while (t > s_.begin && begin - t < kBefore && is_modifier(t - 1)) --t;
    if (t == s_.begin) return false;
    --t;
    if (is_verb(tag(t))) return fits_(RoleDeeds::kDone, key(t));
    if (tag(t) != Tag::IN && tag(t) != Tag::TO) return false;
    const uint64_t place = key(t);
    for (uint32_t x = t; x > s_.begin && t - x < kBefore; --x)
      if (fits_(place, key(x - 1)) ||
          (notes_.at(workspace_, x - 1).noun == NounKind::Person && fits_(place, hash_bytes("@person"))))
        return true;
    return false;
  }

 private:
  Tag tag(uint32_t t) const { return layers_.tokens[t].tag; }
  std::string_view lower(uint32_t t) const { return workspace_.types.lower(workspace_.word[t]); }
  uint64_t key(uint32_t t) const { return notes_.at(workspace_, t).key; }
  bool is_modifier(uint32_t t) const {
    const Tag g = tag(t);
    return g == Tag::NN || g == Tag::NNP || g == Tag::JJ || g == Tag::DT || g == Tag::CD || g == Tag::PRPS;
  }
  // The verbs of the clause that begins here, and of those that "and" joins.
  bool group(uint32_t t, uint32_t stop) const {
    if (t < stop && (notes_.at(workspace_, t).person == PronounPerson::Who || lower(t) == "which")) ++t;
    bool be = false, have = false;
    for (; t < stop; ++t) {
      if (tag(t) == Tag::RB || tag(t) == Tag::MD) continue;
      if (is_be(lower(t)))
        be = true;
      else if (is_have(lower(t)))
        have = true;
      else
        break;
    }
    if (t >= stop || !is_verb(tag(t))) return false;
    const bool passive = tag(t) == Tag::VBG ? false : be || (!have && tag(t) == Tag::VBN);
    if (fits_(passive ? RoleDeeds::kDone : RoleDeeds::kDoes, key(t))) return true;
    // The tagger takes "accused", "arrested" behind a comma for the past tense now and then, or the other way round.
    if (!be && !have && t > 0 && lower(t - 1) == "," && tag(t) == Tag::VBD && t + 1 < stop &&
        (tag(t + 1) == Tag::IN || tag(t + 1) == Tag::TO) && fits_(RoleDeeds::kDone, key(t)))
      return true;
    for (const uint32_t end = std::min(stop, t + 10); t + 1 < end && lower(t) != ","; ++t)
      if (lower(t) == "and" && is_verb(tag(t + 1))) return group(t + 1, stop);
    return false;
  }
  // "Penn's trial".
  bool fits_noun(uint32_t t, uint32_t stop) const {
    for (const uint32_t end = std::min(stop, t + 3); t < end; ++t)
      if (fits_(hash_bytes("of"), key(t))) return true;
    return false;
  }

  const Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
  Fits fits_;
  IndexRange s_;
};

}  // namespace

RoleDeeds::RoleDeeds(const Model& model) {
  std::vector<uint64_t> nouns;
  const auto each_word = [](std::string_view list, auto visit) {
    while (!list.empty()) {
      const size_t end = list.find(' ');
      if (end != 0) visit(list.substr(0, end));
      list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
  };
  each_list_row(model, "role_deeds.tsv", 3, [&](const std::vector<std::string_view>& f) {
    const uint64_t place = f[1] == "does" ? kDoes : f[1] == "done" ? kDone : hash_bytes(f[1]);
    each_word(f[0], [&](std::string_view noun) {
      const uint64_t n = hash_bytes(noun);
      asked_.insert(n);
      each_word(f[2], [&](std::string_view word) {
        each_form(word, [&](std::string_view form) { rows_.insert(mix(mix(n, place), hash_bytes(form))); });
      });
    });
    return !f[0].empty() && !f[1].empty() && !f[2].empty();
  });
}

bool RoleDeeds::fits(uint64_t noun, uint64_t place, uint64_t word) const {
  return rows_.has(mix(mix(noun, place), word));
}

bool RoleDeeds::says(const Layers& layers, const Workspace& workspace, LinkNotes& notes, IndexRange name,
                     uint64_t noun) const {
  if (name.empty()) return false;
  const auto listed = [&](uint64_t place, uint64_t word) { return fits(noun, place, word); };
  const Clause clause(layers, workspace, notes, listed, layers.sentences[workspace.sentence[name.begin]].tokens);
  return clause.behind(name) || clause.before(name.begin);
}

bool undergoes(const Layers& layers, const Workspace& workspace, LinkNotes& notes, IndexRange name, uint64_t verb) {
  if (name.empty()) return false;
  const auto same = [&](uint64_t place, uint64_t word) { return place == RoleDeeds::kDone && word == verb; };
  const Clause clause(layers, workspace, notes, same, layers.sentences[workspace.sentence[name.begin]].tokens);
  return clause.behind(name) || clause.before(name.begin);
}

}  // namespace newsnlp
