#include "resolver_pronouns.h"

#include <algorithm>
#include <array>

#include "resolver_source.h"
#include "token_search.h"

namespace newsnlp {
namespace {

bool is_verb(Tag t) {
  return t == Tag::VBD || t == Tag::VBZ || t == Tag::VBP || t == Tag::VB || t == Tag::VBN;
}

constexpr auto kShown = static_cast<uint32_t>(PronounAnswer::kMaxCandidates);
constexpr uint32_t kOpeningClause = 6;  // tokens before its subject
constexpr uint32_t kShortSource = 3;    // tokens: nobody else is named in it
constexpr uint32_t kNamedInside = 32;   // mentions of a content that are looked at
constexpr auto kScale = static_cast<int32_t>(SpeakerModel::kScale);
constexpr int32_t kNamed = 6 * kScale, kNamedActor = 4 * kScale;  // against who is named in what "he" says
constexpr int32_t kActed = 3 * kScale;                            // for the only one of the sentence before
constexpr int32_t kOtherGender = 3 * kScale;                      // against who was only "she" before
constexpr int32_t kFramed = 12 * kScale;                          // for whom the sentence is said to be about
constexpr uint32_t kFrame = 16;                                   // tokens
constexpr uint32_t kClause = 32;                                  // tokens of "Asked whether …,"

// What a token stands in.
enum : uint8_t { kSource = 1, kAddressee = 2, kAside = 4 };

// Marks the span's tokens and gives them, kMaxSpan at most; looks for them from `near` on, in growing steps, and sets
// it to the first. `likely`: where they may be.
constexpr uint32_t kMaxSpan = 64;
IndexRange mark(const Layers& layers, Span span, IndexRange likely, uint8_t sign, uint32_t& near,
                std::vector<uint8_t>& marks) {
  const auto& tokens = layers.tokens;
  const auto count = static_cast<uint32_t>(tokens.size());
  if (!likely.empty() && likely.end <= count && likely.size() <= kMaxSpan &&
      tokens[likely.begin].span.begin == span.begin && tokens[likely.end - 1].span.end == span.end) {
    for (uint32_t t = likely.begin; t < likely.end; ++t) marks[t] |= sign;
    near = likely.begin;
    return likely;
  }
  uint32_t low = std::min(near, count);
  for (uint32_t step = 8; low > 0 && tokens[low - 1].span.end > span.begin; step *= 2) low -= std::min(low, step);
  near = token_behind(tokens, low, span.begin);
  uint32_t t = near;
  for (; t < count && t < near + kMaxSpan && tokens[t].span.begin < span.end; ++t) marks[t] |= sign;
  return {near, t};
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
  const auto comma = [&](uint32_t x) {
    const Span span = layers.tokens[x].span;
    return span.size() == 1 && layers.text[span.begin] == ',';
  };
  if (t + 1 < sentence.end && comma(t) && tokens.begin > sentence.begin && comma(tokens.begin - 1) &&
      (tag(t + 1) == Tag::VBD || tag(t + 1) == Tag::VBZ || tag(t + 1) == Tag::MD))
    return Function::Subject;          // "Her mother, Gwen Marsh, spoke"
  if (t < sentence.end && comma(t)) {  // behind an apposition
    const uint32_t stop = std::min(sentence.end, t + 16);
    uint32_t x = t + 1;
    while (x < stop && !comma(x)) ++x;
    t = std::min(x + 1, sentence.end);
  }
  while (t < sentence.end && (tag(t) == Tag::RB || tag(t) == Tag::MD)) ++t;
  if (t < sentence.end && is_verb(tag(t))) return Function::Subject;
  if (is_verb(before)) {
    const bool quoted = tokens.begin >= 2 && workspace.quotation[tokens.begin - 2] != Quotation::Outside;
    const bool behind = tokens.begin >= sentence.begin + 2 && comma(tokens.begin - 2);
    const std::string_view verb = workspace.types.lower(workspace.word[tokens.begin - 1]);
    const Tag head = tokens.begin >= sentence.begin + 2 ? tag(tokens.begin - 2) : Tag::None;
    if ((verb == "was" || verb == "is") && head != Tag::WDT && head != Tag::WP)
      return Function::Subject;  // "Among them was Ann Lee"
    return quoted || behind ? Function::Inverted : Function::Object;
  }
  return Function::Other;
}

IndexRange topic_frame(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t token) {
  if (token == 0 || notes.at(workspace, token - 1).small != SmallWord::Comma) return {};
  uint32_t begin = layers.sentences[workspace.sentence[token]].tokens.begin;
  if (token < begin + 3 || token > begin + kFrame) return {};
  if (notes.at(workspace, begin).small == SmallWord::As) ++begin;
  if (workspace.types.lower(workspace.word[begin]) != "for") return {};
  return {begin + 1, token - 1};
}

namespace {

// One article, read from front to back.
class Pass {
 public:
  Pass(const Layers& layers, const Workspace& workspace, LinkNotes& notes, const SpeakerModel& model,
       const PronounReader::Choose& choose, Span asked, PronounScratch& scratch)
      : layers_(layers),
        workspace_(workspace),
        notes_(notes),
        model_(model),
        choose_(choose),
        asked_(asked),
        s_(scratch) {}

