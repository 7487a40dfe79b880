#include "resolver.h"

#include <algorithm>
#include <unordered_map>

#include "hash.h"
#include "link_notes.h"
#include "resolver_pronouns.h"
#include "resolver_roles.h"
#include "resolver_source.h"
#include "speaker_model.h"

namespace newsnlp {
namespace {

// How sure each way of resolving is, where no model decides. Set by hand; no data stands behind them yet.
constexpr float kNamed = 0.97F;
constexpr float kNewEntity = 0.9F;
constexpr float kSameParagraph = 0.85F;
constexpr float kNextParagraph = 0.7F;
constexpr float kPlural = 0.5F;
constexpr float kTooClose = 0.8F;  // the second candidate's share of the first

class Pass {
 public:
  Pass(Layers& layers, Workspace& workspace, const SpeakerModel& model, float threshold)
      : layers_(layers),
        workspace_(workspace),
        notes_(LinkNotes::of(workspace)),
        threshold_(threshold),
        pronouns_(PronounReader(model).read(layers, workspace, notes_)) {}

  void run() {
    const auto count = static_cast<uint32_t>(layers_.quotes.size());
    layers_.candidates.clear();
    layers_.quote_candidates.assign(count, {});
    // By source, since what a source adds is known to those behind it; quotes without a source come last.
    std::vector<uint32_t> order(count);
    for (uint32_t i = 0; i < count; ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return place(a) < place(b); });
    for (uint32_t i : order) source(i);
    for (uint32_t i = 0; i < count; ++i) {
      if (layers_.quotes[i].source.empty()) continued(i);
    }
    regroup_roles();
    for (uint32_t i = 0; i < count; ++i) nearest_role(layers_.quotes[i]);
  }

 private:
  uint32_t place(uint32_t quote) const {
    const Quote& q = layers_.quotes[quote];
    return q.source.empty() ? 0xFFFFFFFF : layers_.spans[q.source.begin].begin;
  }

  void decide(uint32_t quote, Resolution how, const std::vector<Candidate>& candidates) {
    Quote& q = layers_.quotes[quote];
    const auto begin = static_cast<uint32_t>(layers_.candidates.size());
    layers_.candidates.insert(layers_.candidates.end(), candidates.begin(), candidates.end());
    layers_.quote_candidates[quote] = {begin, static_cast<uint32_t>(layers_.candidates.size())};
    q.speaker.reset();
    q.role.reset();
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
      resolved_.push_back(*q.speaker);
    }
  }

  void source(uint32_t quote) {
    const Quote& q = layers_.quotes[quote];
    const SourceReading r = read_source(layers_, workspace_, notes_, q);
    switch (r.kind) {
      case SourceKind::None:
      case SourceKind::Writing:
        return decide(quote, Resolution::None, {});
      case SourceKind::Name:
        return decide(quote, Resolution::Named, {{layers_.mentions[r.mention].entity, kNamed}});
      case SourceKind::Pronoun:
        return pronoun(quote, r);
      case SourceKind::Group:
        return decide(quote, Resolution::Group, {{entity_of(r, EntityType::Person, true), kNewEntity}});
      case SourceKind::Role:
        return role(quote, r);
      case SourceKind::Body:
        return body(quote, r);
    }
  }

  void pronoun(uint32_t quote, const SourceReading& r) {
    const PronounPerson person = notes_.at(workspace_, r.head).person;
    const Quote& q = layers_.quotes[quote];
    switch (person) {
      case PronounPerson::He:
      case PronounPerson::She: {
        const auto at = std::partition_point(pronouns_.begin(), pronouns_.end(),
                                             [&](const PronounAnswer& a) { return a.token < r.head; });
        if (at == pronouns_.end() || at->token != r.head) return decide(quote, Resolution::Pronoun, {});
        return decide(quote, Resolution::Pronoun, at->candidates);
      }
      case PronounPerson::I:
      case PronounPerson::We: {
        if (!q.nested_in || !layers_.quotes[*q.nested_in].speaker) return decide(quote, Resolution::Pronoun, {});
        const Quote& parent = layers_.quotes[*q.nested_in];
        return decide(quote, Resolution::Pronoun, {{*parent.speaker, parent.speaker_score * kNamed}});
      }
      case PronounPerson::Who: {
        const size_t m = r.head == 0 ? layers_.mentions.size() : mention_at_or_before(notes_, r.head - 1);
        if (m >= layers_.mentions.size() || layers_.mentions[m].entity == Mention::kNoEntity ||
            notes_.mention_tokens[m].end + 2 < r.head)
          return decide(quote, Resolution::Pronoun, {});
        return decide(quote, Resolution::Pronoun, {{layers_.mentions[m].entity, kSameParagraph}});
      }
      case PronounPerson::They:
        return last_speaker(quote, r, [](const Entity& e) { return e.group || e.type == EntityType::Organization; });
      default:
        return last_speaker(quote, r, [](const Entity& e) {
          return e.type == EntityType::Organization || e.type == EntityType::Location;
        });
    }
  }

