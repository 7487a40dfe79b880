// Room: recognizer. What one article says about its names: list hits, other occurrences, longer forms, topic; and the
// regions of its sentences where names are looked for.
//
//   tokens    . a b . . A B C . .     A B C may belong to names
//   regions       [ b A B C . ]       with their neighbours; all other tokens are outside
//   inner           [ A B C ]         without neighbours that no name has at its edges
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "hit_numbers.h"
#include "layers.h"
#include "name_index.h"
#include "name_word.h"
#include "workspace.h"

namespace newsnlp {

class NameArticle {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  /// A stretch of one sentence.
  struct Region {
    IndexRange tokens;
    IndexRange sentence;  // tokens of the sentence
    IndexRange inner;     // of tokens, those that may be of a name: the first and the last may be sure not to; empty
                          // where that leaves nothing that begins one
  };
  /// A lower-case form that is asked for and stands with a capital somewhere in the article.
  struct Slot {
    uint32_t lower_case = 0;  // occurrences in lower case
    uint32_t capital = 0;     // with a capital inside a sentence
    uint32_t first = kNone;   // token of the first occurrence; next_occurrence() leads on
    uint32_t last = kNone;
    uint32_t count = 0;
    uint32_t longest = kNone;  // sequences that hold it, the two longest
    uint32_t second = kNone;
    uint32_t form : 31 = 0;  // lower_id
    uint32_t any_capital : 1 = 0;
  };
  /// Two or more capitalised words in a row.
  struct Sequence {
    uint32_t begin = 0;
    uint32_t end = 0;
  };
  /// What the letters of a sentence are like: words that have letters of either case, those that have capitals, those
  /// that have nothing else.
  struct Letters {
    uint32_t words = 0;
    uint32_t with_upper = 0;
    uint32_t upper = 0;
  };
  /// "anti-Trump": tokens joined by hyphens.
  struct Compound {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint32_t word = 0;  // type of the whole
  };

  NameArticle(const NameResources& resources, Casing casing) : resources_(resources), words_(resources, casing) {}

  /// Takes an article's words: letters(), digest(), topic(). Everything said of the article before is forgotten. Linear
  /// time. The workspace must stay as it is while the article is asked, but for new word types.
  void read_words(const Layers& layers, Workspace& workspace);
  /// Takes the rest of an article whose words were read. Sentences for the caseless model have a number in `folded`
  /// that is not 0 (empty: none is). Slots are for the words of regions of the others (their tokens or their inner
  /// ones), and for what the second read() asks of those.
  void find_names(const Layers& layers, Workspace& workspace, std::span<const uint8_t> folded,
                  IndexRange Region::*words = &Region::tokens);
  /// Both.
  void read(const Layers& layers, Workspace& workspace) {
    read_words(layers, workspace);
    find_names(layers, workspace, {});
  }
  /// Takes the chosen sentences of an article (a number for each, 0: not) and some that have the same names.
  /// `whole` has found its names with these as `folded`. Slots are for inner words of the chosen ones.
  void read(const Layers& layers, Workspace& workspace, std::span<const uint8_t> chosen, const NameArticle& whole);

  const NameWords& words() const noexcept { return words_; }
  Casing casing() const noexcept { return words_.casing(); }
  const std::vector<Region>& regions() const noexcept { return regions_; }
  const NameWord& word(uint32_t token) const noexcept { return words_[types_[token]]; }
  const NameCore& core(uint32_t token) const noexcept { return words_.core(types_[token]); }
  /// What is read of the words of all tokens, small and side by side.
  const NameDigest& digest(uint32_t token) const noexcept { return digests_[token]; }
  uint32_t type(uint32_t token) const noexcept { return types_[token]; }
  const Letters& letters(uint32_t sentence) const noexcept { return letters_[sentence]; }
  /// The combination of list hits of a token of a region, or right beside one; 0: none. Numbers hold until word types
  /// are renumbered.
  uint32_t hit_number(uint32_t token) const noexcept { return hit_[token]; }
  const GazetteerHit& hit(uint32_t token) const noexcept { return combinations_[hit_[token]].hit; }
  uint64_t hit_hash(uint32_t token) const noexcept { return combinations_[hit_[token]].hash; }
  bool all_capitals(uint32_t token) const noexcept { return all_capitals_[sentence_[token]] != 0; }
  uint32_t sentence(uint32_t token) const noexcept { return sentence_[token]; }
  /// Whether the next token is of the same sentence.
  bool has_next(uint32_t token) const noexcept {
    return token + 1 < sentence_.size() && sentence_[token + 1] == sentence_[token];
  }
  uint32_t topic() const noexcept { return topic_; }
  /// How often each class of K = 256 (from 1) stands in the article.
  std::span<const uint32_t> class_counts() const noexcept { return class_counts_; }

