#include "resolver.h"

#include <algorithm>
#include <array>
#include <optional>

#include "antecedents.h"
#include "interview.h"
#include "link_notes.h"
#include "namesake.h"
#include "relative_pronoun.h"
#include "resolver_notes.h"
#include "resolver_pronouns.h"
#include "resolver_roles.h"
#include "resolver_source.h"
#include "resolver_unnamed.h"
#include "role_clues.h"
#include "role_words.h"
#include "shown_roles.h"
#include "speaker_model.h"
#include "spoken.h"
#include "token_search.h"
#include "written.h"

namespace newsnlp {
namespace {

constexpr float kTooClose = 0.8F;    // the second candidate's share of the first
constexpr float kInstead = 0.6F;     // how sure the others are of "he" together, where it cannot be the first
constexpr uint32_t kLookedBack = 8;  // speakers and mentions before "it" and "they"
constexpr uint32_t kMark = 3;        // bytes
constexpr uint32_t kRetort = 80;     // bytes of a quotation that may answer another
constexpr uint32_t kBeside = 16;     // quotes on either side of a turn
constexpr size_t kManyQuotes = 64;
constexpr uint32_t kNone = 0xFFFFFFFF;

class Pass {
 public:
  Pass(Layers& layers, Workspace& workspace, const SpeakerModel& model, const RoleLists& lists, float threshold)
      : layers_(layers),
        workspace_(workspace),
        notes_(LinkNotes::of(workspace)),
        model_(model),
        threshold_(threshold),
        roles_(layers, workspace, notes_, lists, ResolverNotes::of(workspace).pronouns.marks,
               ResolverNotes::of(workspace).roles),
        unnamed_(layers, workspace, notes_, ResolverNotes::of(workspace).unnamed),
        grounds_(ResolverNotes::of(workspace).grounds),
        pronouns_(PronounReader(model, ResolverNotes::of(workspace).pronouns).read(layers, workspace, notes_)),
        sources_(ResolverNotes::of(workspace).pronouns.sources),
        spoken_(ResolverNotes::of(workspace).spoken),
        extra_roles_(ResolverNotes::of(workspace).extra_roles) {
    spoken_.clear();
    extra_roles_.clear();
  }

