#include "antecedents.h"

#include <algorithm>
#include <array>

#include "spoken.h"

namespace newsnlp {
namespace {

constexpr uint32_t kPhrases = 24;
constexpr uint32_t kInsideSentences = 3, kOutsideSentences = 2;
constexpr uint32_t kApposition = 6;  // tokens that may name somebody
constexpr uint32_t kQuotes = 8;      // before that of "he" inside a quotation
constexpr uint32_t kBehind = 8;      // tokens from a subject to its verb

class Finder {
 public:
  Finder(const Layers& layers, const Workspace& workspace, LinkNotes& notes, Pronoun pronoun, bool outside,
         std::span<const uint8_t> in_source)
      : layers_(layers),
        workspace_(workspace),
        notes_(notes),
        pronoun_(pronoun),
        in_source_(in_source),
        outside_(outside),
        many_(pronoun == Pronoun::They),
        others_(many_ && !outside && !in_source.empty()) {}

  std::optional<Antecedent> find(uint32_t token) const {
    const auto& phrases = workspace_.noun_phrases;
    std::optional<Antecedent> best, said;
    uint32_t best_sentence = 0;
    const size_t first = noun_phrases_before(workspace_, token);
    for (size_t i = first; i > 0 && first - i < kPhrases; --i) {
      const NounPhrase& p = phrases[i - 1];
      const uint32_t distance = workspace_.sentence[token] - workspace_.sentence[p.head];
      const uint32_t paragraphs = workspace_.paragraph[token] - workspace_.paragraph[p.head];
      const uint32_t most = !many_ || best ? 1 : paragraphs == 0 ? 4 : 2;
      if (paragraphs > 1 || (distance > most && (!others_ || distance > 2))) break;
      if (distance > most && !is_addressed(p)) continue;
      if (outside_ && workspace_.quotation[p.head] == Quotation::Inside) continue;
      std::optional<Antecedent> a = read(p);
      if (!a) continue;
      if (others_ && is_addressed(p)) {
        a->other = true;
        return a;
      }
      // "The residents said so. “They promised us …”": rather not the side that speaks.
      if (others_ && !a->entity && (in_source_[p.head] & 1) != 0 && are_people(p.head)) {
        if (!said) said = a;
        continue;
      }
      // The subject of the nearest sentence that has one; else what stands nearest.
      if (!best || (a->subject && (!best->subject || workspace_.sentence[p.head] == best_sentence)))
        best = a, best_sentence = workspace_.sentence[p.head];
    }
    if (best && said) best->other = true;
    return best ? best : said;
  }

