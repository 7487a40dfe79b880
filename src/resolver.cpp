#include "resolver.h"

#include <algorithm>

#include "namesake.h"
#include "resolver_pass.h"
#include "role_clues.h"
#include "shown_roles.h"
#include "token_search.h"
#include "written.h"

namespace newsnlp {
namespace {

constexpr float kTooClose = 0.8F;  // the second candidate's share of the first
constexpr uint32_t kMark = 3;      // bytes
constexpr uint32_t kRetort = 80;   // bytes of a quotation that may answer another
constexpr size_t kManyQuotes = 64;
constexpr uint32_t kNamesakes = 32;  // mentions before "the Front"

}  // namespace

void ResolverPass::run() {
  const auto count = static_cast<uint32_t>(layers_.quotes.size());
  layers_.candidates.clear();
  layers_.candidates.reserve(2 * count);
  layers_.quote_candidates.assign(count, IndexRange());
  grounds_.assign(count, Ground::Count);
  // By source, since what a source adds is known to those behind it. A quote inside of another waits for it: "I".
  std::vector<std::pair<uint64_t, uint32_t>>& order = ResolverNotes::of(workspace_).order;
  order.clear();
  for (uint32_t i = 0; i < count; ++i) {
    const Quote& q = layers_.quotes[i];
    const uint64_t byte = q.source.empty() ? kNone : layers_.spans[q.source.begin].begin;
    order.emplace_back((q.nested_in || speaks_inside(i) ? uint64_t{1} << 32 : 0) | byte, i);
  }
  sort(order);
  size_t next = 0;
  for (; next < order.size() && order[next].first < uint64_t{1} << 32; ++next) source(order[next].second);
  for (uint32_t i = 0; i < count; ++i)
    if (layers_.quotes[i].source.empty() && !layers_.quotes[i].nested_in) continued(i);
  for (; next < order.size(); ++next) source(order[next].second);
  for (uint32_t i = 0; i < count; ++i)
    if (layers_.quotes[i].source.empty() && layers_.quotes[i].nested_in) continued(i);
  add_roles(layers_, extra_roles_);
  show_nearest_roles(layers_, extra_roles_, ResolverNotes::of(workspace_).role_strengths);
}

void ResolverPass::sort(std::vector<std::pair<uint64_t, uint32_t>>& order) {
  if (order.size() > kManyQuotes) return sort_many(order);
  for (size_t i = 1; i < order.size(); ++i)
    for (size_t k = i; k > 0 && order[k].first < order[k - 1].first; --k) std::swap(order[k], order[k - 1]);
}

void ResolverPass::sort_many(std::vector<std::pair<uint64_t, uint32_t>>& order) {
  std::sort(order.begin(), order.end());
}

void ResolverPass::decide(uint32_t quote, Resolution how, std::span<const Candidate> candidates) {
  Quote& q = layers_.quotes[quote];
  const auto begin = static_cast<uint32_t>(layers_.candidates.size());
  for (const Candidate& c : candidates) layers_.candidates.push_back(c);
  layers_.quote_candidates[quote] = {begin, static_cast<uint32_t>(layers_.candidates.size())};
  q.speaker.reset();
  q.speaker_score = 0;
  q.resolution = how;
  if (candidates.empty()) {
    q.resolution = Resolution::None;
    q.abstention = Abstention::NoCandidate;
  } else if (candidates[0].score < threshold_) {
    const bool close = candidates.size() > 1 && candidates[1].score > kTooClose * candidates[0].score;
    q.abstention = close ? Abstention::TooClose : Abstention::BelowThreshold;
  } else {
    q.speaker = candidates[0].entity;
    q.speaker_score = candidates[0].score;
    q.abstention = Abstention::None;
    if (!q.nested_in && head_ != kNone) spoken_.push_back({head_, *q.speaker, false});
  }
}

void ResolverPass::decide(uint32_t quote, Resolution how, Ground ground, std::span<Candidate> candidates) {
  grounds_[quote] = ground;
  const float first = model_.probability(ground);
  float rest = 0;
  for (size_t i = 1; i < candidates.size(); ++i) rest += candidates[i].score;
  for (size_t i = 1; i < candidates.size(); ++i)
    candidates[i].score = std::min(first, (1 - first) * candidates[i].score / std::max(rest, candidates[0].score));
  candidates[0].score = first;
  decide(quote, how, std::span<const Candidate>(candidates));
}

void ResolverPass::decide(uint32_t quote, Resolution how, Ground ground, uint32_t entity, float factor) {
  grounds_[quote] = ground;
  const Candidate only{entity, model_.probability(ground) * factor};
  decide(quote, how, std::span(&only, 1));
}

void ResolverPass::source(uint32_t quote) {
  const SourceReading r = read_source(layers_, workspace_, notes_, sources_[quote]);
  head_ = r.head;
  if (const uint32_t person = namesake(layers_, workspace_, notes_, r); person != kNone)
    return decide(quote, Resolution::Named, Ground::NamedPerson, person);
  switch (r.kind) {
    case SourceKind::Writing:
      if (const uint32_t whose = whose_paper(layers_, workspace_, spoken_, r); whose != kNone)
        return decide(quote, Resolution::Role, Ground::RoleNear, whose);
      if (is_own_paper(workspace_, notes_, r)) {
        SourceReading owner = r;
        owner.head = head_ = r.phrase.begin;
        return he_or_she(quote, owner);
      }
      if (!layers_.quotes[quote].nested_in) written_ = r.head;
      return decide(quote, Resolution::None, std::span<const Candidate>());
    case SourceKind::None:
      if (const IndexRange you = sources_[quote];
          layers_.quotes[quote].nested_in && you.size() == 1 && layers_.tokens[you.begin].tag == Tag::PRP)
        if (const uint32_t heard = addressed(quote, you.begin); heard != kNone)
          return decide(quote, Resolution::Pronoun, Ground::FirstPerson, heard);
      return decide(quote, Resolution::None, std::span<const Candidate>());
    case SourceKind::Name: {
      if (const IndexRange name = notes_.mention_tokens[r.mention];
          name.size() == 1 && notes_.at(workspace_, name.begin).noun == NounKind::Kin)
        if (const uint32_t kin = kindred(quote, speaker_around(quote), name, name.begin); kin != kNone)
          return decide(quote, Resolution::Role, Ground::Spouse, kin);  // "Nan says no"
      const uint32_t e = layers_.mentions[r.mention].entity;
      const bool person = layers_.entities[e].type == EntityType::Person;
      if (person && r.head < notes_.mention_tokens[r.mention].begin)  // "jurist and professor Ann Lee … The jurist"
        notes_.listed_roles.emplace_back(e, notes_.at(workspace_, r.head).key);
      return decide(quote, Resolution::Named, person ? Ground::NamedPerson : Ground::NamedBody, e);
    }
    case SourceKind::Pronoun:
      return pronoun(quote, r);
    case SourceKind::Group:
      if (r.definite && r.phrase.size() == 2 && notes_.at(workspace_, r.head).noun == NounKind::Group) {
        RoleAnswer known = roles_.body(r);  // "the police": Gorse Hill Police
        if (!known.empty() && known.ground == Ground::BodyNamed)
          return decide(quote, Resolution::Role, known.ground, known.list());
      }
      return decide(quote, Resolution::Group, Ground::NewGroup, unnamed_.entity_of(r, EntityType::Person, true));
    case SourceKind::Role:
      return role(quote, r);
    case SourceKind::Body:
      return body(quote, r);
  }
}

bool ResolverPass::speaks_inside(uint32_t quote) const {
  const IndexRange source = sources_[quote];
  if (source.size() != 1 || workspace_.quotation[source.begin] != Quotation::Inside) return false;
  const PronounPerson person = notes_.at(workspace_, source.begin).person;
  return person == PronounPerson::I || person == PronounPerson::We;
}

uint32_t ResolverPass::last_word_of(const SourceReading& r) const {
  const WordFacts& head = notes_.at(workspace_, r.head);
  if (!r.definite || !head.first_upper || head.all_upper || r.head != r.phrase.begin + 1 ||
      head.title != TitleKind::None)
    return kNone;
  size_t m = mention_at_or_before(notes_, r.phrase.begin);
  for (uint32_t steps = 0; m < layers_.mentions.size() && steps < kNamesakes; ++steps, --m) {
    const IndexRange name = notes_.mention_tokens[m];
    const Mention& mention = layers_.mentions[m];
    if (name.size() > 1 && mention.type == EntityType::Organization && mention.entity != Mention::kNoEntity &&
        workspace_.word[name.end - 1] == workspace_.word[r.head])
      return mention.entity;
    if (m == 0) break;
  }
  return kNone;
}

SourceReading ResolverPass::hearer(uint32_t quote, uint32_t token, bool mine) const {
  constexpr uint32_t kFar = 3;  // quotes
  for (uint32_t p = quote; p > 0 && quote - p < kFar; --p) {
    const Quote& before = layers_.quotes[p - 1];
    if (before.addressee.empty() || sources_[p - 1].empty()) continue;
    const PronounPerson says = notes_.at(workspace_, sources_[p - 1].begin).person;
    if (mine != (says == PronounPerson::I || says == PronounPerson::We)) continue;
    const Span span = layers_.spans[before.addressee.begin];
    const auto& tokens = layers_.tokens;
    const auto first =
        std::partition_point(tokens.begin(), tokens.end(), [&](const Token& t) { return t.span.begin < span.begin; });
    const auto begin = static_cast<uint32_t>(first - tokens.begin());
    if (begin >= token || workspace_.sentence[token] - workspace_.sentence[begin] > 1) return {};
    uint32_t end = begin;
    while (end < token && tokens[end].span.end <= span.end) ++end;
    return read_source(layers_, workspace_, notes_, {begin, end});
  }
  return {};
}

uint32_t ResolverPass::titled_later(const SourceReading& r) const {
  constexpr size_t kMost = 64;  // roles
  if (r.phrase.size() < 2 || r.head + 1 != r.phrase.end) return kNone;
  const uint32_t here = layers_.tokens[r.head].span.begin;
  const std::string_view words =
      layers_.of(Span{layers_.tokens[r.phrase.begin + 1].span.begin, layers_.tokens[r.head].span.end});
  uint32_t found = kNone;
  for (size_t i = 0; i < std::min(layers_.roles.size(), kMost); ++i) {
    const Role& role = layers_.roles[i];
    if (role.span.begin < here || role.span.size() != words.size() || role.entity == found) continue;
    const std::string_view title = layers_.of(role.span);
    const bool same = std::equal(title.begin(), title.end(), words.begin(),
                                 [](char a, char b) { return a == b || (a | 0x20) == (b | 0x20); });
    if (!same || title.front() < 'A' || title.front() > 'Z') continue;
    if (found != kNone) return kNone;
    found = role.entity;
  }
  return found;
}

uint32_t ResolverPass::client(uint32_t quote) const {
  uint32_t lawyer = speaker_around(quote);
  for (size_t s = spoken_.size(); s > 0 && lawyer == kNone; --s)
    if (layers_.entities[spoken_[s - 1].entity].type == EntityType::Person) lawyer = spoken_[s - 1].entity;
  if (lawyer == kNone) return kNone;
  const IndexRange roles = layers_.entities[lawyer].roles;
  for (uint32_t i = roles.begin; i < roles.end; ++i) {
    const Span role = layers_.roles[i].span;
    const auto behind = std::partition_point(layers_.mentions.begin(), layers_.mentions.end(),
                                             [&](const Mention& m) { return m.span.begin < role.end; });
    if (behind == layers_.mentions.begin()) continue;
    const Mention& m = *(behind - 1);
    if (role.contains(m.span) && m.type == EntityType::Person && m.entity != Mention::kNoEntity) return m.entity;
  }
  return kNone;
}

void ResolverPass::role(uint32_t quote, const SourceReading& r) {
  if (const uint32_t body = last_word_of(r); body != kNone)
    return decide(quote, Resolution::Named, Ground::BodyNamed, body);
  RoleAnswer known;
  if (r.definite)
    if (const uint32_t same = unnamed_.called_last(r); same != UnnamedEntities::kNone) {
      unnamed_.call_again(r, same);
      return decide(quote, Resolution::Role, Ground::NewPerson, same);
    }
  if (const uint32_t around = speaker_around(quote);
      notes_.at(workspace_, r.head).noun == NounKind::Kin &&
      (around != kNone || workspace_.quotation[r.head] == Quotation::Inside))
    if (const uint32_t kin = kindred(quote, around, r.phrase, r.head); kin != kNone) {
      if (workspace_.quotation[r.head] != Quotation::Inside)  // "his wife said"
        extra_roles_.push_back({{layers_.tokens[r.phrase.begin].span.begin, layers_.tokens[r.head].span.end}, kin});
      return decide(quote, Resolution::Role, Ground::Spouse, kin);
    }
  // "He told a supervisor … The supervisor replied"
  const SourceReading heard = r.definite && quote > 0 ? hearer(quote, r.phrase.begin, false) : SourceReading();
  if (heard.kind == SourceKind::Role && !heard.definite && !heard.possessive &&
      notes_.at(workspace_, heard.head).key == notes_.at(workspace_, r.head).key)
    return decide(quote, Resolution::Role, Ground::NewPerson, unnamed_.entity_of(heard, EntityType::Person, false));
  if (r.possessive && workspace_.types.lower(workspace_.word[r.head]) == "client")
    if (const uint32_t whom = client(quote); whom != kNone)
      return decide(quote, Resolution::Role, Ground::Spouse, whom);
  known = notes_.at(workspace_, r.phrase.begin).is(WordList::Indefinite)
              ? roles_.ahead(r)
              : roles_.person(r, speaker_around(quote), !layers_.quotes[quote].nested_in);
  // "The officer who took the call": not just who was named last.
  if (!known.empty() && known.ground != Ground::RoleHeld && r.phrase.end < layers_.tokens.size() &&
      notes_.at(workspace_, r.phrase.end).person == PronounPerson::Who)
    known.count = 0;
  // "The operator" is rather a firm than who was named last.
  if (!known.empty() && known.ground == Ground::RoleNear && r.head == r.phrase.begin + 1 &&
      notes_.at(workspace_, r.head).is(WordList::Firm))
    known = roles_.body(r, speaker_around(quote));
  // "The supplier" may be a firm, "her employer", "the buyer" a body of which it is said.
  if (known.empty() && (r.definite || r.possessive)) {
    known = roles_.body(r);
    const bool firm = r.definite && !r.possessive && notes_.at(workspace_, r.head).is(WordList::Firm);
    if (!firm && (known.ground != Ground::BodyNamed || !roles_.may_be_body(r))) known.count = 0;
  }
  if (known.empty()) {
    if (const uint32_t named = named_behind(layers_, notes_, r.head); named != kNone)
      return decide(quote, Resolution::Named, Ground::NamedPerson, named);
    // "She asked Advocate General Al Moss who … The law officer replied"
    if (heard.kind == SourceKind::Name && r.phrase.end < layers_.tokens.size() &&
        workspace_.types.lower(workspace_.word[r.phrase.end]).starts_with("repl")) {
      const uint32_t e = layers_.mentions[heard.mention].entity;
      if (layers_.entities[e].type == EntityType::Person) return decide(quote, Resolution::Role, Ground::RoleNear, e);
    }
    if (const uint32_t later = r.definite ? titled_later(r) : kNone; later != kNone)
      return decide(quote, Resolution::Role, Ground::RoleAhead, later);
    return decide(quote, Resolution::Role, Ground::NewPerson, unnamed_.entity_of(r, EntityType::Person, false));
  }
  const bool person = layers_.entities[known.candidates[0].entity].type == EntityType::Person;
  if (r.definite && person && model_.probability(known.ground) >= threshold_) {
    uint32_t begin = std::min(r.phrase.begin + 1, r.phrase.end - 1);
    if (begin < r.head && workspace_.types.lower(workspace_.word[begin]) == "same") ++begin;
    extra_roles_.push_back(
        {{layers_.tokens[begin].span.begin, layers_.tokens[r.phrase.end - 1].span.end}, known.candidates[0].entity});
  }
  const bool once = r.head > r.phrase.begin && workspace_.types.lower(workspace_.word[r.head - 1]) == "former";
  const bool age = workspace_.types.lower(workspace_.word[r.phrase.end - 1]).ends_with("old");  // "the 17-year-old"
  if (!once && !age) notes_.listed_roles.emplace_back(known.candidates[0].entity, notes_.at(workspace_, r.head).key);
  decide(quote, Resolution::Role, known.ground, known.list());
}

void ResolverPass::body(uint32_t quote, const SourceReading& r) {
  RoleAnswer known = roles_.body(r, speaker_around(quote));
  // "The Norlux team" is of no other body.
  if (!known.empty() && known.ground != Ground::BodyNamed && r.head > r.phrase.begin) {
    const size_t m = mention_at_or_before(notes_, r.head - 1);
    if (m < layers_.mentions.size() && notes_.mention_tokens[m].begin >= r.phrase.begin &&
        notes_.mention_tokens[m].end == r.head && layers_.mentions[m].type == EntityType::Organization &&
        layers_.mentions[m].entity != known.candidates[0].entity)
      known.count = 0;
  }
  uint32_t words = r.phrase.size();
  for (uint32_t t = r.phrase.begin; t < r.head; ++t)
    words -= layers_.of(layers_.tokens[t]) == "-" ? 2 : 0;  // "Graz-based"
  const bool bare = !r.definite || r.possessive || words > 4;
  if (known.empty() || (bare && known.ground != Ground::BodyNamed))
    return decide(quote, Resolution::Named, Ground::NewBody, unnamed_.entity_of(r, EntityType::Organization, false));
  if (notes_.at(workspace_, r.head).small == SmallWord::JoinedBody)
    notes_.listed_roles.emplace_back(known.candidates[0].entity, notes_.at(workspace_, r.head).key);
  decide(quote, Resolution::Role, known.ground, known.list());
}

void ResolverPass::continued(uint32_t quote) {
  const Quote& q = layers_.quotes[quote];
  if (q.type != QuoteType::Direct || !q.cue.empty() || quote == 0) return;
  head_ = kNone;
  const uint32_t here = paragraph_of(layers_.spans[q.content.begin].begin);
  for (uint32_t p = quote; p-- > 0 && quote - p <= 4;) {
    const Quote& before = layers_.quotes[p];
    if (before.nested_in || !before.speech) continue;
    const uint32_t there = paragraph_of(layers_.spans[before.content.end - 1].begin);
    if (here - there > 1 || !before.speaker) return;
    if (here - there == 1)
      if (const uint32_t other = answers(quote, p, here); other != kNone)
        return decide(quote, Resolution::Continued, Ground::NextParagraph, other);
    const Ground ground = here == there ? Ground::SameParagraph : Ground::NextParagraph;
    return decide(quote, Resolution::Continued, ground, *before.speaker, before.speaker_score);
  }
}

uint32_t ResolverPass::answers(uint32_t quote, uint32_t before, uint32_t here) const {
  const auto opener = [&](uint32_t paragraph) {  // the quote that the paragraph begins with
    for (uint32_t p = before + 1; p > 0 && before - (p - 1) < 4; --p) {
      const Quote& q = layers_.quotes[p - 1];
      if (q.content.empty()) continue;
      const uint32_t begin = layers_.spans[q.content.begin].begin;
      const uint32_t first = layers_.paragraphs[paragraph].span.begin;
      if (!q.nested_in && q.type == QuoteType::Direct && begin >= first && begin - first <= kMark && q.speaker)
        return q.speaker.value();
    }
    return kNone;
  };
  const Span own = layers_.paragraphs[here].span;
  const IndexRange content = layers_.quotes[quote].content;
  const uint32_t begin = layers_.spans[content.begin].begin, end = layers_.spans[content.end - 1].end;
  if (here < 2 || begin - own.begin > kMark || own.end - end > kMark || end - begin > kRetort) return kNone;
  const uint32_t stop = layers_.spans[layers_.quotes[before].content.end - 1].end;
  const char mark = layers_.text[stop - 1];  // the last byte of the mark that ends it, if one does
  if (stop >= layers_.paragraphs[here - 1].span.end && mark != '"' && mark != '\'' && mark != '\x9d' && mark != '\x99')
    return kNone;  // it goes on here
  const uint32_t last = opener(here - 1), first = opener(here - 2);
  return last == kNone || first == last ? kNone : first;
}

uint32_t ResolverPass::paragraph_of(uint32_t byte) const {
  const auto p = std::partition_point(layers_.paragraphs.begin(), layers_.paragraphs.end(),
                                      [&](const Paragraph& x) { return x.span.end <= byte; });
  return static_cast<uint32_t>(p - layers_.paragraphs.begin());
}

struct Resolver::State {
  State(const Model& m, const Options& options)
      : model(m), lists(m), threshold(options.min_speaker_score.value_or(model.threshold())) {}

  SpeakerModel model;
  RoleLists lists;
  float threshold;
};

Resolver::Resolver(const Model& model, const Options& options)
    : state_(std::make_unique<const State>(model, options)) {}
Resolver::~Resolver() = default;
Resolver::Resolver(Resolver&&) noexcept = default;

void Resolver::resolve(Layers& layers, Workspace& workspace) const {
  if (layers.quotes.empty() || LinkNotes::of(workspace).words == nullptr) return;
  ResolverPass(layers, workspace, state_->model, state_->lists, state_->threshold).run();
}

}  // namespace newsnlp