  void run() {
    s_.answers.clear();
    s_.marks.assign(layers_.tokens.size(), 0);
    s_.sources.clear();
    s_.said.clear();
    uint32_t near = 0;
    const bool known = workspace_.source_tokens.size() == layers_.quotes.size();
    for (size_t i = 0; i < layers_.quotes.size(); ++i) {
      const Quote& q = layers_.quotes[i];
      s_.sources.emplace_back();
      for (uint32_t s = q.source.begin; s < q.source.end; ++s) {
        const IndexRange likely = known && s == q.source.begin ? workspace_.source_tokens[i] : IndexRange();
        const IndexRange tokens = mark(layers_, layers_.spans[s], likely, kSource, near, s_.marks);
        for (uint32_t t = tokens.begin; t < tokens.end; ++t)
          if (is_pronoun(layers_.tokens[t])) {
            const PronounPerson person = notes_.at(workspace_, t).person;
            if (person != PronounPerson::He && person != PronounPerson::She) continue;
            behind_last_ = std::max(behind_last_, t + 1);
            s_.said.emplace_back(t, static_cast<uint32_t>(i));
          }
        if (s > q.source.begin) continue;
        s_.sources.back() = tokens;
        for (uint32_t t = tokens.begin; t < std::min(tokens.end, tokens.begin + 6); ++t) notes_.prefetch(workspace_, t);
      }
    }
    if (!s_.said.empty())
      for (const IndexRange source : s_.sources)
        if (source.size() > kShortSource && source.begin < behind_last_) mark_asides(source);
    if (!std::is_sorted(s_.said.begin(), s_.said.end())) std::sort(s_.said.begin(), s_.said.end());
    const bool tagged = layers_.tokens.empty() || layers_.tokens[0].tag != Tag::None;
    // What is said behind the last one that is asked about changes no answer.
    const bool all = !tagged || choose_ || !asked_.empty();
    const uint32_t count = all ? static_cast<uint32_t>(layers_.tokens.size()) : behind_last_;
    if (count == 0) return;
    s_.history.clear(layers_.entities.size());
    for (const Quote& q : layers_.quotes)
      for (uint32_t s = q.addressee.begin; s < q.addressee.end; ++s)
        mark(layers_, layers_.spans[s], {}, kAddressee, near, s_.marks);
    const auto look_at = [&](uint32_t t) {
      const WordFacts& f = notes_.at(workspace_, t);
      if (f.person != PronounPerson::He && f.person != PronounPerson::She) return;
      if (t >= hear_mentions(t)) pronoun(t, f);
    };
    if (tagged) {
      for (size_t i = 0; i < workspace_.pronouns.size() && workspace_.pronouns[i] < count; ++i)
        look_at(workspace_.pronouns[i]);
    } else {
      for (uint32_t t = 0; t < count; ++t) look_at(t);
    }
  }