  // The speaker of the nearest quote before, of this kind; else the nearest body named.
  template <class Fits>
  void last_speaker(uint32_t quote, const SourceReading& r, Fits fits) {
    for (auto i = resolved_.rbegin(); i != resolved_.rend() && i < resolved_.rbegin() + 8; ++i)
      if (fits(layers_.entities[*i])) return decide(quote, Resolution::Pronoun, {{*i, kPlural}});
    size_t m = mention_at_or_before(notes_, r.head);
    for (size_t steps = 0; m < layers_.mentions.size() && steps < 8; ++steps, --m) {
      const uint32_t e = layers_.mentions[m].entity;
      if (e != Mention::kNoEntity && fits(layers_.entities[e]))
        return decide(quote, Resolution::Pronoun, {{e, kPlural}});
      if (m == 0) break;
    }
    decide(quote, Resolution::Pronoun, {});
  }

  void role(uint32_t quote, const SourceReading& r) {
    std::vector<Candidate> candidates;
    if (r.definite || r.possessive || workspace_.types.lower(workspace_.word[r.phrase.begin]) != "a")
      candidates = RoleReader(layers_, workspace_, notes_).read(r);
    const bool known = !candidates.empty() && candidates[0].score >= (r.definite ? 0.4F : 0.7F);
    if (!known) return decide(quote, Resolution::Role, {{entity_of(r, EntityType::Person, false), kSameParagraph}});
    if (r.definite && candidates[0].score >= threshold_)
      extra_roles_.push_back(
          {{layers_.tokens[r.phrase.begin + 1 < r.phrase.end ? r.phrase.begin + 1 : r.phrase.begin].span.begin,
            layers_.tokens[r.phrase.end - 1].span.end},
           candidates[0].entity});
    decide(quote, Resolution::Role, candidates);
  }

  void body(uint32_t quote, const SourceReading& r) {
    if (r.definite && r.phrase.size() <= 3) {
      const auto candidates = RoleReader(layers_, workspace_, notes_).bodies(r);
      if (!candidates.empty() && candidates[0].score >= 0.5F) return decide(quote, Resolution::Role, candidates);
    }
    decide(quote, Resolution::Named, {{entity_of(r, EntityType::Organization, false), kSameParagraph}});
  }

  // Somebody without a name: whom the same words named before, or a new entity.
  uint32_t entity_of(const SourceReading& r, EntityType type, bool group) {
    uint32_t begin = r.phrase.begin;
    const std::string_view first = workspace_.types.lower(workspace_.word[begin]);
    uint64_t key = static_cast<uint64_t>(type);
    for (uint32_t t = begin; t < r.phrase.end; ++t) {
      const uint64_t word = workspace_.types[workspace_.word[t]].lower;
      if (t > begin || (first != "the" && first != "a" && first != "an")) key = mix(key, word);
    }
    if (const auto at = unnamed_.find(key); at != unnamed_.end()) return at->second;
    // "the official" is the official of before, whatever was said of him then.
    const uint64_t head = mix(notes_.at(workspace_, r.head).key, group ? 1 : 0);
    if (r.definite)
      if (const auto at = heads_.find(head); at != heads_.end()) return at->second;
    Entity e;
    e.type = type;
    e.name = {layers_.tokens[begin].span.begin, layers_.tokens[r.phrase.end - 1].span.end};
    e.named = false;
    e.group = group;
    e.gender = group ? Gender::Unknown : notes_.at(workspace_, r.head).gender;
    const auto index = static_cast<uint32_t>(layers_.entities.size());
    layers_.entities.push_back(e);
    notes_.gender.push_back(0);
    unnamed_.emplace(key, index);
    heads_[head] = index;
    return index;
  }

