// Room: record fields. A quote seen as tokens: its spans, the verb group of its cue, and the tokens around that belong
// to nobody else.
//
//   In an interview with CNN, the minister has reportedly told voters that …
//   ^-------- around --------^             ^---- group ----^ ^around^ ^content
#pragma once

#include <algorithm>
#include <vector>

#include "layers.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

/// Tokens of one quote. Ranges are ascending; all are token indices.
struct Statement {
  std::vector<IndexRange> content, cue, source;
  IndexRange sentence;         // of the cue; of the source or content where there is none
  IndexRange group;            // the cue with the auxiliaries, negations and adverbs before it; empty without a cue
  uint32_t content_begin = 0;  // of the quote's content; its own may begin behind the verb of an infinitive
  uint32_t head = 0;           // the cue's own word: last verb of its first piece, else that piece's last word
  bool noun = false;           // the cue is a noun
  bool passive = false;        // the head is a participle behind a form of "be"
  bool bare_participle =
      false;  // the head is a participle without auxiliary that begins its clause ("Asked whether …")
  std::vector<uint32_t> before, after;  // Statements::before, after; once they are asked for
  bool around_known = false;

  void clear() noexcept;
};

/// What the rules of the fields share while one article is filled in: token look-ups and the statements. Keeps its
/// arrays, and what it knows of word types, from article to article: one a worker.
class Statements {
 public:
  /// Reads the quotes. All must outlive what is asked then.
  void read(const Layers& layers, const Workspace& workspace, const RecordWords& words);

  size_t size() const noexcept { return size_; }
  const Statement& operator[](size_t quote) const noexcept { return all_[quote]; }

  const Layers& layers() const noexcept { return *layers_; }
  const RecordWords& words() const noexcept { return *words_; }
  uint32_t token_count() const noexcept { return static_cast<uint32_t>(layers().tokens.size()); }
  WordKinds kinds(uint32_t token) const noexcept { return kinds_[workspace().word[token]]; }
  std::string_view lower(uint32_t token) const noexcept { return workspace().types.lower(workspace().word[token]); }
  bool capitalised(uint32_t token) const noexcept {
    return workspace().types[workspace().word[token]].is(WordType::kFirstUpper);
  }
  Tag tag(uint32_t token) const noexcept { return layers().tokens[token].tag; }
  bool is_verb(uint32_t token) const noexcept { return tag(token) >= Tag::VB && tag(token) <= Tag::VBZ; }
  /// "said", "says", "would": a verb that has a subject.
  bool is_finite(uint32_t token) const noexcept {
    const Tag t = tag(token);
    return t == Tag::MD || t == Tag::VBD || t == Tag::VBZ || t == Tag::VBP;
  }
  /// The "to" of "to leave".
  bool is_infinitive(uint32_t to) const noexcept {
    return is_word(to, "to") && to + 1 < token_count() && tag(to + 1) == Tag::VB;
  }
  static bool inside(const std::vector<IndexRange>& ranges, uint32_t token) noexcept {
    for (const IndexRange& r : ranges)
      if (r.contains(token)) return true;
    return false;
  }
  /// Is a token of the ranges of this kind?
  bool any(const std::vector<IndexRange>& ranges, WordKind kind) const noexcept {
    for (const IndexRange& r : ranges)
      for (uint32_t t = r.begin; t < r.end; ++t)
        if (kinds(t).has(kind)) return true;
    return false;
  }
  bool same_word(uint32_t a, uint32_t b) const noexcept { return workspace().word[a] == workspace().word[b]; }
  bool in_boilerplate(uint32_t token) const noexcept;
  /// The quote whose cue the token is; size() if none.
  size_t owner_of_cue(uint32_t token) const noexcept { return cue_owner_[token] == 0 ? size_ : cue_owner_[token] - 1; }
  bool quoted(uint32_t token) const noexcept { return workspace().quotation[token] != Quotation::Outside; }

  /// What lower() would say of a comma; its word type is not looked at.
  bool is_comma(uint32_t token) const noexcept { return layers().of(layers().tokens[token]) == ","; }
  bool is_double_mark(uint32_t token) const noexcept {
    const std::string_view s = layers().of(layers().tokens[token]);
    return s == "\"" || s == "“" || s == "„" || s == "«" || s == "``" || s == "''";
  }
  /// A lower-case word of few letters; the types of longer ones are not looked at.
  bool is_word(uint32_t token, std::string_view word) const noexcept {
    return layers().tokens[token].span.size() == word.size() && lower(token) == word;
  }
  /// Whether a token of the content stands in quotation marks that do not hold the cue as well.
  bool in_own_marks(uint32_t token, const Statement& s) const noexcept;

