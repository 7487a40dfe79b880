#include "noun_phrases.h"

#include <algorithm>
#include <array>

#include "hash.h"

namespace newsnlp {
namespace {

// What a tag can do in a base noun phrase.
enum class Part : uint8_t {
  None,
  Determiner,   // opens it: the, his, all
  Adjective,    // stands before the head; after a determiner it may be the head: the poor
  Number,       // the same, and may be the head alone: two (of them)
  Participle,   // stands before the head, not first: the proposed ban
  Adverb,       // stands before an adjective or a number: very big, about 300
  Noun,         // may be the head
  Pronoun,      // a phrase of its own
  Possessive,   // 's
  Hyphen,       // joins two words without space
  Comma,        // between two adjectives
  Conjunction,  // between two adjectives; & between two names
};

constexpr Part part_of(Tag tag) noexcept {
  switch (tag) {
    case Tag::DT:
    case Tag::PDT:
    case Tag::PRPS:
    case Tag::WPS:
      return Part::Determiner;
    case Tag::JJ:
    case Tag::JJR:
    case Tag::JJS:
    case Tag::AFX:
      return Part::Adjective;
    case Tag::CD:
    case Tag::Dollar:
    case Tag::Hash:
      return Part::Number;
    case Tag::VBN:
    case Tag::VBG:
      return Part::Participle;
    case Tag::RB:
    case Tag::RBR:
    case Tag::RBS:
      return Part::Adverb;
    case Tag::NN:
    case Tag::NNS:
    case Tag::NNP:
    case Tag::NNPS:
    case Tag::FW:
    case Tag::ADD:
      return Part::Noun;
    case Tag::PRP:
    case Tag::WP:
      return Part::Pronoun;
    case Tag::POS:
      return Part::Possessive;
    case Tag::HYPH:
      return Part::Hyphen;
    case Tag::Comma:
      return Part::Comma;
    case Tag::CC:
      return Part::Conjunction;
    default:
      return Part::None;
  }
}

constexpr auto kParts = [] {
  std::array<Part, static_cast<size_t>(Tag::Count) + 1> parts{};
  for (size_t t = 0; t < parts.size(); ++t) parts[t] = part_of(static_cast<Tag>(t));
  return parts;
}();

// Nothing else opens a phrase, so that most tokens need no more than this.
constexpr auto kOpens = [] {
  std::array<bool, kParts.size()> opens{};
  for (size_t t = 0; t < opens.size(); ++t)
    for (const Part p : {Part::Determiner, Part::Adjective, Part::Number, Part::Adverb, Part::Noun, Part::Pronoun})
      opens[t] |= kParts[t] == p;
  return opens;
}();

// "told reporters | Monday": a day that follows a noun and precedes none is no part of the phrase.
bool is_day(uint64_t lower) noexcept {
  static constexpr std::array<uint64_t, 10> kDays = {
      hash_bytes("monday"),   hash_bytes("tuesday"),   hash_bytes("wednesday"), hash_bytes("thursday"),
      hash_bytes("friday"),   hash_bytes("saturday"),  hash_bytes("sunday"),    hash_bytes("today"),
      hash_bytes("tomorrow"), hash_bytes("yesterday"),
  };
  return std::find(kDays.begin(), kDays.end(), lower) != kDays.end();
}

class PhraseFinder {
 public:
  PhraseFinder(const Layers& layers, Workspace& workspace) : l_(layers), tokens_(layers.tokens.data()), w_(workspace) {}

  void run() {
    w_.noun_phrases.clear();
    w_.pronouns.clear();
    w_.noun_phrase.assign(l_.tokens.size(), Workspace::kNone);
    for (const Sentence& s : l_.sentences) {
      end_ = s.tokens.end;
      // What read() has passed over without a head has none further on either: no token is read more than twice.
      for (uint32_t i = s.tokens.begin; i < end_; i = std::max(read(i), i + 1)) {
        while (i < end_ && !kOpens[static_cast<size_t>(tokens_[i].tag)]) ++i;
        if (i == end_) break;
      }
    }
  }