 private:
  static bool is_pronoun(const Token& token) {
    static_assert(static_cast<int>(Tag::PRPS) == static_cast<int>(Tag::PRP) + 1);
    return static_cast<unsigned>(token.tag) - static_cast<unsigned>(Tag::PRP) <= 1;
  }
  bool is_person(const Mention& m) const {
    return m.entity != Mention::kNoEntity && layers_.entities[m.entity].type == EntityType::Person &&
           layers_.entities[m.entity].named;
  }
  bool is_quoted(uint32_t t) const { return workspace_.quotation[t] == Quotation::Inside; }
  bool is_initial(uint32_t t) const { return t <= layers_.sentences[workspace_.sentence[t]].tokens.begin + 1; }

  // "By Ann Lee" at the begin of a paragraph: who wrote it is hardly spoken of.
  bool is_byline(uint32_t name) const {
    if (name == 0 || (name > 1 && workspace_.paragraph[name - 2] == workspace_.paragraph[name - 1])) return false;
    return workspace_.paragraph[name - 1] == workspace_.paragraph[name] &&
           workspace_.types.lower(workspace_.word[name - 1]) == "by";
  }

  // "When Smith arrived, …": the clause that opens the sentence.
  bool is_subordinate(uint32_t t) const {
    const uint32_t begin = layers_.sentences[workspace_.sentence[t]].tokens.begin;
    if (begin == t || t - begin > kOpeningClause) return false;
    const Tag first = layers_.tokens[begin].tag;
    if (first != Tag::IN && first != Tag::WRB) return false;
    const Tag next = layers_.tokens[begin + 1].tag;
    return next != Tag::VBG && notes_.at(workspace_, begin).is(WordList::OpensClause);
  }
  // What the verb behind or the marks before "he" in a source tell.
  PronounCue cue_kind(uint32_t t) const {
    const uint32_t end = layers_.sentences[workspace_.sentence[t]].tokens.end;
    const std::string_view verb = t + 1 < end ? workspace_.types.lower(workspace_.word[t + 1]) : std::string_view();
    if (verb == "added" || verb == "continued" || verb == "went" || verb == "concluded") return PronounCue::GoesOn;
    if (verb == "replied" || verb == "answered" || verb == "responded") return PronounCue::Replies;
    for (uint32_t x = t; x > 0 && t - x < 2; --x)
      if (workspace_.quotation[x - 1] != Quotation::Outside) return PronounCue::Quotes;
    for (uint32_t x = t + 2; x < std::min(end, t + 5); ++x)
      if (workspace_.quotation[x] != Quotation::Outside) return PronounCue::Quotes;
    return PronounCue::Other;
  }

  // "Ann Lee, a spokeswoman for Tom Fox, said", "the lawyer of Tom Fox": not he speaks.
  void mark_asides(IndexRange source) {
    size_t m = mention_at_or_before(notes_, source.end - 1);
    if (m >= layers_.mentions.size() || notes_.mention_tokens[m].begin <= source.begin) return;
    const SourceReading r = read_source(layers_, workspace_, notes_, source);
    const bool role = r.kind == SourceKind::Role && !r.possessive;
    if (!role && (r.kind != SourceKind::Name || layers_.mentions[r.mention].type != EntityType::Person)) return;
    const uint32_t head = role ? Mention::kNoEntity : layers_.mentions[r.mention].entity;
    const uint32_t begin = role ? r.head + 2 : source.begin;
    for (; notes_.mention_tokens[m].begin >= begin; --m) {
      const IndexRange name = notes_.mention_tokens[m];
      if (!name.empty() && layers_.mentions[m].entity != head) s_.marks[name.end - 1] |= kAside;
      if (m == 0) return;
    }
  }