  /// The noun phrase that begins at the token, a leading "all" or "both" passed over; a pronoun is one. Empty: none.
  IndexRange noun_phrase_at(uint32_t token) const noexcept;
  /// The noun phrase that ends right before `token`; empty: none.
  IndexRange noun_phrase_before(uint32_t token) const noexcept;
  /// The phrase with "of …" and "and …" behind it.
  IndexRange extended(IndexRange phrase) const noexcept;
  uint32_t head_of(IndexRange phrase) const noexcept;
  /// A newspaper, agency or station, by name or by its noun. `phrase` is a noun phrase.
  bool is_medium(IndexRange phrase) const;
  bool is_date(IndexRange phrase) const noexcept;
  /// "People Today": a word for a time that needs no capital, and has one behind another.
  bool is_title_word(uint32_t token) const noexcept;
  bool is_name_of(EntityType type, IndexRange phrase) const noexcept;
  bool is_person_name(IndexRange phrase) const noexcept { return is_name_of(EntityType::Person, phrase); }
  bool is_place_name(IndexRange phrase) const noexcept { return is_name_of(EntityType::Location, phrase); }

  /// Tokens before the cue, back to the sentence's begin or another quote's cue ("according to" apart), that lie as
  /// deep in contents as the cue. `quote`: whose. What lies in contents is left out; at most kReach,
  /// none farther than 160 tokens.
  const std::vector<uint32_t>& before(size_t quote) const;
  /// The same behind the cue's head, to the sentence's end.
  const std::vector<uint32_t>& after(size_t quote) const;
  static constexpr size_t kReach = 48;

  /// What find(other) finds first of the statements before `quote`, nearest first, that have the same source and an
  /// earlier verb in its sentence: "X said A and claimed B". Looks at six of them.
  template <class Find>
  IndexRange of_earlier_verbs(size_t quote, Find find) const {
    constexpr size_t kNear = 6;
    const Statement& s = all_[quote];
    if (s.source.empty()) return {};
    for (size_t other = quote; other > quote - std::min(quote, kNear);) {
      const Statement& o = all_[--other];
      if (!o.cue.empty() && o.group.begin < s.sentence.begin) break;
      if (o.cue.empty() || o.source.empty() || !(o.source.front() == s.source.front())) continue;
      if (o.group.begin >= s.group.begin) continue;
      if (const IndexRange found = find(other); !found.empty()) return found;
    }
    return {};
  }

  Span span(IndexRange tokens) const noexcept {
    return {layers().tokens[tokens.begin].span.begin, layers().tokens[tokens.end - 1].span.end};
  }

 private:
  uint32_t noun_phrase_of(uint32_t token) const noexcept {
    return token < workspace().noun_phrase.size() ? workspace().noun_phrase[token] : Workspace::kNone;
  }
  const Workspace& workspace() const noexcept { return *workspace_; }
  /// The first token that ends behind a byte; `near`: any token.
  uint32_t first_behind(uint32_t byte, uint32_t near) const noexcept;
  IndexRange tokens_of(Span span, uint32_t near) const noexcept;
  void find_ranges(IndexRange spans, uint32_t& near, std::vector<IndexRange>& out) const;
  void look_around(size_t quote) const;
  void take_report_verb(Statement& s) const;
  bool has_told(uint32_t head, uint32_t auxiliary) const noexcept;
  void find_group(Statement& s) const;
  void find_agency();
  IndexRange agency_of_dateline(const Paragraph& paragraph) const noexcept;
  bool ends_region(uint32_t token, size_t quote, uint32_t level) const noexcept;
  bool belongs_to(uint32_t token, const std::vector<IndexRange>& ranges) const noexcept;
  void paint();

  const Layers* layers_ = nullptr;
  const Workspace* workspace_ = nullptr;
  const RecordWords* words_ = nullptr;
  std::vector<WordKinds> kinds_;  // by word type
  uint32_t generation_ = 0;       // of the word types
  mutable std::vector<Statement> all_;
  size_t size_ = 0;    // of them are of this article
  IndexRange agency_;  // whose dateline the article has: tokens of "Ostrapress" in "LONDON, Oct 14 (Ostrapress) -"
  std::vector<uint64_t> order_;
  std::vector<uint32_t> content_owner_;  // of each token: the innermost quote whose content holds it, + 1
  std::vector<uint32_t> cue_owner_;      // of each token: a quote whose cue it is, + 1
};

}  // namespace newsnlp