 private:
  Part part(uint32_t i) const { return i < end_ ? kParts[static_cast<size_t>(tokens_[i].tag)] : Part::None; }
  bool touches(uint32_t i) const { return tokens_[i - 1].span.end == tokens_[i].span.begin; }
  bool is_ampersand(uint32_t i) const { return l_.text[tokens_[i].span.begin] == '&'; }

  void emit(uint32_t begin, uint32_t head) {
    const auto id = static_cast<uint32_t>(w_.noun_phrases.size());
    w_.noun_phrases.push_back({{begin, head + 1}, head});
    std::fill(w_.noun_phrase.begin() + begin, w_.noun_phrase.begin() + head + 1, id);
  }

  // Reads one phrase that begins at `begin`, if there is one. Returns where to go on.
  uint32_t read(uint32_t begin) {
    uint32_t head = Workspace::kNone;  // the last token that may end the phrase
    bool determined = false;
    bool noun = false;      // a noun has come since the last possessive
    bool modified = false;  // an adjective, number or participle has come since the last noun
    uint32_t i = begin;
    for (; i < end_; ++i) {
      const bool first = i == begin;
      switch (part(i)) {
        case Part::Pronoun:
          if (!first) return close(begin, head, i);
          if (tokens_[i].tag == Tag::PRP) w_.pronouns.push_back(i);
          emit(i, i);
          return i + 1;
        case Part::Determiner:
          if (tokens_[i].tag == Tag::PRPS && (w_.pronouns.empty() || w_.pronouns.back() < i)) w_.pronouns.push_back(i);
          if (noun || modified || (determined && part(i - 1) != Part::Determiner)) return close(begin, head, i);
          determined = true;
          head = i;
          break;
        case Part::Adjective:
          if (noun && part(i + 1) != Part::Noun && part(i + 1) != Part::Hyphen) return close(begin, head, i);
          modified = true;
          if (determined && !noun) head = i;
          break;
        case Part::Number:
          modified = true;
          head = i;
          break;
        case Part::Participle:
          if (first || noun) return close(begin, head, i);
          modified = true;
          break;
        case Part::Adverb:
          if (noun || (part(i + 1) != Part::Adjective && part(i + 1) != Part::Number &&
                       (first || part(i + 1) != Part::Participle)))
            return close(begin, head, i);
          break;
        case Part::Noun:
          if (noun && !modified && is_day(w_.types[w_.word[i]].lower) && part(i + 1) != Part::Noun &&
              part(i + 1) != Part::Possessive)
            return close(begin, head, i);
          noun = true;
          modified = false;
          head = i;
          break;
        case Part::Possessive:
          if (!noun) return close(begin, head, i);
          noun = false;
          modified = false;
          determined = true;
          break;
        case Part::Hyphen:
          // The word behind the hyphen belongs to the compound, whatever its tag: run-up, Kremlin-backed.
          if (first || i + 1 >= end_ || !touches(i) || !touches(i + 1)) return close(begin, head, i);
          ++i;
          modified = part(i) == Part::Participle || part(i) == Part::Adjective;
          noun = !modified;
          if (noun) head = i;
          break;
        case Part::Comma:
          if (noun || first || part(i - 1) != Part::Adjective || part(i + 1) != Part::Adjective)
            return close(begin, head, i);
          break;
        case Part::Conjunction:
          if (first || !((!noun && part(i - 1) == Part::Adjective && part(i + 1) == Part::Adjective) ||
                         (part(i - 1) == Part::Noun && part(i + 1) == Part::Noun && is_ampersand(i))))
            return close(begin, head, i);
          break;
        case Part::None:
          return close(begin, head, i);
      }
    }
    return close(begin, head, i);
  }

  // Ends the phrase at its head. `stop` is the first token that does not fit.
  uint32_t close(uint32_t begin, uint32_t head, uint32_t stop) {
    if (head == Workspace::kNone) return stop;
    emit(begin, head);
    return head + 1;
  }

  const Layers& l_;
  const Token* const tokens_;
  Workspace& w_;
  uint32_t end_ = 0;  // of the sentence
};

}  // namespace

void find_noun_phrases(const Layers& layers, Workspace& workspace) {
  PhraseFinder(layers, workspace).run();
}

}  // namespace newsnlp