 private:
  std::optional<Antecedent> read(const NounPhrase& p) const {
    Antecedent a;
    a.reading.head = p.head;
    a.reading.phrase = p.tokens;
    const Tag tag = layers_.tokens[p.head].tag;
    const WordFacts& f = notes_.at(workspace_, p.head);
    const bool plural = f.plural || tag == Tag::NNS || tag == Tag::NNPS;
    if (others_ && is_ours(p.tokens.begin)) return std::nullopt;
    const Tag before = p.tokens.begin > 0 ? layers_.tokens[p.tokens.begin - 1].tag : Tag::Period;
    a.subject = before != Tag::IN && before != Tag::TO && (before < Tag::VB || before > Tag::VBZ);
    if (a.subject && many_) extend(a.reading.phrase);
    // "Rang the firm three times".
    const bool times = others_ && tag == Tag::NNS && workspace_.types.lower(workspace_.word[p.head]) == "times";
    const size_t m = mention_at_or_before(notes_, times ? p.tokens.begin : p.head);
    if (many_ && a.subject && couple(m, p.head, a.reading)) return a;
    if (m < layers_.mentions.size() && notes_.mention_tokens[m].end > (times ? p.tokens.begin : p.head)) {
      const uint32_t e = layers_.mentions[m].entity;
      if (e == Mention::kNoEntity || is_one()) return std::nullopt;
      const EntityType type = layers_.entities[e].type;
      if (type == EntityType::Misc && plural && many_) return a;
      if (type != EntityType::Organization && (many_ || type != EntityType::Location)) return std::nullopt;
      if (type == EntityType::Location && !a.subject) return std::nullopt;  // "in Paris. It said …"
      a.entity = e;
      return a;
    }
    if (is_one()) {
      const bool person = f.noun == NounKind::Person || f.noun == NounKind::Kin;
      if (!person || plural || f.gender == (pronoun_ == Pronoun::He ? Gender::Female : Gender::Male))
        return std::nullopt;
      a.reading.kind = SourceKind::Role;
      a.reading.possessive = layers_.tokens[p.tokens.begin].tag == Tag::PRPS;
    }
    a.reading.definite = workspace_.types.lower(workspace_.word[p.tokens.begin]) == "the";
    const bool body = f.noun == NounKind::Organization || f.noun == NounKind::Institution || f.noun == NounKind::Medium;
    a.reading.kind = body ? SourceKind::Body : SourceKind::Group;
    const bool people =
        f.noun == NounKind::Group || (plural && (f.noun == NounKind::Person || f.noun == NounKind::Kin));
    const bool family = f.noun == NounKind::Group && tag == Tag::NN && !plural && a.subject;  // "The family …, it said"
    const bool bodies = body && (plural ? !times : others_);  // "I rang the school and they"
    if (many_ ? people || bodies : (body || family) && !plural) return a;
    return std::nullopt;
  }
  // "They accused the firm of it. “They lied”", "I rang the school and they …": whom one asks, answers.
  bool is_addressed(const NounPhrase& p) const {
    static constexpr auto kVerbs = std::to_array<std::string_view>(
        {"accused", "accuses", "accusing", "accuse", "blamed", "blames", "blaming", "blame", "rang", "rung", "ring",
         "phoned", "called", "contacted", "warned", "asked", "begged", "urged", "emailed"});
    const auto is_verb = [&](uint32_t t) {
      return std::find(kVerbs.begin(), kVerbs.end(), workspace_.types.lower(workspace_.word[t])) != kVerbs.end();
    };
    return is_verb(p.tokens.begin) || (p.tokens.begin > 0 && is_verb(p.tokens.begin - 1));
  }
  // Whose side somebody who speaks behind them is on: not "officials".
  bool are_people(uint32_t t) const {
    static constexpr auto kSides = std::to_array<std::string_view>(
        {"residents",  "villagers", "families",  "workers",   "employees",  "staff",    "parents",  "people",
         "neighbours", "neighbors", "locals",    "fans",      "protesters", "students", "teachers", "farmers",
         "critics",    "survivors", "witnesses", "relatives", "activists",  "several",  "some",     "many",
         "others",     "customers", "patients",  "tenants",   "passengers"});
    return std::find(kSides.begin(), kSides.end(), workspace_.types.lower(workspace_.word[t])) != kSides.end();
  }
  // "Our people".
  bool is_ours(uint32_t t) const {
    const PronounPerson person = notes_.at(workspace_, t).person;
    return person == PronounPerson::I || person == PronounPerson::We;
  }
  bool is_one() const { return pronoun_ == Pronoun::He || pronoun_ == Pronoun::She; }
  // "Otto Bauer and Inge Bauer".
  bool couple(size_t m, uint32_t head, SourceReading& reading) const {
    const auto person = [&](size_t x) {
      return x < layers_.mentions.size() && layers_.mentions[x].type == EntityType::Person &&
             !notes_.mention_tokens[x].empty();
    };
    if (!person(m) || !person(m + 1) || notes_.mention_tokens[m].end <= head) return false;
    const uint32_t joint = notes_.mention_tokens[m].end;
    if (joint + 1 != notes_.mention_tokens[m + 1].begin || workspace_.types.lower(workspace_.word[joint]) != "and")
      return false;
    reading.kind = SourceKind::Group;
    reading.phrase = {notes_.mention_tokens[m].begin, notes_.mention_tokens[m + 1].end};
    return true;
  }
  // "the people of Thornby": with the phrases that "of", "in", "at" and "from" join.
  void extend(IndexRange& phrase) const {
    for (int joined = 0; joined < 2 && phrase.end + 1 < layers_.tokens.size(); ++joined) {
      const std::string_view w = workspace_.types.lower(workspace_.word[phrase.end]);
      const uint32_t next = workspace_.noun_phrase[phrase.end + 1];
      if ((w != "of" && w != "in" && w != "at" && w != "from") || next == Workspace::kNone) return;
      phrase.end = workspace_.noun_phrases[next].tokens.end;
    }
  }

