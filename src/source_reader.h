// Room: resolver. Reads a source's tokens: which of them is the head, and whether it is a name, a pronoun, a role, a
// group or a body.
#pragma once

#include "resolver_source.h"

namespace newsnlp {

/// Made for one source and read once. What concerns names in sources is in source_names.cpp.
class SourceReader {
 public:
  SourceReader(const Layers& layers, const Workspace& workspace, LinkNotes& notes)
      : layers_(layers), workspace_(workspace), notes_(notes) {}

  SourceReading read(IndexRange source);

  // "The Norwegian": 1, "the French": 2, else 0.
  static int nationality(const WordFacts& facts) {
    return facts.is(WordList::Nation) ? 1 : facts.is(WordList::People) ? 2 : 0;
  }

 private:
  static bool is_noun(Tag t) { return t == Tag::NN || t == Tag::NNS || t == Tag::NNP || t == Tag::NNPS; }
  static bool is_plural(Tag t) { return t == Tag::NNS || t == Tag::NNPS; }
  const WordFacts& facts(uint32_t t) const { return notes_.at(workspace_, t); }
  Tag tag(uint32_t t) const { return layers_.tokens[t].tag; }
  bool is_sign(uint32_t t, char sign) const;
  std::string_view lower(uint32_t t) const { return workspace_.types.lower(workspace_.word[t]); }
  bool skippable(uint32_t t) const;
  // "US", "IT", "WHO": a pronoun's letters in capitals, where words beside them are none.
  bool is_acronym(uint32_t t) const;
  // "Last week the jury": the phrase begins behind what only says when.
  uint32_t behind_time(uint32_t t, uint32_t end) const;
  // "on Tuesday", "late on Monday", "last week": no part of a noun phrase.
  bool is_when(uint32_t t, uint32_t end) const;
  // "Mayor Ann Lee | yesterday", "the Harbour Agency | last week": nothing of the noun phrase stands behind it.
  bool only_when(uint32_t t, uint32_t end) const;
  bool is_office(uint32_t t) const { return facts(t).noun == NounKind::Person || facts(t).title == TitleKind::Office; }
  // Another name or noun phrase is joined here with "and": "and her lawyer", but not "and founder".
  bool joined(uint32_t t, uint32_t end) const;
  // "The Harbour Agency and Mayor Tom Fox".
  bool joined_title(uint32_t t, uint32_t end) const;
  // "Kelly and Mark Probert", "Ann Lee and her lawyer", "Norway and Sweden": the end of the pair.
  uint32_t pair_end(uint32_t head, uint32_t end, size_t m) const;
  // The name behind the comma: "His spokeswoman, Ann Lee", "its director, Sir Alan Moss", "the owners, Vale Motors".
  bool apposition(SourceReading& r, uint32_t end) const;
  // "A woman who gave only her first name, Darla,", "a driver who wants to be known as Ann Lee": the person at the end
  // of the source. Not "the lawyer who spoke for the minister, Ann Lee".
  bool named_last(SourceReading& r, uint32_t end) const;
  // "Trade and Tourism Minister Ann Lee", "Graz University chemist Dr Ann Lee", "jurist and professor at the university
  // Ann Lee", "the Bureau of Ports' Ann Lee": she, the only person of the source, with a noun for a person before her
  // name. `m`: the mention at or before the head. Not "the police and Mayor Ann Lee".
  bool titled_person(SourceReading& r, uint32_t end, size_t m) const;
  // "Japan's Kyodo news agency", "the Plain Courier newspaper": the body named before the noun.
  bool called_medium(SourceReading& r, size_t m) const;
  // "Liu He": the pronoun at t ends a person's name.
  bool inside_name(SourceReading& r, uint32_t t) const;
  // "A Bank of Graz official", "Bank of Graz analyst Ann Lee and others": the head stands behind the body's name, `m`.
  bool behind_body(SourceReading& r, uint32_t end, size_t m) const;
  // "The trade body Plastics Forward": the name that was not found, behind the noun that says what it is.
  bool behind_kind(SourceReading& r) const;
  // "The Unite union", "the Fidesz party": the body named before the noun that says what it is.
  bool before_kind(SourceReading& r, size_t m) const;
  bool take(SourceReading& r, size_t mention) const;
  // "The leader of the opposition Ann Lee": she. A clause and what says when may follow.
  bool long_title(SourceReading& r, uint32_t end) const;
  // "a Kiwi Pulse poll", "Ann Lee's lawsuit", "a letter from her lawyer, Tom Fox": the body or person that it is of.
  void author_of(SourceReading& r, uint32_t end);
  // "a report by", "a letter, dated May, from", "the note, issued by": the token behind it; not "a report seen by".
  uint32_t behind_by(uint32_t head, uint32_t end) const;
  // "Nivesh Karki, | the firm's director | told …", "Ann Lee, heritage and | land worker | said": who begins the
  // clause. Not "Ann Lee, the mayor said, was ill".
  bool name_in_front(SourceReading& r, IndexRange source) const;
  // The noun phrase of `t - 1` goes on at t.
  bool continues(uint32_t t) const;

  // The hyphen of "brother-in-law", "the London-based firm".
  bool joins(uint32_t t, uint32_t end) const;
  // "Ann Lee KC", "Dr Ann Lee, MD": letters in capitals behind a person's name are no part of it. The last token of
  // the name; else `head`.
  uint32_t before_honour(uint32_t head) const;
  // "Ms Large", "Mr Brave": the name behind a title that is tagged as another word.
  uint32_t behind_title(uint32_t head, uint32_t end) const;

  // A mark that is tagged as a closing one: "the lawyers’ union".
  bool is_possessor(uint32_t t) const;
  // Marks around words of the phrase, "the ‘Sele’ captain", and the possessor's, "the lawyers’ union".
  bool is_mark_inside(uint32_t t, uint32_t end, bool& open) const;
  // The mark of Markdown before a name: "mayor [Ann Lee](…)", "The **Harbour Union**".
  bool is_markup(uint32_t t, uint32_t end) const {
    return (is_sign(t, '[') || is_sign(t, '*') || is_sign(t, '_')) && t + 1 < end && facts(t + 1).first_upper;
  }
  // "Church spokesman | the | Rev. Ann Lee".
  bool before_reverend(uint32_t t, uint32_t end) const;
  // "The more moderate Lee", "the most senior officer".
  bool grades(uint32_t t) const { return tag(t) == Tag::RBR || tag(t) == Tag::RBS || tag(t) == Tag::JJR; }
  // "The Ocean Carriers": a name's word that was taken for a verb.
  bool opens_name(uint32_t t) const { return tag(t) == Tag::VBD && facts(t).first_upper && tag(t - 1) == Tag::DT; }
  // "The accused", "the injured".
  bool is_participle_noun(uint32_t t) const {
    return (tag(t) == Tag::VBN || tag(t) == Tag::VBD) && facts(t).noun == NounKind::Person;
  }

  void find_head(SourceReading& r, uint32_t begin, uint32_t end) const;

  bool name(SourceReading& r, uint32_t head, size_t m) const;

  SourceReading any_mention(SourceReading r, IndexRange source) const;

  // "A group of residents", "a number of officials".
  bool counts_people(const SourceReading& r) const;
  SourceKind kind_of(const WordFacts& head, const SourceReading& r) const;

  const Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
};

}  // namespace newsnlp
