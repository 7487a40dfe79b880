#include "antecedents.h"

#include <algorithm>
#include <array>

namespace newsnlp {
namespace {

constexpr uint32_t kPhrases = 24;
constexpr uint32_t kInsideSentences = 3;
constexpr uint32_t kBehind = 8;  // tokens from a subject to its verb

class Finder {
 public:
  Finder(const Layers& layers, const Workspace& workspace, LinkNotes& notes, Pronoun pronoun, bool outside)
      : layers_(layers),
        workspace_(workspace),
        notes_(notes),
        pronoun_(pronoun),
        outside_(outside),
        many_(pronoun == Pronoun::They) {}

  std::optional<Antecedent> find(uint32_t token) const {
    const auto& phrases = workspace_.noun_phrases;
    const auto behind = std::partition_point(phrases.begin(), phrases.end(),
                                             [&](const NounPhrase& p) { return p.tokens.begin < token; });
    std::optional<Antecedent> best;
    uint32_t best_sentence = 0;
    const auto first = static_cast<size_t>(behind - phrases.begin());
    for (size_t i = first; i > 0 && first - i < kPhrases; --i) {
      const NounPhrase& p = phrases[i - 1];
      const uint32_t distance = workspace_.sentence[token] - workspace_.sentence[p.head];
      const uint32_t paragraphs = workspace_.paragraph[token] - workspace_.paragraph[p.head];
      const uint32_t most = !many_ || best ? 1 : paragraphs == 0 ? 4 : 2;
      if (distance > most || paragraphs > 1) break;
      if (outside_ && workspace_.quotation[p.head] == Quotation::Inside) continue;
      std::optional<Antecedent> a = read(p);
      if (!a) continue;
      // The subject of the nearest sentence that has one; else what stands nearest.
      if (!best || (a->subject && (!best->subject || workspace_.sentence[p.head] == best_sentence)))
        best = a, best_sentence = workspace_.sentence[p.head];
    }
    return best;
  }

 private:
  std::optional<Antecedent> read(const NounPhrase& p) const {
    Antecedent a;
    a.reading.head = p.head;
    a.reading.phrase = p.tokens;
    const Tag tag = layers_.tokens[p.head].tag;
    const WordFacts& f = notes_.at(workspace_, p.head);
    const bool plural = f.plural || tag == Tag::NNS || tag == Tag::NNPS;
    const Tag before = p.tokens.begin > 0 ? layers_.tokens[p.tokens.begin - 1].tag : Tag::Period;
    a.subject = before != Tag::IN && before != Tag::TO && (before < Tag::VB || before > Tag::VBZ);
    if (a.subject && many_) extend(a.reading.phrase);
    const size_t m = mention_at_or_before(notes_, p.head);
    if (many_ && a.subject && couple(m, p.head, a.reading)) return a;
    if (m < layers_.mentions.size() && notes_.mention_tokens[m].end > p.head) {
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
    if (many_ ? people || (body && plural) : (body || family) && !plural) return a;
    return std::nullopt;
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
  bool outside_;  // of quotations
  bool many_;
};

}  // namespace

std::optional<Antecedent> find_antecedent(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                          uint32_t token, Pronoun pronoun, uint32_t before) {
  const bool outside = workspace.quotation[token] == Quotation::Outside;
  return Finder(layers, workspace, notes, pronoun, outside).find(std::min(token, before));
}

std::optional<Antecedent> find_inside(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                      uint32_t token, bool male, uint32_t speaker, uint32_t turn) {
  const auto& phrases = workspace.noun_phrases;
  const auto behind =
      std::partition_point(phrases.begin(), phrases.end(), [&](const NounPhrase& p) { return p.tokens.begin < token; });
  const auto first = static_cast<size_t>(behind - phrases.begin());
  for (size_t i = first; i > 0 && first - i < kPhrases; --i) {
    const NounPhrase& p = phrases[i - 1];
    if (workspace.sentence[token] - workspace.sentence[p.head] > kInsideSentences ||
        workspace.paragraph[token] - workspace.paragraph[p.head] > 1)
      break;
    const WordFacts& f = notes.at(workspace, p.head);
    const Gender other = male ? Gender::Female : Gender::Male;
    const size_t m = mention_at_or_before(notes, p.head);
    if (m < layers.mentions.size() && notes.mention_tokens[m].end > p.head) {
      const uint32_t e = layers.mentions[m].entity;
      if (e != Mention::kNoEntity && e != speaker && layers.entities[e].type == EntityType::Person &&
          layers.entities[e].gender != other)
        return std::nullopt;
      continue;
    }
    if (workspace.quotation[p.head] != Quotation::Inside && p.head < turn) continue;
    const Tag tag = layers.tokens[p.head].tag;
    if (f.noun != NounKind::Person && f.noun != NounKind::Kin) continue;
    if (f.plural || tag == Tag::NNS || tag == Tag::NNPS || f.gender == other) continue;
    // "I am a driver. He …", "as a mother": the speaker.
    if (p.tokens.begin > 0) {
      const std::string_view before = workspace.types.lower(workspace.word[p.tokens.begin - 1]);
      if (before == "as" || before == "am" || before == "'m" || before == "\u2019m" || before == "was") continue;
    }
    Antecedent a;
    a.reading.kind = SourceKind::Role;
    a.reading.head = p.head;
    a.reading.phrase = p.tokens;
    a.reading.definite = workspace.types.lower(workspace.word[p.tokens.begin]) == "the";
    a.reading.possessive = layers.tokens[p.tokens.begin].tag == Tag::PRPS;
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