  const Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
  Pronoun pronoun_;
  std::span<const uint8_t> in_source_;
  bool outside_;  // of quotations
  bool many_;
  bool others_;  // "they" inside of a quotation are others than those who speak
};

}  // namespace

std::optional<Antecedent> find_antecedent(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                          uint32_t token, Pronoun pronoun, uint32_t before,
                                          std::span<const uint8_t> in_source) {
  const bool outside = workspace.quotation[token] == Quotation::Outside;
  return Finder(layers, workspace, notes, pronoun, outside, in_source).find(std::min(token, before));
}

namespace {

// "As a mother", "I am a driver", "he is a decent man", "like a brother": said of somebody who is known; but "there was
// a man".
bool is_predicate(const Workspace& workspace, uint32_t begin) {
  static constexpr auto kBefore = std::to_array<std::string_view>(
      {"as", "am", "'m", "\u2019m", "was", "is", "'s", "\u2019s", "be", "been", "like", "became", "such"});
  if (begin == 0) return false;
  const std::string_view before = workspace.types.lower(workspace.word[begin - 1]);
  if (std::find(kBefore.begin(), kBefore.end(), before) == kBefore.end()) return false;
  return begin < 2 || workspace.types.lower(workspace.word[begin - 2]) != "there";
}

// "One of my clients": from where the phrase begins.
uint32_t begin_of_one(const Workspace& workspace, uint32_t begin) {
  if (begin < 2 || workspace.types.lower(workspace.word[begin - 1]) != "of") return begin;
  return workspace.types.lower(workspace.word[begin - 2]) == "one" ? begin - 2 : begin;
}

}  // namespace

std::optional<Antecedent> find_inside(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                      uint32_t token, bool male, const InsideOf& of) {
  static constexpr auto kJoined = std::to_array<std::string_view>(
      {"with", "by", "from", "that", "until", "after", "before", "while", "because", "if"});
  const Gender other = male ? Gender::Female : Gender::Male;
  const bool told_by_other = of.speaker < layers.entities.size() && layers.entities[of.speaker].gender == other;
  // "He argued with his father. “He told me …”": not the one who speaks, nor who says what he is.
  const auto is_spoken_of = [&](const NounPhrase& p, uint32_t begin) {
    const Tag opens = layers.tokens[begin].tag;
    const auto is_comma = [&](uint32_t t) { return notes.at(workspace, t).small == SmallWord::Comma; };
    const Tag before = begin > 0 ? layers.tokens[begin - 1].tag : Tag::Period;
    if (opens != Tag::DT && opens != Tag::PRPS && opens != Tag::CD) return false;
    const uint32_t behind = p.tokens.end;
    if (behind + 1 >= token || layers.tokens[behind].tag == Tag::CC) return false;
    if (is_comma(behind)) {  // "her grandfather, a carpenter,", but not "his teacher, the great Aurel Banky,"
      const Tag next = layers.tokens[behind + 1].tag;
      const size_t m = mention_at_or_before(notes, behind + kApposition);
      const bool named = m < layers.mentions.size() && notes.mention_tokens[m].begin > behind;
      if ((next != Tag::DT && next != Tag::WP) || named) return false;
    }
    if (begin > 0 && is_comma(begin - 1)) return false;
    if (workspace.sentence[token] - workspace.sentence[p.head] > kOutsideSentences) return false;
    const std::string_view word = begin > 0 ? workspace.types.lower(workspace.word[begin - 1]) : std::string_view();
    if (before == Tag::IN && std::find(kJoined.begin(), kJoined.end(), word) == kJoined.end()) return false;
    const std::string_view first = workspace.types.lower(workspace.word[begin]);
    if ((first == "a" || first == "an") && before >= Tag::VB && before <= Tag::VBZ) return false;  // "needs a client"
    // "He lost his brother. “He is sorry,” she said": who lost him.
    const PronounPerson owner = notes.at(workspace, p.tokens.begin).person;
    if (opens == Tag::PRPS && told_by_other && owner == (male ? PronounPerson::He : PronounPerson::She)) return false;
    for (uint32_t q = of.quote; q > 0 && of.quote - q < kQuotes; --q)
      if (of.sources[q - 1].contains(p.head) && layers.quotes[q - 1].speaker == of.speaker) return false;
    return true;
  };
  const auto& phrases = workspace.noun_phrases;
  const size_t first = noun_phrases_before(workspace, token);
  for (size_t i = first; i > 0 && first - i < kPhrases; --i) {
    const NounPhrase& p = phrases[i - 1];
    if (workspace.sentence[token] - workspace.sentence[p.head] > kInsideSentences ||
        workspace.paragraph[token] - workspace.paragraph[p.head] > 1)
      break;
    const WordFacts& f = notes.at(workspace, p.head);
    const size_t m = mention_at_or_before(notes, p.head);
    if (m < layers.mentions.size() && notes.mention_tokens[m].end > p.head) {
      const uint32_t e = layers.mentions[m].entity;
      if (e != Mention::kNoEntity && e != of.speaker && layers.entities[e].type == EntityType::Person &&
          layers.entities[e].gender != other)
        return std::nullopt;
      continue;
    }
    const Tag tag = layers.tokens[p.head].tag;
    if (f.noun != NounKind::Person && f.noun != NounKind::Kin) continue;
    const uint32_t begin = begin_of_one(workspace, p.tokens.begin);
    const bool one = begin != p.tokens.begin;
    if ((!one && (f.plural || tag == Tag::NNS || tag == Tag::NNPS)) || f.gender == other) continue;
    const Tag opens = layers.tokens[begin].tag;
    const bool inside = workspace.quotation[p.head] == Quotation::Inside || p.head >= of.turn;
    if (!inside && !is_spoken_of(p, begin)) continue;
    if (is_predicate(workspace, begin)) continue;
    // "Mate, I can see you": who is spoken to.
    if (opens == Tag::NN && f.noun != NounKind::Kin && p.tokens.size() == 1) continue;
    const PronounPerson owner = notes.at(workspace, p.tokens.begin).person;
    if ((owner == PronounPerson::I || owner == PronounPerson::We) && inside &&
        !is_said_by(layers, of.speaker, p.head, of.quote))
      continue;
    Antecedent a;
    a.reading.kind = SourceKind::Role;
    a.reading.head = p.head;
    a.reading.phrase = {begin, p.tokens.end};
    a.reading.definite = workspace.types.lower(workspace.word[begin]) == "the";
    a.reading.possessive = opens == Tag::PRPS;
    a.subject = inside;
    return a;
  }
  return std::nullopt;
}

SourceReading subject_before(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t token) {
  const uint32_t here = workspace.sentence[token];
  if (here == 0) return {};
  const IndexRange sentence = layers.sentences[here - 1].tokens;
  const uint32_t begin = sentence.begin;
  const uint32_t phrase = workspace.noun_phrase[begin];
  if (layers.tokens[begin].tag != Tag::DT || phrase == Workspace::kNone) return {};
  if (workspace.quotation[begin] != Quotation::Outside || workspace.paragraph[token] - workspace.paragraph[begin] > 1)
    return {};
  const NounPhrase& p = workspace.noun_phrases[phrase];
  const WordFacts& head = notes.at(workspace, p.head);
  if (p.tokens.begin != begin || head.plural || (head.noun != NounKind::Person && head.title != TitleKind::Office))
    return {};
  for (uint32_t t = p.tokens.end; t < std::min(sentence.end, p.tokens.end + kBehind); ++t) {  // "in one of the posts"
    const Tag tag = layers.tokens[t].tag;
    if (tag >= Tag::VB && tag <= Tag::VBZ) return read_phrase(layers, workspace, notes, begin);
    if (tag != Tag::IN && tag != Tag::DT && tag != Tag::CD && tag != Tag::JJ && tag != Tag::MD && tag != Tag::RB &&
        (tag < Tag::NN || tag > Tag::NNPS))
      return {};
  }
  return {};
}

bool is_impersonal(const Layers& layers, const Workspace& workspace, uint32_t it) {
  static constexpr auto kVerbs = std::to_array<std::string_view>(
      {"understood", "believed", "reported", "thought", "said", "claimed", "alleged", "expected", "feared", "hoped",
       "estimated", "rumored", "rumoured", "assumed", "suspected", "known", "announced", "suggested", "argued"});
  static constexpr auto kSpeaks = std::to_array<std::string_view>(
      {"say", "tell", "ask", "announce", "argue", "call", "urge", "warn", "deny", "recommend", "decide", "respond"});
  const uint32_t end = layers.sentences[workspace.sentence[it]].tokens.end;
  const auto is_one = [&](uint32_t t, const auto& words) {
    return std::find(words.begin(), words.end(), workspace.types.lower(workspace.word[t])) != words.end();
  };
  bool passive = false;
  for (uint32_t t = it + 1; t < std::min(end, it + 5); ++t) {
    const std::string_view word = workspace.types.lower(workspace.word[t]);
    if (passive && is_one(t, kVerbs)) return t + 2 >= end || !is_one(t + 2, kSpeaks);  // "it is expected to say"
    passive |= word == "is" || word == "was" || word == "been";
    if (!passive && word != "has" && word != "had") return false;
  }
  return false;
}

}  // namespace newsnlp