  void run() {
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

 private:
  // Nearly sorted as it comes, and mostly short.
  static void sort(std::vector<std::pair<uint64_t, uint32_t>>& order) {
    if (order.size() > kManyQuotes) return sort_many(order);
    for (size_t i = 1; i < order.size(); ++i)
      for (size_t k = i; k > 0 && order[k].first < order[k - 1].first; --k) std::swap(order[k], order[k - 1]);
  }
  [[gnu::cold, gnu::noinline]] static void sort_many(std::vector<std::pair<uint64_t, uint32_t>>& order) {
    std::sort(order.begin(), order.end());
  }

  void decide(uint32_t quote, Resolution how, std::span<const Candidate> candidates) {
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

  // The first candidate has the ground's probability, the others share the rest by their weights.
  void decide(uint32_t quote, Resolution how, Ground ground, std::span<Candidate> candidates) {
    grounds_[quote] = ground;
    const float first = model_.probability(ground);
    float rest = 0;
    for (size_t i = 1; i < candidates.size(); ++i) rest += candidates[i].score;
    for (size_t i = 1; i < candidates.size(); ++i)
      candidates[i].score = std::min(first, (1 - first) * candidates[i].score / std::max(rest, candidates[0].score));
    candidates[0].score = first;
    decide(quote, how, std::span<const Candidate>(candidates));
  }
  void decide(uint32_t quote, Resolution how, Ground ground, uint32_t entity, float factor = 1) {
    grounds_[quote] = ground;
    const Candidate only{entity, model_.probability(ground) * factor};
    decide(quote, how, std::span(&only, 1));
  }

  void source(uint32_t quote) {
    const SourceReading r = read_source(layers_, workspace_, notes_, sources_[quote]);
    head_ = r.head;
    if (const uint32_t person = namesake(layers_, workspace_, notes_, r); person != kNone)
      return decide(quote, Resolution::Named, Ground::NamedPerson, person);
    switch (r.kind) {
      case SourceKind::Writing:
        if (const uint32_t whose = whose_paper(layers_, workspace_, spoken_, r); whose != kNone)
          return decide(quote, Resolution::Role, Ground::RoleNear, whose);
        if (!layers_.quotes[quote].nested_in) written_ = r.head;
        return decide(quote, Resolution::None, std::span<const Candidate>());
      case SourceKind::None:
        return decide(quote, Resolution::None, std::span<const Candidate>());
      case SourceKind::Name: {
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

  // The speaker of the quote around this one; kNone where there is none.
  uint32_t speaker_around(uint32_t quote) const {
    const Quote& q = layers_.quotes[quote];
    return q.nested_in ? layers_.quotes[*q.nested_in].speaker.value_or(kNone) : kNone;
  }
  // "I" in a quotation that no quote is known to hold.
  bool speaks_inside(uint32_t quote) const {
    const IndexRange source = sources_[quote];
    if (source.size() != 1 || workspace_.quotation[source.begin] != Quotation::Inside) return false;
    const PronounPerson person = notes_.at(workspace_, source.begin).person;
    return person == PronounPerson::I || person == PronounPerson::We;
  }
  void pronoun(uint32_t quote, const SourceReading& r) {
    switch (notes_.at(workspace_, r.head).person) {
      case PronounPerson::He:
      case PronounPerson::She:
        return he_or_she(quote, r);
      case PronounPerson::I:
      case PronounPerson::We: {
        const uint32_t around = layers_.quotes[quote].nested_in.value_or(
            speaks_inside(quote) ? quote_beside(layers_, workspace_, sources_, quote) : kNone);
        if (around == kNone && is_author(r.head) && !writer_) writer_ = author(layers_, workspace_, notes_);
        if (around == kNone && is_author(r.head) && *writer_ != kNone)
          return decide(quote, Resolution::Pronoun, Ground::FirstPerson, *writer_);
        if (around == kNone || !layers_.quotes[around].speaker)
          return decide(quote, Resolution::Pronoun, std::span<const Candidate>());
        head_ = kNone;
        const Quote& q = layers_.quotes[around];
        return decide(quote, Resolution::Pronoun, Ground::FirstPerson, *q.speaker, q.speaker_score);
      }
      case PronounPerson::Who:
        return who(quote, r);
      case PronounPerson::They:
        return they_or_it(quote, r, true);
      default:
        if (is_which(r.head)) return who(quote, r);
        return they_or_it(quote, r, false);
    }
  }

  // "I argued then that …", outside of quotations.
  bool is_author(uint32_t token) const {
    return notes_.at(workspace_, token).person == PronounPerson::I && workspace_.quotation[token] == Quotation::Outside;
  }
  bool is_which(uint32_t token) const { return workspace_.types.lower(workspace_.word[token]) == "which"; }

  // "He" is whom the last source or the sentence before means by a role, and so may the next one be.
  void goes_on(uint32_t quote, uint32_t entity) {
    decide(quote, Resolution::Pronoun, Ground::PronounUnnamed, entity);
    if (!spoken_.empty() && spoken_.back().token == head_) spoken_.back().goes_on = true;
  }
  // The first token of what the quote around this one says, where it is a turn of a transcript, without marks; else
  // kNone.
  uint32_t turn_around(uint32_t quote, uint32_t head) const {
    const Quote& q = layers_.quotes[quote];
    if (!q.nested_in || workspace_.quotation[head] != Quotation::Outside) return kNone;
    const Quote& around = layers_.quotes[*q.nested_in];
    if (around.type != QuoteType::Direct || around.content.empty()) return kNone;
    return token_behind(layers_.tokens, 0, layers_.spans[around.content.begin].begin);
  }
  // In a transcript "she" is nobody who speaks next to this turn.
  void leave_out_turns(uint32_t quote, std::vector<Candidate>& candidates) const {
    const auto leave_out = [&](uint32_t p) {
      const Quote& q = layers_.quotes[p];
      if (q.nested_in) return false;
      const IndexRange source = sources_[p];
      const bool label =
          !source.empty() && source.end < layers_.tokens.size() && layers_.of(layers_.tokens[source.end]) == ":";
      if (label && q.speaker) std::erase_if(candidates, [&](const Candidate& c) { return c.entity == *q.speaker; });
      return true;
    };
    const uint32_t around = *layers_.quotes[quote].nested_in;
    const auto count = static_cast<uint32_t>(layers_.quotes.size());
    for (uint32_t p = around; p > 0 && around - p < kBeside && !leave_out(p - 1);) --p;
    for (uint32_t p = around + 1; p < std::min(count, around + kBeside) && !leave_out(p);) ++p;
  }
  // "A guard told the paper that he had asked twice": the guard, where nobody else was named since.
  bool reports_himself(uint32_t quote, uint32_t around, uint32_t head, bool male) const {
    const Entity& e = layers_.entities[around];
    const IndexRange source = sources_[*layers_.quotes[quote].nested_in];
    if (e.type != EntityType::Person || e.named || e.group || is_other(around, male)) return false;
    if (source.empty() || source.end > head) return false;
    const std::string_view name = layers_.of(e.name);  // "the billionaire" may be somebody with a name
    if (!name.starts_with("a ") && !name.starts_with("A ") && !name.starts_with("an ") && !name.starts_with("An "))
      return false;
    for (size_t m = mention_at_or_before(notes_, head);
         m < layers_.mentions.size() && notes_.mention_tokens[m].begin >= source.end; --m) {
      const uint32_t x = layers_.mentions[m].entity;
      if (x != Mention::kNoEntity && layers_.entities[x].type == EntityType::Person && !is_other(x, male)) return false;
      if (m == 0) break;
    }
    return true;
  }
  // Surely not of the pronoun's gender.
  bool is_other(uint32_t entity, bool male) const {
    const int16_t gender = notes_.gender[entity];
    if (layers_.entities[entity].gender == (male ? Gender::Female : Gender::Male)) return true;
    return male ? gender <= -kShownGender : gender >= kShownGender;
  }

  void he_or_she(uint32_t quote, const SourceReading& r) {
    // "As for the rector, he said": the rector.
    if (const IndexRange frame = topic_frame(layers_, workspace_, notes_, r.head); !frame.empty())
      if (const SourceReading about = read_source(layers_, workspace_, notes_, frame);
          about.kind == SourceKind::Role && about.definite &&
          notes_.at(workspace_, about.head).noun == NounKind::Person)
        return role(quote, about);
    std::vector<Candidate>& candidates = ResolverNotes::of(workspace_).candidates;
    candidates.clear();
    const auto at = std::partition_point(pronouns_.begin(), pronouns_.end(),
                                         [&](const PronounAnswer& a) { return a.token < r.head; });
    if (at != pronouns_.end() && at->token == r.head) candidates.assign(at->list().begin(), at->list().end());
    // Inside of what somebody says, "he" is somebody else.
    bool other = false;
    const uint32_t turn = turn_around(quote, r.head);
    const bool inside = turn != kNone || workspace_.quotation[r.head] == Quotation::Inside;
    const uint32_t around = speaker_around(quote);
    if (turn != kNone) leave_out_turns(quote, candidates);
    if (inside) {
      const auto self = std::find_if(candidates.begin(), candidates.end(), [&](auto& c) { return c.entity == around; });
      if (self != candidates.end()) {
        other = self == candidates.begin();
        candidates.erase(self);
        float sum = 0;
        for (const Candidate& c : candidates) sum += c.score;
        for (Candidate& c : candidates) c.score = sum > 0 ? kInstead * c.score / sum : kInstead;
      }
    }
    const bool male = notes_.at(workspace_, r.head).person == PronounPerson::He;
    uint32_t unnamed = UnnamedEntities::kNone, says = around;
    // "“I told the officer. He said he was sorry,” Lee said": whom the quotation speaks of.
    if (inside) {
      if (says == kNone)
        if (const uint32_t beside = quote_beside(layers_, workspace_, sources_, quote); beside != kNone)
          says = *layers_.quotes[beside].speaker;
      if (const auto a = find_inside(layers_, workspace_, notes_, r.head, male, says, turn)) {
        RoleAnswer known = a->reading.definite ? roles_.person(a->reading, says) : RoleAnswer();
        if (!known.empty() && known.ground == Ground::RoleHeld)
          return decide(quote, Resolution::Pronoun, known.ground, known.list());
        unnamed = unnamed_.entity_of(a->reading, EntityType::Person, false);
      }
    } else if (const uint32_t same = carried(layers_, workspace_, notes_, spoken_, before_content(quote, r.head), male);
               same != kNone) {
      return goes_on(quote, same);
    } else if (around != kNone) {
      if (reports_himself(quote, around, r.head, male))
        return decide(quote, Resolution::Pronoun, Ground::PronounUnnamed, around);
    } else if (const SourceReading before = subject_before(layers_, workspace_, notes_, before_content(quote, r.head));
               before.kind == SourceKind::Role && before.definite) {
      const RoleAnswer known = roles_.person(before);
      if (!known.empty() && known.ground == Ground::RoleHeld && !is_other(known.candidates[0].entity, male))
        return goes_on(quote, known.candidates[0].entity);
    }
    if (unnamed == UnnamedEntities::kNone && unnamed_.was_last())
      unnamed = unnamed_.goes_on(before_content(quote, r.head), male);
    if (inside && unnamed == around) unnamed = UnnamedEntities::kNone;
    // "I do not blame the driver. … he told me": somebody without a name, where no name fits.
    if (unnamed == UnnamedEntities::kNone && (other || candidates.empty() || candidates[0].score < threshold_))
      if (const auto a = find_antecedent(layers_, workspace_, notes_, r.head, male ? Pronoun::He : Pronoun::She))
        unnamed = unnamed_.entity_of(a->reading, EntityType::Person, false);
    if (unnamed != UnnamedEntities::kNone) {
      const float first = model_.probability(Ground::PronounUnnamed);
      for (Candidate& c : candidates) c.score = std::min(first, c.score * (1 - first));
      candidates.insert(candidates.begin(), {unnamed, first});
      grounds_[quote] = Ground::PronounUnnamed;
    }
    decide(quote, Resolution::Pronoun, std::span<const Candidate>(candidates));
  }

  // "Ann Lee, who said", "Ann Lee (Lab), who", "Ann Lee of the Fish Board, who", "a deckhand who said", "the board,
  // which".
  void who(uint32_t quote, const SourceReading& r) {
    if (r.head == 0) return decide(quote, Resolution::Pronoun, std::span<const Candidate>());
    const uint32_t t = before_relative(layers_, r.head);
    const bool which = is_which(r.head);
    if (const uint32_t named = named_before_relative(layers_, workspace_, notes_, t, which); named != kNone)
      return decide(quote, Resolution::Pronoun, Ground::Relative, named);
    const SourceReading before = read_phrase(layers_, workspace_, notes_, t);
    if (which) {
      if (before.kind != SourceKind::Body) return decide(quote, Resolution::Pronoun, std::span<const Candidate>());
      RoleAnswer known = before.definite ? roles_.body(before) : RoleAnswer();
      if (!known.empty()) return decide(quote, Resolution::Pronoun, known.ground, known.list());
      return decide(quote, Resolution::Pronoun, Ground::Relative,
                    unnamed_.entity_of(before, EntityType::Organization, false));
    }
    const bool group = before.kind == SourceKind::Group;
    const Tag tag = before.kind == SourceKind::Role ? layers_.tokens[before.head].tag : Tag::DT;
    const bool thing =
        tag != Tag::DT && before.definite &&  // "the home, who"
        names_thing(notes_.at(workspace_, before.head), workspace_.types.lower(workspace_.word[before.head]), tag);
    if (thing || (!group && before.kind != SourceKind::Role))
      return decide(quote, Resolution::Pronoun, std::span<const Candidate>());
    if (const uint32_t named = before.definite ? kNone : apposed(layers_, notes_, before.phrase.begin);
        named != kNone && !group)
      return decide(quote, Resolution::Pronoun, Ground::Relative, named);
    RoleAnswer known = before.definite ? roles_.person(before) : RoleAnswer();
    if (!known.empty()) return decide(quote, Resolution::Pronoun, known.ground, known.list());
    decide(quote, Resolution::Pronoun, Ground::Relative, unnamed_.entity_of(before, EntityType::Person, group));
  }
  void they_or_it(uint32_t quote, const SourceReading& r, bool they) {
    if (!they && is_impersonal(layers_, workspace_, r.head))
      return decide(quote, Resolution::Pronoun, std::span<const Candidate>());
    const Ground ground = they ? Ground::They : Ground::It;
    const auto fits = [&](uint32_t entity) {
      const Entity& e = layers_.entities[entity];
      return e.type == EntityType::Organization || (they ? e.group : e.type == EntityType::Location);
    };
    const auto behind =
        std::partition_point(spoken_.begin(), spoken_.end(), [&](const Spoken& s) { return s.token < r.head; });
    const Spoken* last = nullptr;
    for (auto s = behind; s != spoken_.begin() && behind - s < kLookedBack && last == nullptr; --s)
      if (fits((s - 1)->entity)) last = &*(s - 1);
    // "…, it said": what its own content names does not speak.
    const uint32_t from = they ? r.head : before_content(quote, r.head);
    auto near = find_antecedent(layers_, workspace_, notes_, r.head, they ? Pronoun::They : Pronoun::It, from);
    if (from != r.head && near && !near->subject) near.reset();
    const auto is_fresh = [&](uint32_t t) { return workspace_.paragraph[r.head] - workspace_.paragraph[t] <= 1; };
    const auto is_ahead_of = [&](uint32_t t) { return near->subject && near->reading.head > t; };
    // "The report said …, it added": the report.
    const bool written = from != r.head && written_ != kNone && written_ < from && is_fresh(written_) &&
                         (last == nullptr || last->token < written_);
    if (written && !(near && is_ahead_of(written_)))
      return decide(quote, Resolution::Pronoun, std::span<const Candidate>());
    // "The ministry said that Norland had … “…,” it added": who is named in what the ministry said does not go on.
    if (near && last != nullptr && is_fresh(last->token) &&
        is_said_by(layers_, last->entity, near->reading.head, quote))
      near.reset();
    // "The ministry said no. ¶ It was late for the Debt Office. It said …": the only one that this paragraph names.
    const bool anew = near && last != nullptr && (!they || near->subject) &&
                      workspace_.paragraph[last->token] != workspace_.paragraph[r.head] &&
                      workspace_.paragraph[near->reading.head] == workspace_.paragraph[r.head] &&
                      workspace_.sentence[r.head] - workspace_.sentence[near->reading.head] == 1;
    if (near && (last == nullptr || anew || !is_fresh(last->token) || is_ahead_of(last->token)))
      return decide(quote, Resolution::Pronoun, ground, entity_of(*near));
    if (last != nullptr) return decide(quote, Resolution::Pronoun, ground, last->entity);
    if (from == 0) return decide(quote, Resolution::Pronoun, std::span<const Candidate>());
    size_t m = mention_at_or_before(notes_, from - 1);
    for (uint32_t steps = 0; m < layers_.mentions.size() && steps < kLookedBack; ++steps, --m) {
      const uint32_t e = layers_.mentions[m].entity;
      const bool place = from != r.head && e != Mention::kNoEntity && layers_.entities[e].type == EntityType::Location;
      if (e != Mention::kNoEntity && fits(e) && !place) return decide(quote, Resolution::Pronoun, ground, e);
      if (m == 0) break;
    }
    decide(quote, Resolution::Pronoun, std::span<const Candidate>());
  }

  // The first token of the content, where it stands before the source's head; else the head.
  uint32_t before_content(uint32_t quote, uint32_t head) const {
    const Quote& q = layers_.quotes[quote];
    if (q.content.empty() || layers_.spans[q.content.begin].begin >= layers_.tokens[head].span.begin) return head;
    return token_behind(layers_.tokens, 0, layers_.spans[q.content.begin].begin);
  }

  uint32_t entity_of(const Antecedent& a) {
    if (a.entity) return *a.entity;
    const bool body = a.reading.kind == SourceKind::Body;
    if (body && a.reading.definite) {
      RoleAnswer known = roles_.body(a.reading);
      if (!known.empty()) return known.candidates[0].entity;
    }
    return unnamed_.entity_of(a.reading, body ? EntityType::Organization : EntityType::Person, !body);
  }

  void role(uint32_t quote, const SourceReading& r) {
    RoleAnswer known;
    if (r.definite)
      if (const uint32_t same = unnamed_.called_last(r); same != UnnamedEntities::kNone)
        return decide(quote, Resolution::Role, Ground::NewPerson, same);
    known = notes_.at(workspace_, r.phrase.begin).is(WordList::Indefinite)
                ? roles_.ahead(r)
                : roles_.person(r, speaker_around(quote), !layers_.quotes[quote].nested_in);
    // "The operator" is rather a firm than who was named last.
    if (!known.empty() && known.ground == Ground::RoleNear && r.head == r.phrase.begin + 1 &&
        notes_.at(workspace_, r.head).is(WordList::Firm))
      if (RoleAnswer firm = roles_.body(r, speaker_around(quote)); !firm.empty()) known = firm;
    // "The supplier" may be a firm, "her employer", "the buyer" a body of which it is said.
    if (known.empty() && (r.definite || r.possessive)) {
      known = roles_.body(r);
      const bool firm = r.definite && !r.possessive && notes_.at(workspace_, r.head).is(WordList::Firm);
      if (!firm && (known.ground != Ground::BodyNamed || !roles_.may_be_body(r))) known.count = 0;
    }
    if (known.empty()) {
      if (const uint32_t named = named_behind(layers_, notes_, r.head); named != kNone)
        return decide(quote, Resolution::Named, Ground::NamedPerson, named);
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

  void body(uint32_t quote, const SourceReading& r) {
    RoleAnswer known = roles_.body(r, speaker_around(quote));
    const bool bare = !r.definite || r.possessive || r.phrase.size() > 4;
    if (known.empty() || (bare && known.ground != Ground::BodyNamed))
      return decide(quote, Resolution::Named, Ground::NewBody, unnamed_.entity_of(r, EntityType::Organization, false));
    decide(quote, Resolution::Role, known.ground, known.list());
  }

  // A quotation without a source goes on with the speaker of the one before it, in its paragraph or the one above.
  void continued(uint32_t quote) {
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

  // "“Yes or no?” Lee said. ¶ “No,” Fox said. ¶ “You lie.”": Lee, since quotations alone in their paragraphs take
  // turns. `before`: the last quote of the paragraph above; kNone: they do not.
  uint32_t answers(uint32_t quote, uint32_t before, uint32_t here) const {
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
    if (stop >= layers_.paragraphs[here - 1].span.end && mark != '"' && mark != '\'' && mark != '\x9d' &&
        mark != '\x99')
      return kNone;  // it goes on here
    const uint32_t last = opener(here - 1), first = opener(here - 2);
    return last == kNone || first == last ? kNone : first;
  }

  uint32_t paragraph_of(uint32_t byte) const {
    const auto p = std::partition_point(layers_.paragraphs.begin(), layers_.paragraphs.end(),
                                        [&](const Paragraph& x) { return x.span.end <= byte; });
    return static_cast<uint32_t>(p - layers_.paragraphs.begin());
  }

  Layers& layers_;
  Workspace& workspace_;
  LinkNotes& notes_;
  const SpeakerModel& model_;
  float threshold_;
  RoleReader roles_;
  UnnamedEntities unnamed_;
  std::vector<Ground>& grounds_;             // of each quote
  std::span<const PronounAnswer> pronouns_;  // of the sources
  std::span<const IndexRange> sources_;      // of each quote: tokens
  std::vector<Spoken>& spoken_;
  uint32_t head_ = kNone;           // of the source that is being resolved
  uint32_t written_ = kNone;        // of the last source that is a document
  std::optional<uint32_t> writer_;  // author(), once it was asked
  std::vector<Role>& extra_roles_;
};

}  // namespace

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
  Pass(layers, workspace, state_->model, state_->lists, state_->threshold).run();
}

}  // namespace newsnlp