  // A quotation without a source goes on with the speaker of the one before it, in its paragraph or the one above.
  void continued(uint32_t quote) {
    const Quote& q = layers_.quotes[quote];
    if (q.type != QuoteType::Direct || !q.cue.empty() || quote == 0) return;
    const uint32_t here = paragraph_of(q);
    for (uint32_t p = quote; p-- > 0 && quote - p <= 4;) {
      const Quote& before = layers_.quotes[p];
      if (before.nested_in || !before.speech) continue;
      const uint32_t there = paragraph_of(before);
      if (here - there > 1) return;
      if (!before.speaker) return;
      const float score = (here == there ? kSameParagraph : kNextParagraph) * before.speaker_score;
      return decide(quote, Resolution::Continued, {{*before.speaker, score}});
    }
  }

  uint32_t paragraph_of(const Quote& q) const {
    const uint32_t byte = layers_.spans[q.content.begin].begin;
    const auto p = std::partition_point(layers_.paragraphs.begin(), layers_.paragraphs.end(),
                                        [&](const Paragraph& x) { return x.span.end <= byte; });
    return static_cast<uint32_t>(p - layers_.paragraphs.begin());
  }

  // Takes in the roles that definite descriptions gave, by entity and in text order.
  void regroup_roles() {
    if (extra_roles_.empty()) return;
    std::vector<Role> roles = layers_.roles;
    roles.insert(roles.end(), extra_roles_.begin(), extra_roles_.end());
    std::stable_sort(roles.begin(), roles.end(), [](const Role& a, const Role& b) {
      return a.entity != b.entity ? a.entity < b.entity : a.span.begin < b.span.begin;
    });
    layers_.roles.clear();
    for (Entity& e : layers_.entities) e.roles = {};
    for (const Role& r : roles) {
      Entity& e = layers_.entities[r.entity];
      const auto at = static_cast<uint32_t>(layers_.roles.size());
      if (e.roles.empty()) e.roles = {at, at};
      if (e.roles.end > e.roles.begin && layers_.roles.back().span.overlaps(r.span)) continue;
      layers_.roles.push_back(r);
      e.roles.end = at + 1;
    }
  }

  // The speaker's role nearest to the quote; of two as near, the later.
  void nearest_role(Quote& q) const {
    q.role.reset();
    if (!q.speaker) return;
    const IndexRange roles = layers_.entities[*q.speaker].roles;
    const uint32_t here = layers_.spans[q.content.begin].begin;
    for (uint32_t r = roles.begin; r < roles.end; ++r) {
      const auto distance = [&](uint32_t role) {
        const uint32_t at = layers_.roles[role].span.begin;
        return at > here ? at - here : here - at;
      };
      if (!q.role || distance(r) <= distance(*q.role)) q.role = r;
    }
  }

  Layers& layers_;
  Workspace& workspace_;
  LinkNotes& notes_;
  float threshold_;
  std::vector<PronounAnswer> pronouns_;
  std::vector<uint32_t> resolved_;  // speakers so far, in the order of their sources
  std::vector<Role> extra_roles_;
  std::unordered_map<uint64_t, uint32_t> unnamed_;  // words of the phrase -> entity
  std::unordered_map<uint64_t, uint32_t> heads_;    // head noun and number -> the latest entity
};

}  // namespace

struct Resolver::State {
  State(const Model& m, const Options& options)
      : model(m), threshold(options.min_speaker_score.value_or(model.threshold())) {}

  SpeakerModel model;
  float threshold;
};

Resolver::Resolver(const Model& model, const Options& options)
    : state_(std::make_unique<const State>(model, options)) {}
Resolver::~Resolver() = default;
Resolver::Resolver(Resolver&&) noexcept = default;

void Resolver::resolve(Layers& layers, Workspace& workspace) const {
  if (layers.quotes.empty() || LinkNotes::of(workspace).words == nullptr) return;
  Pass(layers, workspace, state_->model, state_->threshold).run();
}

}  // namespace newsnlp
