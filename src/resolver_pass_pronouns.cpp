// Room: resolver. Sources that are pronouns: "he", "who", "they", "I".
#include <algorithm>

#include "interview.h"
#include "kindred.h"
#include "relative_pronoun.h"
#include "resolver_pass.h"
#include "role_words.h"
#include "token_search.h"

namespace newsnlp {
namespace {

constexpr float kInstead = 0.6F;     // how sure the others are of "he" together, where it cannot be the first
constexpr uint32_t kLookedBack = 8;  // speakers and mentions before "it" and "they"
constexpr uint32_t kBeside = 16;     // quotes on either side of a turn

}  // namespace

uint32_t ResolverPass::speaker_around(uint32_t quote) const {
  const Quote& q = layers_.quotes[quote];
  return q.nested_in ? layers_.quotes[*q.nested_in].speaker.value_or(kNone) : kNone;
}

void ResolverPass::pronoun(uint32_t quote, const SourceReading& r) {
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
      if (around == kNone && is_author(r.head) && !layers_.quotes[quote].nested_in &&
          notes_.at(workspace_, r.head).pronoun == PronounKind::Subject)  // nobody signs
        return decide(quote, Resolution::Pronoun, Ground::FirstPerson,
                      unnamed_.entity_of(r, EntityType::Person, false));
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

bool ResolverPass::is_author(uint32_t token) const {
  return notes_.at(workspace_, token).person == PronounPerson::I && workspace_.quotation[token] == Quotation::Outside;
}

void ResolverPass::goes_on(uint32_t quote, uint32_t entity) {
  decide(quote, Resolution::Pronoun, Ground::PronounUnnamed, entity);
  if (!spoken_.empty() && spoken_.back().token == head_) spoken_.back().goes_on = true;
}

uint32_t ResolverPass::turn_around(uint32_t quote, uint32_t head) const {
  const Quote& q = layers_.quotes[quote];
  if (!q.nested_in || workspace_.quotation[head] != Quotation::Outside) return kNone;
  const Quote& around = layers_.quotes[*q.nested_in];
  if (around.type != QuoteType::Direct || around.content.empty()) return kNone;
  return token_behind(layers_.tokens, 0, layers_.spans[around.content.begin].begin);
}

void ResolverPass::leave_out_turns(uint32_t quote, std::vector<Candidate>& candidates) const {
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

bool ResolverPass::reports_himself(uint32_t quote, uint32_t around, uint32_t head, bool male) const {
  const Entity& e = layers_.entities[around];
  const IndexRange source = sources_[*layers_.quotes[quote].nested_in];
  if (e.type != EntityType::Person || e.named || e.group || is_other(around, male)) return false;
  if (source.empty() || source.end > head) return false;
  // "The billionaire" may be somebody with a name; a friend, a spokesman speaks of somebody else, the wife does not.
  const std::string_view first = workspace_.types.lower(workspace_.word[source.begin]);
  const SourceReading r = read_source(layers_, workspace_, notes_, source);
  if (r.head == SourceReading::kNone) return false;
  const std::string_view noun = workspace_.types.lower(workspace_.word[r.head]);
  const bool kin = notes_.at(workspace_, r.head).noun == NounKind::Kin;
  const bool deputy =
      kin || noun.starts_with("spokes") || noun == "aide" || noun == "lawyer" || noun == "source" || noun == "insider";
  if (first == "the" ? !kin : deputy || (first != "a" && first != "an")) return false;
  for (size_t m = mention_at_or_before(notes_, head);
       m < layers_.mentions.size() && notes_.mention_tokens[m].begin >= source.end; --m) {
    const uint32_t x = layers_.mentions[m].entity;
    if (x != Mention::kNoEntity && layers_.entities[x].type == EntityType::Person && !is_other(x, male)) return false;
    if (m == 0) break;
  }
  return true;
}

uint32_t ResolverPass::kindred(uint32_t quote, uint32_t says, IndexRange phrase, uint32_t noun) const {
  if (says == kNone) {
    const uint32_t beside = quote_beside(layers_, workspace_, sources_, quote);
    if (beside == kNone) return kNone;
    says = *layers_.quotes[beside].speaker;
  }
  const bool inside = workspace_.quotation[noun] == Quotation::Inside;
  const PronounPerson owner = notes_.at(workspace_, phrase.begin).person;
  const bool mine = owner == PronounPerson::I || owner == PronounPerson::We;
  const bool own = (owner == PronounPerson::He || owner == PronounPerson::She) && !inside &&
                   !is_other(says, owner == PronounPerson::He);
  if (inside ? !mine && phrase.begin != noun : !own) return kNone;
  return relative_of(layers_, workspace_, notes_, says, noun);
}

bool ResolverPass::is_other(uint32_t entity, bool male) const {
  const int16_t gender = notes_.gender[entity];
  if (layers_.entities[entity].gender == (male ? Gender::Female : Gender::Male)) return true;
  return male ? gender <= -kShownGender : gender >= kShownGender;
}

void ResolverPass::he_or_she(uint32_t quote, const SourceReading& r) {
  // "As for the rector, he said": the rector.
  if (const IndexRange frame = topic_frame(layers_, workspace_, notes_, r.head); !frame.empty())
    if (const SourceReading about = read_source(layers_, workspace_, notes_, frame);
        about.kind == SourceKind::Role && about.definite && notes_.at(workspace_, about.head).noun == NounKind::Person)
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
    // "I asked a doctor whether … and he said"
    if (const SourceReading heard = quote > 0 ? hearer(quote, r.head, true) : SourceReading();
        heard.kind == SourceKind::Role && !heard.possessive) {
      const Gender gender = notes_.at(workspace_, heard.head).gender;
      if (gender != (male ? Gender::Female : Gender::Male))
        return decide(quote, Resolution::Pronoun, Ground::PronounUnnamed,
                      unnamed_.entity_of(heard, EntityType::Person, false));
    } else if (heard.kind == SourceKind::Name) {
      const uint32_t e = layers_.mentions[heard.mention].entity;
      if (e != says && layers_.entities[e].type == EntityType::Person && !is_other(e, male))
        return decide(quote, Resolution::Pronoun, Ground::PronounUnnamed, e);
    }
    if (const auto a = find_inside(layers_, workspace_, notes_, r.head, male, {quote, says, turn, sources_})) {
      if (notes_.at(workspace_, a->reading.head).noun == NounKind::Kin)
        if (const uint32_t kin = kindred(quote, says, a->reading.phrase, a->reading.head); kin != kNone)
          return decide(quote, Resolution::Pronoun, Ground::Spouse, kin);
      RoleAnswer known = a->reading.definite ? roles_.person(a->reading, says) : RoleAnswer();
      if (!known.empty() && (known.ground == Ground::RoleHeld || !a->subject))
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

uint32_t ResolverPass::addressed(uint32_t quote, uint32_t you) const {
  const Quote& q = layers_.quotes[quote];
  const uint32_t says = speaker_around(quote);
  const uint32_t end = layers_.sentences[workspace_.sentence[you]].tokens.end;
  const Tag verb = you + 1 < end ? layers_.tokens[you + 1].tag : Tag::Period;  // "you say" is said of anybody
  if (says == kNone || verb != Tag::VBD) return kNone;
  const auto other = [&](uint32_t e) {
    return e != Mention::kNoEntity && e != says && layers_.entities[e].type == EntityType::Person &&
           layers_.entities[e].named;
  };
  const Quote& around = layers_.quotes[*q.nested_in];
  for (uint32_t s = around.addressee.begin; s < around.addressee.end; ++s) {
    const size_t m = mention_at_or_before(notes_, token_behind(layers_.tokens, 0, layers_.spans[s].end - 1));
    if (m < layers_.mentions.size() && layers_.mentions[m].span.begin >= layers_.spans[s].begin &&
        other(layers_.mentions[m].entity))
      return layers_.mentions[m].entity;
  }
  if (around.content.empty()) return kNone;
  const uint32_t begin = token_behind(layers_.tokens, 0, layers_.spans[around.content.begin].begin);
  size_t m = mention_at_or_before(notes_, begin);
  for (uint32_t steps = 0; m < layers_.mentions.size() && steps < kLookedBack; ++steps, --m) {
    const IndexRange name = notes_.mention_tokens[m];
    if (!name.empty() && name.begin < begin) {
      if (workspace_.paragraph[begin] - workspace_.paragraph[name.begin] > 1) break;
      if (workspace_.quotation[name.begin] == Quotation::Outside && other(layers_.mentions[m].entity))
        return layers_.mentions[m].entity;
    }
    if (m == 0) break;
  }
  return kNone;
}

void ResolverPass::who(uint32_t quote, const SourceReading& r) {
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

bool ResolverPass::goes_on_with(uint32_t pronoun) const {
  const uint32_t next = pronoun + 1;
  if (next >= layers_.tokens.size()) return false;
  const std::string_view word = workspace_.types.lower(workspace_.word[next]);
  return word == "also" || word == "added" || word == "adds" || word == "further";
}

void ResolverPass::they_or_it(uint32_t quote, const SourceReading& r, bool they) {
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
  auto near = find_antecedent(layers_, workspace_, notes_, r.head, they ? Pronoun::They : Pronoun::It, from,
                              ResolverNotes::of(workspace_).pronouns.marks);
  if (near && near->other) return decide(quote, Resolution::Pronoun, ground, entity_of(*near));
  if (from != r.head && near && !near->subject) near.reset();
  const auto is_fresh = [&](uint32_t t) { return workspace_.paragraph[r.head] - workspace_.paragraph[t] <= 1; };
  const auto is_ahead_of = [&](uint32_t t) { return near->subject && near->reading.head > t; };
  // "The report said …, it added", "According to the report … It says that": the report.
  const bool written = written_ != kNone && written_ < from && is_fresh(written_) &&
                       (from != r.head || (!they && workspace_.sentence[from] - workspace_.sentence[written_] == 1)) &&
                       (last == nullptr || last->token < written_);
  if (written && !(near && is_ahead_of(written_)))
    return decide(quote, Resolution::Pronoun, std::span<const Candidate>());
  // "She called for the end of the Cabinet. It also …": whose side she is on.
  const bool also = !they && goes_on_with(r.head);
  if (const uint32_t begin = near ? near->reading.phrase.begin : 0;
      also && begin > 0 && layers_.tokens[begin - 1].tag == Tag::IN && is_said(layers_, near->reading.head, quote))
    near.reset();
  // "The ministry said that Norland had … “…,” it added": who is named in what the ministry said does not go on.
  if (near && last != nullptr && is_fresh(last->token) && is_said_by(layers_, last->entity, near->reading.head, quote))
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
    const bool said = also && is_said(layers_, notes_.mention_tokens[m].begin, quote);
    if (e != Mention::kNoEntity && fits(e) && !place && !said) return decide(quote, Resolution::Pronoun, ground, e);
    if (m == 0) break;
  }
  decide(quote, Resolution::Pronoun, std::span<const Candidate>());
}

uint32_t ResolverPass::before_content(uint32_t quote, uint32_t head) const {
  const Quote& q = layers_.quotes[quote];
  if (q.content.empty() || layers_.spans[q.content.begin].begin >= layers_.tokens[head].span.begin) return head;
  return token_behind(layers_.tokens, 0, layers_.spans[q.content.begin].begin);
}

uint32_t ResolverPass::entity_of(const Antecedent& a) {
  if (a.entity) return *a.entity;
  const bool body = a.reading.kind == SourceKind::Body;
  if (body && a.reading.definite) {
    RoleAnswer known = roles_.body(a.reading);
    if (!known.empty()) return known.candidates[0].entity;
  }
  return unnamed_.entity_of(a.reading, body ? EntityType::Organization : EntityType::Person, !body);
}

}  // namespace newsnlp