  /// kNone for a token whose form never stands with a capital, or is not asked for.
  uint32_t slot_of(uint32_t token) const noexcept {
    const uint32_t id = digests_[token].lower_id;
    return has_slot_[id] != 0 ? slot_of_[id] : kNone;
  }
  const std::vector<Slot>& slots() const noexcept { return slots_; }
  uint32_t next_occurrence(uint32_t token) const noexcept { return next_[token]; }
  const Sequence& sequence(uint32_t i) const noexcept { return sequences_[i]; }
  /// The sequence whose initials are the letters of this token, or kNone.
  uint32_t spelled_out(uint32_t token) const noexcept;
  /// The compound that holds the token, or null.
  const Compound* compound(uint32_t token) const noexcept {
    return is(token, NameWord::kCompound) ? &find_compound(token) : nullptr;
  }
  const NameWord& compound_word(const Compound& c) const noexcept { return words_[c.word]; }

 private:
  static constexpr uint32_t kTogether = 8;  // tokens whose marks are looked at
  static constexpr uint64_t kEach = 0x0101010101010101;
  static uint64_t each(uint32_t flags) noexcept { return flags / NameWord::kMarks * kEach; }
  // The marks of eight tokens, the first lowest.
  uint64_t marks(uint32_t begin) const noexcept {
    uint64_t together;
    std::memcpy(&together, marks_.data() + begin, sizeof together);
    if constexpr (std::endian::native == std::endian::big) together = __builtin_bswap64(together);
    return together;
  }
  bool is(uint32_t token, NameWord::Flag mark) const noexcept { return (marks_[token] & mark / NameWord::kMarks) != 0; }
  // The first token of [begin, end) with one of these marks, or `end`.
  uint32_t first_with(uint32_t flags, uint32_t begin, uint32_t end) const noexcept {
    for (; begin < end; begin += kTogether)
      if (const uint64_t found = marks(begin) & each(flags); found != 0)
        return std::min(begin + static_cast<uint32_t>(std::countr_zero(found)) / 8, end);
    return end;
  }
  void start(const Workspace& workspace);
  bool parts_names(uint32_t token, Tag tag) const noexcept;
  const Compound& find_compound(uint32_t token) const noexcept;
  // What is read of every token; describes its word when it is new.
  const NameDigest& know(uint32_t token, const Layers& layers, const Workspace& workspace) {
    const uint32_t type = types_[token];
    if (!words_.knows(type)) words_.describe(type, workspace.types, layers.of(layers.tokens[token]));
    return words_.digest(type);
  }
  void find_stretches(const Layers& layers);
  void know_all(IndexRange stretch, const Layers& layers, const Workspace& workspace);
  Letters count_letters(IndexRange sentence) const noexcept;
  void read_sentences(const Layers& layers, Workspace& workspace);
  void find_regions(const Layers& layers, Workspace& workspace);
  bool opens(uint32_t token, IndexRange sentence) const noexcept;
  bool says_nothing(uint32_t token, IndexRange sentence) const noexcept;
  void find_compounds(const Layers& layers, Workspace& workspace);
  void need_slot(uint32_t token);
  void need_slots(std::span<const uint8_t> choice, uint8_t wanted, IndexRange Region::*words);
  void find_occurrences(const Layers& layers);
  void look_up_names();
  void find_sequences();
  void note(Slot& slot, uint32_t sequence);

  const NameResources& resources_;
  NameWords words_;
  std::span<const uint32_t> types_, sentence_;  // of each token: the workspace's
  std::vector<uint8_t> read_;                   // of each sentence: whether it is
  std::vector<IndexRange> stretches_;           // tokens of those that are, as many together as stand side by side
  std::vector<NameDigest> digests_;
  std::vector<uint32_t> next_, hyphens_;
  std::vector<uint32_t> picked_;       // tokens that a loop without branches leaves to the next one
  std::vector<uint8_t> all_capitals_;  // of each sentence
  std::vector<Letters> letters_;       // of each sentence
  std::vector<uint8_t> marks_;         // of each token: NameWord::kActive … kOpens, divided by kMarks
  std::vector<Region> regions_;
  HitNumbers combinations_;
  std::vector<uint32_t> hit_;         // of each token
  std::vector<uint32_t> hit_tokens_;  // tokens that have hits, or had them at first
  std::vector<Gazetteer::Found> found_;
  std::vector<uint64_t> keys_;     // of the tokens of regions, each followed by 0
  std::vector<uint32_t> first_;    // sets of one word
  std::vector<uint32_t> keys_of_;  // tokens
  std::vector<uint8_t> has_slot_;  // 1 for each lower form that has one
  std::vector<uint32_t> slot_of_;  // of each lower form that has one
  std::vector<Slot> slots_;
  std::vector<uint32_t> doubtful_;  // lower forms: whether one of them has a capital is not known yet
  std::vector<Sequence> sequences_;
  std::vector<Compound> compounds_;
  NameIndex initials_;  // letters of a sequence -> the first that has them
  std::vector<uint32_t> class_counts_;
  uint32_t topic_ = 0;
  std::string joined_;
};

}  // namespace newsnlp
