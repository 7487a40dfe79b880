// Room: linker. Roles that stand beside a person's name.
//
//   Kremlin spokesman  Dmitry Peskov     before the name, in the same noun phrase
//   Peskov, a  spokesman for the Kremlin,    apposition behind the name
//   The  mayor of Graz , Elke Moser,     apposition before the name
//   a  care worker  called Jean          the name is introduced
//   Director of Ports and Roads  Anna Kern     phrases before the name
//   Anna Kern, who  leads the institute ,    a relative clause with a verb of office
//   Anna Kern is the  keeper at Skerry      what the sentence says that somebody is
#pragma once

#include <span>
#include <vector>

#include "link_notes.h"

namespace newsnlp {

struct FoundRole {
  Span span;
  uint32_t mention = 0;
  uint64_t key = 0;                 // of the head noun; 0: a verb
  Gender gender = Gender::Unknown;  // that the head noun tells: "spokeswoman"
};

class RoleFinder {
 public:
  static constexpr uint32_t kMaxTokens = 14;  // of one role

  RoleFinder(const Layers& layers, const Workspace& workspace, LinkNotes& notes)
      : layers_(layers), workspace_(workspace), notes_(notes) {}

  /// Appends the roles beside layers.mentions[mention], a person. Looks at kMaxTokens tokens on either side.
  void find(uint32_t mention, std::vector<FoundRole>& out) const;
  /// "… awaited Giles Fenwick. The transport secretary had come …": appends what the sentences behind the first of
  /// `persons`, mentions in text order, call the only person named so far.
  void find_alone(std::span<const uint32_t> persons, std::vector<FoundRole>& out) const;
  /// "A school bookkeeper who stole … was jailed. ¶ Deborah Pask, 51, …": appends what the lead calls somebody whom the
  /// paragraph behind it begins with, where nobody else is named in the lead.
  void find_in_lead(std::span<const uint32_t> persons, std::vector<FoundRole>& out) const;

 private:
  static bool is_noun(Tag t) { return t == Tag::NN || t == Tag::NNS || t == Tag::NNP || t == Tag::NNPS; }
  static bool is_finite_verb(Tag t) { return t == Tag::VBD || t == Tag::VBZ || t == Tag::VBP || t == Tag::MD; }
  const WordFacts& facts(uint32_t token) const { return notes_.at(workspace_, token); }
  Tag tag(uint32_t token) const { return layers_.tokens[token].tag; }
  std::string_view text(uint32_t token) const { return layers_.of(layers_.tokens[token]); }
  bool is_sign(uint32_t token, char sign) const {
    const Span span = layers_.tokens[token].span;
    return span.size() == 1 && layers_.text[span.begin] == sign;
  }
  // By its first letter, A to Z: what else is known of a word is far away.
  bool is_capital(uint32_t token) const { return text(token).front() >= 'A' && text(token).front() <= 'Z'; }
  // One of the list's words, and not "Of".
  bool is_lower(uint32_t token, WordList list) const {
    const WordFacts& f = facts(token);
    return f.is(list) && !f.has_upper;
  }
  bool is_role_noun(uint32_t token) const;
  bool says_nothing(uint32_t head) const;
  // The bracket before "NTB)" of "National Trade Board (NTB) spokesman".
  bool is_acronym(uint32_t bracket, uint32_t end) const {
    return is_sign(bracket, '(') && bracket > 0 && bracket + 3 < end && is_sign(bracket + 2, ')') &&
           facts(bracket + 1).all_upper && !facts(bracket - 1).all_upper && is_noun(tag(bracket - 1)) &&
           is_noun(tag(bracket + 3));
  }
  bool is_ordinal(uint32_t token) const;
  bool is_player(uint32_t token) const;
  bool is_compound(uint32_t token) const;
  bool is_modifier(uint32_t token) const;
  void before(uint32_t mention, IndexRange name, IndexRange sentence, std::vector<FoundRole>& out) const;
  void behind(uint32_t mention, IndexRange name, IndexRange sentence, std::vector<FoundRole>& out) const;
  void apposition_before(uint32_t mention, IndexRange name, IndexRange sentence, std::vector<FoundRole>& out) const;
  void is_told(uint32_t mention, uint32_t t, uint32_t end, std::vector<FoundRole>& out) const;
  void bare_title(uint32_t mention, IndexRange name, IndexRange sentence, std::vector<FoundRole>& out) const;
  void introduced(uint32_t mention, IndexRange name, IndexRange sentence, std::vector<FoundRole>& out) const;
  void long_title(uint32_t mention, IndexRange name, IndexRange whole, std::vector<FoundRole>& out) const;
  void find_in_headline(std::span<const uint32_t> persons, const Paragraph& lead, std::vector<FoundRole>& out) const;
  IndexRange described(uint32_t begin, uint32_t end, bool below_headline, uint32_t& head, bool& age) const;
  bool is_line(uint32_t paragraph) const;
  bool is_place(uint32_t token) const;
  bool is_turn(uint32_t paragraph) const;
  bool is_byline(uint32_t paragraph) const;
  IndexRange aged(IndexRange sentence, uint32_t& head) const;
  void told_of_pronoun(uint32_t mention, std::vector<FoundRole>& out) const;
  void told_of_subject(uint32_t mention, std::vector<FoundRole>& out) const;
  bool may_describe(uint32_t mention, uint32_t first, IndexRange role, uint32_t head) const;
  uint32_t behind_dateline(IndexRange sentence) const;
  static bool may_open(char first);
  uint32_t opened_behind(uint32_t t, uint32_t end, bool& age) const;
  uint32_t phrase_head(uint32_t begin, uint32_t end) const;
  uint32_t phrase_end(uint32_t head, uint32_t stop) const;
  bool joins_object(uint32_t head, uint32_t conjunction, uint32_t stop) const;
  bool has_owner(uint32_t begin, uint32_t end) const {  // "Norlux's chief"
    while (begin < end && tag(begin) != Tag::POS) ++begin;
    return begin < end;
  }
  void add_told(uint32_t mention, uint32_t begin, uint32_t head, uint32_t stop, std::vector<FoundRole>& out) const;
  uint32_t unlisted_head(uint32_t begin, uint32_t end) const;
  bool is_unlisted(uint32_t head) const;
  void add(uint32_t mention, uint32_t begin, uint32_t end, uint32_t head, std::vector<FoundRole>& out) const;

  const Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
};

}  // namespace newsnlp
