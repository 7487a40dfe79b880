#include "resolver_pronouns.h"

#include <algorithm>

namespace newsnlp {
namespace {

bool is_verb(Tag t) {
  return t == Tag::VBD || t == Tag::VBZ || t == Tag::VBP || t == Tag::VB || t == Tag::VBN;
}

// Which tokens stand in sources and addressees.
class Marks {
 public:
  enum : uint8_t { kSource = 1, kAddressee = 2 };
  explicit Marks(const Layers& layers) : marks_(layers.tokens.size(), 0) {
    for (const Quote& q : layers.quotes) {
      for (uint32_t s = q.source.begin; s < q.source.end; ++s) mark(layers, layers.spans[s], kSource);
      for (uint32_t s = q.addressee.begin; s < q.addressee.end; ++s) mark(layers, layers.spans[s], kAddressee);
    }
  }
  bool has(uint32_t token, uint8_t mark) const { return (marks_[token] & mark) != 0; }

 private:
  void mark(const Layers& layers, Span span, uint8_t sign) {
    auto t = std::partition_point(layers.tokens.begin(), layers.tokens.end(),
                                  [&](const Token& x) { return x.span.end <= span.begin; });
    for (uint32_t steps = 0; t != layers.tokens.end() && t->span.begin < span.end && steps < 64; ++t, ++steps)
      marks_[static_cast<size_t>(t - layers.tokens.begin())] |= sign;
  }
  std::vector<uint8_t> marks_;
};

// "Maria … Tom. He": nobody is asked whose gender is surely the other one, nor, where somebody fits, likely the other.
void drop_contradictions(std::vector<RankCandidate>& candidates) {
  const bool fits = std::any_of(candidates.begin(), candidates.end(),
                                [](const RankCandidate& c) { return c.gender >= kShownGender; });
  std::erase_if(candidates, [&](const RankCandidate& c) { return c.gender <= -kSureGender + (fits ? 1 : 0); });
}

}  // namespace

Function function_of(const Layers& layers, const Workspace& workspace, IndexRange tokens) {
  const IndexRange sentence = layers.sentences[workspace.sentence[tokens.begin]].tokens;
  const auto tag = [&](uint32_t t) { return layers.tokens[t].tag; };
  uint32_t t = tokens.end;
  if (t < sentence.end && tag(t) == Tag::POS) return Function::Possessor;
  if (t < sentence.end && (tag(t) == Tag::NN || tag(t) == Tag::NNS || tag(t) == Tag::NNP)) return Function::Modifier;
  const Tag before = tokens.begin > sentence.begin ? tag(tokens.begin - 1) : Tag::None;
  if (before == Tag::IN || before == Tag::TO) return Function::Oblique;
  if (t < sentence.end && layers.of(layers.tokens[t]) == ",") {  // behind an apposition
    const uint32_t stop = std::min(sentence.end, t + 16);
    uint32_t x = t + 1;
    while (x < stop && layers.of(layers.tokens[x]) != ",") ++x;
    t = std::min(x + 1, sentence.end);
  }
  while (t < sentence.end && (tag(t) == Tag::RB || tag(t) == Tag::MD)) ++t;
  if (t < sentence.end && is_verb(tag(t))) return Function::Subject;
  if (is_verb(before)) {
    const bool quoted = tokens.begin >= 2 && workspace.quotation[tokens.begin - 2] != Quotation::Outside;
    const bool comma = tokens.begin >= sentence.begin + 2 && layers.of(layers.tokens[tokens.begin - 2]) == ",";
    return quoted || comma ? Function::Inverted : Function::Object;
  }
  return Function::Other;
}

std::vector<PronounAnswer> PronounReader::read(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                               const Choose& choose, Span asked) const {
  std::vector<PronounAnswer> answers;
  const Marks marks(layers);
  History history;
  history.clear(layers.entities.size());
  LastPronoun last[2];
  std::vector<RankCandidate> candidates;
  std::vector<float> probabilities;
  std::vector<uint32_t> order;
  const auto count = static_cast<uint32_t>(layers.tokens.size());
  const auto quoted = [&](uint32_t t) { return workspace.quotation[t] == Quotation::Inside; };
  const auto initial = [&](uint32_t t) {
    const uint32_t begin = layers.sentences[workspace.sentence[t]].tokens.begin;
    return t <= begin + 1;
  };
  const auto person = [&](const Mention& m) {
    return m.entity != Mention::kNoEntity && layers.entities[m.entity].type == EntityType::Person &&
           layers.entities[m.entity].named;
  };
  size_t mention = 0;
  for (uint32_t t = 0; t < count; ++t) {
    while (mention < layers.mentions.size() && notes.mention_tokens[mention].begin < t) ++mention;
    if (mention < layers.mentions.size() && notes.mention_tokens[mention].begin == t) {
      const IndexRange tokens = notes.mention_tokens[mention];
      const Mention& m = layers.mentions[mention++];
      if (tokens.empty() || !person(m)) continue;
      Event e{t,
              workspace.sentence[t],
              workspace.paragraph[t],
              function_of(layers, workspace, tokens),
              quoted(t),
              marks.has(tokens.end - 1, Marks::kSource),
              marks.has(tokens.end - 1, Marks::kAddressee),
              tokens.size() > 1,
              initial(t)};
      history.add(m.entity, e);
      t = tokens.end - 1;
      continue;
    }
    const Tag tag = layers.tokens[t].tag;
    if (tag != Tag::PRP && tag != Tag::PRPS && tag != Tag::None) continue;
    const WordFacts& f = notes.at(workspace, t);
    if (f.person != PronounPerson::He && f.person != PronounPerson::She) continue;
    PronounQuery q{t,
                   workspace.sentence[t],
                   workspace.paragraph[t],
                   f.pronoun,
                   f.person == PronounPerson::He,
                   marks.has(t, Marks::kSource),
                   initial(t),
                   quoted(t)};
    if (q.quoted && !q.source && !asked.overlaps(layers.tokens[t].span)) continue;
    if (f.person == PronounPerson::She && f.pronoun == PronounKind::Possessive && tag == Tag::PRP)
      q.kind = PronounKind::Object;  // "her"
    candidates.clear();
    const auto add = [&](uint32_t entity, bool ahead) {
      RankCandidate c;
      c.entity = entity;
      const int16_t g = notes.gender[entity];
      c.gender = q.male ? g : static_cast<int16_t>(-g);
      c.ahead = ahead;
      c.titled = !layers.entities[entity].roles.empty();
      candidates.push_back(c);
      return c.gender >= 0;
    };
    bool fits = false;
    for (uint32_t entity : history.recent()) fits |= add(entity, false);
    for (size_t m = mention; !fits && m < layers.mentions.size() && candidates.size() < History::kRecent + 4 &&
                             notes.mention_tokens[m].begin < t + kMaxAhead;
         ++m)
      if (person(layers.mentions[m]) && history.of(layers.mentions[m].entity).count == 0)
        add(layers.mentions[m].entity, true);
    drop_contradictions(candidates);
    PronounAnswer answer;
    answer.token = t;
    if (!candidates.empty()) {
      LastPronoun& previous = last[q.male ? 0 : 1];
      fill_features(q, history, previous, candidates);
      size_t best = model_.rank(candidates);
      model_.probabilities(candidates, probabilities);
      if (choose) best = choose(q, candidates);
      order.clear();
      for (uint32_t i = 0; i < candidates.size(); ++i) order.push_back(i);
      const size_t kept = std::min(order.size(), kMaxCandidates);
      std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                        [&](uint32_t a, uint32_t b) {
                          if (candidates[a].score != candidates[b].score)
                            return candidates[a].score > candidates[b].score;
                          return a < b;
                        });
      for (size_t i = 0; i < kept; ++i)
        answer.candidates.push_back({candidates[order[i]].entity, probabilities[order[i]]});
      const uint32_t chosen = candidates[best].entity;
      if (!q.quoted) {
        Event e{t,
                q.sentence,
                q.paragraph,
                q.kind == PronounKind::Subject ? Function::Pronoun : Function::Possessive,
                false,
                q.source,
                marks.has(t, Marks::kAddressee),
                false,
                q.initial};
        history.add(chosen, e);
        previous = {chosen, q.sentence};
      }
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace newsnlp