  // Takes in the people named before `token`; the token behind the last of these mentions.
  uint32_t hear_mentions(uint32_t token) {
    for (; mention_ < layers_.mentions.size() && notes_.mention_tokens[mention_].begin < token; ++mention_) {
      const IndexRange tokens = notes_.mention_tokens[mention_];
      const Mention& m = layers_.mentions[mention_];
      if (tokens.empty() || !is_person(m) || is_byline(tokens.begin)) continue;
      heard_ = tokens.end;
      const uint32_t t = tokens.begin;
      const uint8_t marks = s_.marks[tokens.end - 1];
      s_.history.add(m.entity,
                     {t, workspace_.sentence[t], workspace_.paragraph[t], function_of(layers_, workspace_, tokens),
                      is_quoted(t), (marks & (kSource | kAside)) == kSource, (marks & kAddressee) != 0,
                      tokens.size() > 1, is_initial(t), is_subordinate(t)});
    }
    return heard_;
  }

  int16_t gender_of(uint32_t entity, bool male) const {
    const int16_t g = notes_.gender[entity];
    return male ? g : static_cast<int16_t>(-g);
  }

  // "Maria … Tom. He": nobody is asked whose gender is surely the other one, nor, where somebody fits, likely the
  // other.
  void collect(uint32_t t, bool male) {
    s_.candidates.clear();
    int16_t most = -kSureGender;
    std::array<int16_t, History::kRecent> genders;
    const std::span<const uint32_t> recent = s_.history.recent();
    for (size_t i = 0; i < recent.size(); ++i) {
      genders[i] = gender_of(recent[i], male);
      most = std::max(most, genders[i]);
    }
    const bool open = most >= 0;
    const int16_t least = most >= kShownGender ? -kSureGender + 2 : -kSureGender + 1;
    const auto add = [&](uint32_t entity, int16_t g, bool ahead) {
      if (g >= least) s_.candidates.push_back({entity, 0, g, ahead, !layers_.entities[entity].roles.empty()});
    };
    for (size_t i = 0; i < recent.size(); ++i) add(recent[i], genders[i], false);
    for (size_t m = mention_; !open && m < layers_.mentions.size() && s_.candidates.size() < History::kRecent + 4 &&
                              notes_.mention_tokens[m].begin < t + PronounReader::kMaxAhead;
         ++m)
      if (is_person(layers_.mentions[m]) && s_.history.of(layers_.mentions[m].entity).count == 0)
        add(layers_.mentions[m].entity, gender_of(layers_.mentions[m].entity, male), true);
  }

  void pronoun(uint32_t t, const WordFacts& f) {
    PronounQuery q{t,
                   workspace_.sentence[t],
                   workspace_.paragraph[t],
                   f.pronoun,
                   f.person == PronounPerson::He,
                   (s_.marks[t] & kSource) != 0,
                   is_initial(t),
                   is_quoted(t),
                   PronounCue::Other};
    const bool wanted = q.source || asked_.overlaps(layers_.tokens[t].span);
    if (q.quoted && !wanted) return;
    if (f.person == PronounPerson::She && f.pronoun == PronounKind::Possessive && layers_.tokens[t].tag == Tag::PRP)
      q.kind = PronounKind::Object;  // "her"
    if (q.source) q.cue = cue_kind(t);
    const Quote* said = q.source && !choose_ ? said_by(t) : nullptr;
    if (said != nullptr) go_before(*said, q);
    collect(t, q.male);
    size_t best = 0;
    LastPronoun& previous = last_[q.male ? 0 : 1];
    if (s_.candidates.size() > 1 || choose_) {  // nobody else: no sum is needed
      best = s_.candidates.empty() ? 0 : rank(q, s_.history, previous, model_.weights(), s_.candidates);
      if (unsure_[q.male ? 1 : 0] && !choose_) best = without_other_gender(q.male, best);
      if (said != nullptr) acted_before(q);
      if (said != nullptr) best = without_content(*said, best);
      if (q.kind == PronounKind::Subject && !choose_) best = framed(t, best);
      if (said != nullptr && q.kind == PronounKind::Subject) best = without_participle(t, best);
      if (choose_ && !s_.candidates.empty()) {
        PronounReader::Features features;
        list_features(q, s_.history, previous, s_.candidates, features);
        best = choose_(q, s_.candidates, features);
      }
    }
    if (wanted) answer(t);
    if (s_.candidates.empty() || q.quoted) return;
    const uint32_t chosen = s_.candidates[best].entity;
    s_.history.add(chosen, {t, workspace_.sentence[t], workspace_.paragraph[t],
                            q.kind == PronounKind::Subject ? Function::Pronoun : Function::Possessive, false, q.source,
                            (s_.marks[t] & kAddressee) != 0, false, q.initial, is_subordinate(t)});
    s_.history.call(chosen, q.male);
    unsure_[q.male ? 0 : 1] |= s_.candidates[best].gender < kShownGender;
    previous = {chosen, workspace_.sentence[t]};
  }

  // The quote of which the pronoun is the source, and has a content; null where there is none.
  const Quote* said_by(uint32_t t) {
    while (said_ < s_.said.size() && s_.said[said_].first < t) ++said_;
    if (said_ == s_.said.size() || s_.said[said_].first != t) return nullptr;
    const Quote& quote = layers_.quotes[s_.said[said_].second];
    return quote.content.empty() ? nullptr : &quote;
  }
  // "“… ¶ …,” she said": as far from who was named before as the content begins.
  void go_before(const Quote& quote, PronounQuery& q) const {
    const Span content = layers_.spans[quote.content.begin];
    if (content.begin >= layers_.sentences[q.sentence].span.begin) return;
    const uint32_t first = token_behind(layers_.tokens, 0, content.begin);
    q.sentence = workspace_.sentence[first];
    q.paragraph = workspace_.paragraph[first];
  }

  // Who was "she" before is not "he", where nothing else tells.
  [[gnu::cold, gnu::noinline]] size_t without_other_gender(bool male, size_t best) {
    for (RankCandidate& c : s_.candidates) {
      const PersonHistory& p = s_.history.of(c.entity);
      const bool own = male ? p.he : p.she, other = male ? p.she : p.he;
      if (c.gender < kShownGender && other && !own) c.score -= kOtherGender;
    }
    for (size_t i = 0; i < s_.candidates.size(); ++i)
      if (s_.candidates[i].score > s_.candidates[best].score) best = i;
    return best;
  }

  // "As for Ann Lee, she said": she.
  size_t framed(uint32_t t, size_t best) {
    const IndexRange frame = topic_frame(layers_, workspace_, notes_, t);
    for (size_t m = mention_; m > 0 && !frame.empty() && notes_.mention_tokens[m - 1].begin >= frame.begin; --m)
      for (RankCandidate& c : s_.candidates)
        if (c.entity == layers_.mentions[m - 1].entity) c.score += kFramed;
    for (size_t i = 0; i < s_.candidates.size(); ++i)
      if (s_.candidates[i].score > s_.candidates[best].score) best = i;
    return best;
  }

  // "Ann Lee, a driver, had seen it. “…,” she said": the only one that the sentence before is about.
  void acted_before(const PronounQuery& q) {
    if (q.cue == PronounCue::GoesOn) return;
    RankCandidate* only = nullptr;
    for (RankCandidate& c : s_.candidates) {
      const PersonHistory& p = s_.history.of(c.entity);
      if (p.sentence == PersonHistory::kNever || p.sentence + 1 < q.sentence) continue;
      const bool acts = is_subject(p.sentence_function) || p.sentence_function == Function::Other;
      const bool called_other = q.male ? p.she && !p.he : p.he && !p.she;
      if (p.sentence >= q.sentence && p.last.quoted) continue;  // in what is said
      if (p.sentence_function == Function::Possessor && p.sentence < q.sentence)
        continue;  // "Lee's coach Ann Fox smiled"
      if (p.sentence >= q.sentence || only != nullptr || !acts || called_other) return;
      only = &c;
    }
    if (only != nullptr) only->score += kActed;
  }
  // "Asked whether Ann Lee had lied, she said": somebody else, since who was asked says it.
  size_t without_participle(uint32_t t, size_t best) {
    const uint32_t begin = layers_.sentences[workspace_.sentence[t]].tokens.begin;
    if (begin == t || t > begin + kClause || notes_.at(workspace_, t - 1).small != SmallWord::Comma) return best;
    const Tag tag = layers_.tokens[begin].tag;
    if ((tag != Tag::VBG && tag != Tag::VBN) || is_quoted(begin)) return best;
    const std::string_view first = workspace_.types.lower(workspace_.word[begin]);
    if (first == "according" || first == "following" || first == "including") return best;
    for (size_t m = mention_; m > 0 && notes_.mention_tokens[m - 1].begin > begin; --m)
      for (RankCandidate& c : s_.candidates)
        if (c.entity == layers_.mentions[m - 1].entity) c.score -= kNamed;
    for (size_t i = 0; i < s_.candidates.size(); ++i)
      if (s_.candidates[i].score > s_.candidates[best].score) best = i;
    return best;
  }

  // "“Ann Lee lied,” she said": who is named in what is said hardly says it; the subject of an indirect report may.
  size_t without_content(const Quote& quote, size_t best) {
    const Span content = layers_.spans[quote.content.begin];
    for (size_t m = mention_; m > 0 && mention_ - m < kNamedInside; --m) {
      const Mention& mention = layers_.mentions[m - 1];
      if (mention.span.begin < content.begin) break;
      const IndexRange name = notes_.mention_tokens[m - 1];
      if (mention.span.begin >= content.end || name.empty()) continue;
      for (RankCandidate& c : s_.candidates)
        if (c.entity == mention.entity) {
          const bool may = quote.type == QuoteType::Indirect && acts(name);
          c.score -= may ? kNamedActor : kNamed;
        }
    }
    for (size_t i = 0; i < s_.candidates.size(); ++i)
      if (s_.candidates[i].score > s_.candidates[best].score) best = i;
    return best;
  }
  bool acts(IndexRange name) const {
    const Tag behind = name.end < layers_.tokens.size() ? layers_.tokens[name.end].tag : Tag::Period;
    if (name.begin > 0 && layers_.tokens[name.begin - 1].tag == Tag::CC) return false;  // "between Lee and Fox is"
    return is_verb(behind) || behind == Tag::MD || behind == Tag::RB ||
           is_subject(function_of(layers_, workspace_, name));
  }

  void answer(uint32_t t) {
    PronounAnswer& a = s_.answers.emplace_back();
    a.token = t;
    model_.probabilities(s_.candidates, s_.probabilities);
    for (uint32_t i = 0; i < s_.candidates.size(); ++i) {  // the best ones, ties by place
      const int32_t score = s_.candidates[i].score;
      if (a.count == kShown && score <= s_.candidates[s_.order[kShown - 1]].score) continue;
      uint32_t at = a.count < kShown ? a.count++ : kShown - 1;
      for (; at > 0 && s_.candidates[s_.order[at - 1]].score < score; --at) s_.order[at] = s_.order[at - 1];
      s_.order[at] = i;
    }
    for (uint32_t i = 0; i < a.count; ++i)
      a.candidates[i] = {s_.candidates[s_.order[i]].entity, s_.probabilities[s_.order[i]]};
  }

  const Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
  const SpeakerModel& model_;
  const PronounReader::Choose& choose_;
  Span asked_;
  PronounScratch& s_;
  LastPronoun last_[2];
  size_t mention_ = 0;        // the next to hear
  bool unsure_[2] = {};       // somebody who may be of the other gender was "he"; "she"
  size_t said_ = 0;           // the next of PronounScratch::said
  uint32_t heard_ = 0;        // token behind the last one heard
  uint32_t behind_last_ = 0;  // token behind the last "he" or "she" in a source
};

}  // namespace

std::span<const PronounAnswer> PronounReader::read(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                                   const Choose& choose, Span asked) const {
  Pass(layers, workspace, notes, model_, choose, asked, scratch_).run();
  return scratch_.answers;
}

}  // namespace newsnlp
