#include "nested_reports.h"

#include <algorithm>

#include "asked_infinitive.h"
#include "quote_spans.h"

namespace newsnlp {
namespace {

using W = CueWord;

constexpr float kPhrase = 0.7F;
constexpr float kTold = 0.5F;   // score of "told me to go" and the like, at least
constexpr int kSubjectGap = 4;  // auxiliaries and adverbs between a subject and its verb

std::string_view word(const Layers& layers, int token) {
  return layers.of(layers.tokens[static_cast<size_t>(token)]);
}

bool is_me_or_you(const Layers& layers, int token) {
  const std::string_view w = word(layers, token);
  return w == "I" || w == "we" || w == "We" || w == "you" || w == "You";
}

// "looked at me and said": the subject of the verb before.
bool shares_subject(const ArticleView& v, int begin, int source) {
  constexpr int kFar = 14;
  const int joint = v.at(begin - 1).adverb ? begin - 2 : begin - 1;
  if (source < v.at(begin).sentence_begin || begin - source > kFar || !v.at(joint).is(W::kCoordinator)) return false;
  // Its own verb stands right behind it, and there is no other subject in between.
  int verb = source + 1;
  while (verb < joint && v.at(verb).adverb) ++verb;
  return v.at(verb).finite && v.count(ArticleView::kFinites, verb + 1, joint) == 0;
}

// A finite verb, and no "could", "does not", "wants to" before it.
bool tells_a_fact(const Layers& layers, const ArticleView& v, int begin, int cue) {
  bool finite = false;
  for (int i = begin; i <= cue; ++i) {
    const std::string_view w = word(layers, i);
    const bool future = w == "will" || w == "shall" || w == "'ll" || w == "’ll";
    const bool used_to = w == "would" || w == "'d" || w == "’d";  // "he'd say, ‘Leave it’"
    if (v.at(i).tag == Tag::MD && !future && !(used_to && quotes_behind(v, cue))) return false;
    if (w == "not" || w == "n't" || w == "n’t") return false;
    if (v.at(i).is(W::kTo) && !v.at(i + 1).in_phrase() && (i == begin || word(layers, i - 1) != "used")) return false;
    finite |= v.at(i).finite;
  }
  return finite;
}

// "was told that", "have been asked not to say": the subject is whom it was said to.
bool is_passive(const ArticleView& v, int begin, int cue) {
  if (v.at(cue).tag != Tag::VBN && v.at(cue).tag != Tag::VBD) return false;
  for (int i = begin; i < cue; ++i)
    if (v.at(i).is(W::kBe)) return true;
  return false;
}

// "recalled | his mother saying that", "heard the man shout that": no finite verb, but a subject of its own.
bool is_absolute(const ArticleView& v, int first, int cue) {
  if ((v.at(cue).tag != Tag::VBG && v.at(cue).tag != Tag::VB) || !v.at(cue - 1).in_phrase()) return false;
  const int begin = v.at(cue - 1).phrase_begin;
  return begin == first || (begin > first && v.at(begin - 1).finite && v.at(begin - 1).is(W::kCue));
}

// "that, according to the airline, …"
bool is_according(const ArticleView& v, int cue) {
  return v.at(cue).junction == kAccordingJunction && v.at(cue + 1).is(W::kTo);
}

// Does a main clause begin here? What "as she said", "because he said", "what he called" tell of is no statement.
bool opens_clause(const ArticleView& v, int i) {
  const ViewToken& before = v.at(i - 1);
  return i <= v.at(i).sentence_begin || !before.is(W::kAlnum) || before.is(W::kThat) || before.is(W::kCoordinator) ||
         before.is(W::kBut) || before.adverb || (before.verb && before.is(W::kCue)) ||
         before.is(W::kOccasion) ||                                    // "last week the landlord said"
         (before.tag == Tag::WRB && i - 1 <= v.at(i).sentence_begin);  // "think they said"; "recalled how he told"
}

// "complained of pains", "warned against haste": the preposition's object is what was said.
bool states(const Layers& layers, int preposition) {
  const std::string_view w = word(layers, preposition);
  return w == "of" || w == "for" || w == "against" || w == "about" || w == "on";
}

// "had promised nothing", "are demanding this", "had talked it over", "answered every question"
bool says_nothing(const Layers& layers, const Workspace& workspace, const ArticleView& v, const RecordWords& words,
                  WordKinds kinds, const Content& k) {
  const ViewToken& t = v.at(k.right_begin);
  if (t.in_phrase() && !kinds.has(WordKind::UtterVerb)) {
    const uint64_t head = workspace.types[workspace.word[static_cast<size_t>(t.phrase_end)]].lower;
    if (words.kinds(head).has(WordKind::ToldThing)) return true;
  }
  const bool alone = v.count(ArticleView::kWords, k.right_begin, k.right_end) == 1;
  return (t.tag == Tag::PRP && kinds.has(WordKind::SpeakingVerb)) ||
         (alone && (t.tag == Tag::DT || t.tag == Tag::PRP || word(layers, k.right_begin) == "nothing"));
}

enum class Complement : uint8_t { None, Phrase, Clause };

// "think | we do this": whatever the tag of the verb.
bool begins_clause(const ArticleView& v, int i) {
  return v.at(i).tag == Tag::PRP && v.at(i + 1).verb;
}

// What the content right of the cue is.
Complement complement_of(const ArticleView& v, const Content& k) {
  int b = k.right_begin;
  const ViewToken& t = v.at(b);
  if (t.finite) return Complement::None;  // "the loopholes he cited are …"
  if (t.opens() || t.is(W::kThat) || t.tag == Tag::WP || t.tag == Tag::WRB || t.tag == Tag::WDT)
    return Complement::Clause;
  if (t.is(W::kSubordinator)) return Complement::Clause;  // "whether", "if", "how"
  if (t.adverb) ++b;
  if (is_infinitive(v, b)) return Complement::Clause;
  if (v.at(b).tag == Tag::VBG) return Complement::Clause;  // "admitted losing"
  // "him to retire": whom it was said to, and what.
  int next = v.at(b).in_phrase() ? v.at(b).phrase_end + 1 : b;
  if (v.at(next).adverb && next < k.right_end) ++next;  // "him never to borrow"
  if (next <= k.right_end && is_infinitive(v, next)) return Complement::Clause;
  if (begins_clause(v, b)) return Complement::Clause;
  const ClauseAhead a = v.ahead(b);
  if ((a.subject == 2 || v.at(b).tag == Tag::EX) && a.verb >= 0 && a.verb <= k.right_end) return Complement::Clause;
  if (t.in_phrase() && v.at(t.phrase_end).is(W::kOccasion)) return Complement::None;  // "said last night"
  return v.count(ArticleView::kWords, k.right_begin, k.right_end) > 0 ? Complement::Phrase : Complement::None;
}

// "and now we | know", ", so I | left": the one who quotes it goes on.
bool goes_on(const ArticleView& v, int i, int end) {
  while (i < end && v.at(i).adverb) ++i;
  return v.at(i).tag == Tag::PRP && v.at(i + 1).finite;
}

// "warned | the president | of a plot"
void leave_hearer(const ArticleView& v, int cue, WordKinds kinds, Content& k) {
  if (!kinds.has(WordKind::ToldVerb)) return;
  const int b = k.right_begin;  // "warned the president about | a plot"
  if (b > cue + 2 && v.at(b).in_phrase() && v.at(b - 1).tag == Tag::IN && v.at(b - 2).phrase_end == b - 2 &&
      v.count(ArticleView::kVerbs, b, k.right_end) == 0)
    --k.right_begin;
  if (k.right_begin != cue + 1) return;
  const int end = v.at(cue + 1).in_phrase() ? v.at(cue + 1).phrase_end : cue + 1;
  if (end >= k.right_end || (end == cue + 1 && v.at(end).tag != Tag::PRP && !v.at(end).in_phrase())) return;
  constexpr Junction kAbout = 37;
  if (v.at(end + 1).is(W::kOf) || v.at(end + 1).junction == kAbout) k.right_begin = end + 1;
}

// A statement inside a statement is short: it ends with its quotation or sentence, before ", and she will …", and where
// "and that" goes on with the one around it.
void trim(const ArticleView& v, Content& k) {
  constexpr int kFar = 160;  // tokens that are looked at
  const int b = k.right_begin;
  if (v.at(b).opens() && v.at(b).mate() > b) {
    k.right_end = v.at(b).mate();
    return;
  }
  k.right_end = std::min(k.right_end, v.at(b).sentence_end);
  if (v.at(b).opens()) return;
  const bool infinitive = is_infinitive(v, b);
  for (int i = b + 1; i + 2 < std::min(k.right_end, b + kFar); ++i) {
    if (v.at(i).is(W::kCoordinator) && v.at(i + 1).is(W::kThat) &&
        !v.at(b).is(W::kThat)) {  // "…, and that he had agreed"
      k.right_end = i - 1;
      return;
    }
    // "to stay calm | before they told us", "I was late, | so I left", "he did it | and now we know he did not"
    constexpr Junction kWhen = 8, kIf = 15, kWhereas = 19, kSo = 44;
    const Junction joint = v.at(i).junction;
    const bool clause = infinitive && joint >= kWhen && joint <= kWhereas && joint != kIf && !v.at(i).inside() &&
                        v.ahead(i + 1).subject == 2;
    const bool so = v.at(i).is(W::kComma) && v.at(i + 1).junction == kSo && goes_on(v, i + 2, k.right_end);
    const bool now = v.at(i).is(W::kCoordinator) && v.at(i + 1).adverb && goes_on(v, i + 1, k.right_end);
    if (clause || so || now) {
      k.right_end = i - 1;
      return;
    }
    if (!v.at(i).is(W::kComma) || (!v.at(i + 1).is(W::kCoordinator) && !v.at(i + 1).is(W::kBut))) continue;
    const ClauseAhead a = v.ahead(i + 2);
    if (a.verb < 0 || a.verb > k.right_end || a.subject == 0) continue;
    k.right_end = i - 1;
    return;
  }
}

// "told me to go": whom and what the verb was said to and asks for.
bool tells_someone(const ArticleView& v, WordKinds kinds, int cue, const Content& k) {
  return kinds.has(WordKind::ToldVerb) && v.at(cue + 1).in_phrase() && k.right_begin >= cue + 1 &&
         k.right_begin <= v.at(cue + 1).phrase_end + 2;
}

// The models leave the source open where the labels would have had none: the subject beside the verb is it.
void take_subject(const ArticleView& v, int begin, CueReading& r) {
  Analysis& y = r.analyses[r.best];
  const int subject = v.at(begin - 1).phrase_end == begin - 1 ? begin - 1 : -1;
  // "the president | had promised | to visit": a left content that is no more than the subject
  if (subject >= 0 && y.content.right() && y.content.left_end == subject &&
      y.content.left_begin >= v.at(subject).phrase_begin)
    y.content.left_begin = y.content.left_end = -1;
  if (subject < v.at(r.cue).sentence_begin || y.content.covers(subject)) return;
  y.source = y.source_end = subject;
  y.source_begin = v.at(subject).phrase_begin;
}

// "had been told | by his boss | to sell"
bool is_agent(const ArticleView& v, const CueReading& r) {
  return r.analysis().source > r.cue && v.at(r.cue + 1).is(W::kBy) && r.analysis().source == v.at(r.cue + 2).phrase_end;
}

}  // namespace

bool quotes_behind(const ArticleView& v, int cue) {
  const int next = v.at(cue + 1).is(W::kComma) || v.at(cue + 1).is(W::kColon) ? cue + 2 : cue + 1;
  return next < v.at(cue).sentence_end && !v.at(next).is(W::kAlnum) && !v.at(next).is(W::kComma);
}

bool is_habit(const Layers& layers, const ArticleView& v, int cue) {
  if (v.at(cue).tag != Tag::VB || !v.at(cue).is(W::kSpeech) || cue < 2) return false;
  if (v.at(cue - 1).is(W::kTo)) return word(layers, cue - 2) == "used";
  const std::string_view w = word(layers, cue - 1);
  return v.at(cue - 1).tag == Tag::MD && (w == "will" || w == "'ll" || w == "’ll");
}

bool tells_habit(const Layers& layers, const ArticleView& v, const CueReading& r) {
  const Content& k = r.analysis().content;
  if (!is_habit(layers, v, r.cue) || !k.right() || k.left()) return false;
  if (v.count(ArticleView::kFinites, k.right_begin, k.right_end) == 0) return false;
  const ViewToken& t = v.at(k.right_begin);
  if (!t.in_phrase())
    return (t.is(W::kThat) && t.tag == Tag::IN) || t.tag == Tag::WRB || t.tag == Tag::WP || t.tag == Tag::EX;
  return v.at(t.phrase_end + 1).finite;
}

void leave_quotation_before(const ArticleView& v, CueReading& r) {
  Content& k = r.analyses[r.best].content;
  if (!k.left() || !k.right() || !v.at(k.left_begin).opens() || !v.at(k.right_begin).opens()) return;
  const ViewToken& before = v.at(k.left_begin - 1);
  if (!before.is(W::kComma) && !before.is(W::kColon)) return;
  k.left_begin = k.left_end = -1;
  k.side = Side::Right;
}

bool says_quotation(const ArticleView& v, const CueReading& r) {
  const Content& k = r.analysis().content;
  if (k.left() || !k.right() || r.analysis().source < 0 || r.analysis().source > r.cue) return false;
  const int mark = v.at(r.cue + 1).is(W::kComma) ? r.cue + 2 : r.cue + 1;
  return k.right_begin == mark && v.at(mark).opens() &&
         (mark > r.cue + 1 || v.count(ArticleView::kWords, k.right_begin, k.right_end) > 1);
}

int verb_group_begin(const ArticleView& v, int cue) {
  int i = cue;
  while (i > v.at(cue).sentence_begin && cue - i < kSubjectGap &&
         (v.at(i - 1).verb || v.at(i - 1).adverb || v.at(i - 1).is(W::kTo)))
    --i;
  return i;
}

bool may_be_nested(const ArticleView& v, int first, int cue) {
  const ViewToken& t = v.at(cue);
  if (is_according(v, cue)) return cue <= first + 1;
  return t.verb ? t.tag != Tag::MD : t.noun();
}

bool is_own_voice(const Layers& layers, const ArticleView& v, const CueReading& r) {
  const int source = r.analysis().source;
  if (source < 0) return false;
  const Tag tag = v.at(r.cue).tag;
  return v.at(source).tag == Tag::WP || v.at(source).tag == Tag::WDT ||
         (is_me_or_you(layers, source) && tag != Tag::VBD && tag != Tag::VBN);
}

float nested_trust(const Layers& layers, const Workspace& workspace, const ArticleView& v, const RecordWords& words,
                   CueReading& r) {
  const ViewToken& cue = v.at(r.cue);
  if (is_according(v, r.cue)) return r.analysis().source > r.cue ? 1 : 0;
  if (!cue.verb || cue.tag == Tag::MD) {
    if (Content& k = r.analyses[r.best].content; k.right() && !k.left()) trim(v, k);
    return 0;
  }
  const int begin = verb_group_begin(v, r.cue);
  const WordKinds kinds = words.kinds(workspace.types[workspace.word[static_cast<size_t>(r.cue)]].lower);
  const bool utters = kinds.has(WordKind::ToldVerb) || kinds.has(WordKind::ToVerb) || kinds.has(WordKind::RefusalVerb);
  // "had claimed the attack": the past of a report's past is most likely one itself.
  const bool had = cue.tag == Tag::VBN && r.cue > 0 && word(layers, r.cue - 1) == "had";
  const bool binds = kinds.has(WordKind::UtterVerb) || kinds.has(WordKind::ConsentVerb);
  const int named = v.at(r.cue).subject();
  if ((utters && had) || (binds && named >= 0 && v.at(named).noun())) give_back_infinitive(v, r);
  begin_with_infinitive(v, kinds, r);
  const bool absolute = is_absolute(v, v.at(r.cue).sentence_begin, r.cue);
  if (!absolute && !tells_a_fact(layers, v, std::min(begin, r.cue_begin), std::max(r.cue, r.cue_end))) return 0;
  const bool passive = is_passive(v, begin, r.cue);
  // "was reported to have been felt": hedged, not told
  if (passive && kinds.has(WordKind::HedgeVerb) && v.at(r.cue + 1).is(W::kTo)) return 0;
  if (r.analysis().source < 0 && !passive) take_subject(v, begin, r);
  if (const int shared = v.at(r.cue).subject();
      r.analysis().source < 0 && !passive && shared >= 0 && shares_subject(v, begin, shared)) {
    Analysis& z = r.analyses[r.best];
    z.source = z.source_end = shared;
    z.source_begin = v.at(shared).in_phrase() ? v.at(shared).phrase_begin : shared;
  }
  const Analysis& y = r.analysis();
  // "When I complained, they told | me to find another job": a content on both sides is a quotation's.
  if (Content& k = r.analyses[r.best].content;
      kinds.has(WordKind::ToldVerb) && k.left() && k.right() && y.source > k.left_end && !v.at(k.left_begin).opens())
    k.left_begin = k.left_end = -1;
  if (y.content.right() && !y.content.left()) {
    leave_hearer(v, r.cue, kinds, r.analyses[r.best].content);
    trim(v, r.analyses[r.best].content);
  }
  // "as saying that the senator had told …": the models may look for the source farther off.
  if (y.source >= 0 && !passive && y.source_end < begin - 2) take_subject(v, begin, r);
  const bool quoted = quote_type(v, y.content) == QuoteType::Direct;
  if (y.source >= 0) {
    const int subject = y.source;
    const bool shared = shares_subject(v, begin, subject) && (quoted || tells_someone(v, kinds, r.cue, y.content));
    const bool before = shared || (subject < begin && begin - y.source_end - 1 <= 1);
    const bool behind = quoted && subject > r.cue && subject - r.cue < kSubjectGap;
    const bool agent = passive && is_agent(v, r);
    // "resigned after his boss told him to": whatever opens the clause, somebody was told
    const bool told = before && y.content.right() && tells_someone(v, kinds, r.cue, y.content) &&
                      v.at(y.source_begin - 1).is(W::kTimeJunction) && word(layers, y.source_begin - 1) != "as";
    if (!agent && ((!before && !behind) || (!told && !opens_clause(v, y.source_begin)))) return 0;
    if (is_own_voice(layers, v, r)) return 0;
  } else if (!passive) {
    return 0;
  }
  if (absolute && (!y.content.right() || y.content.right_begin != r.cue + 1)) return 0;
  const auto surely = [&r] { r.score = std::max(r.score, kTold); };
  if (quoted) {
    if (utters && y.source >= 0 && y.content.right_begin == r.cue + 1) surely();  // "the gunman shouted “Get down”"
    return 1;
  }
  if (!y.content.right() || y.content.left()) return 0;
  const bool speech = reports_speech(v, r) || kinds.has(WordKind::SpeechVerb);
  // "he hopes that": his own; "he had confessed to her that": not
  const bool owns =
      y.source < 0 || (v.at(y.source).tag == Tag::PRP && !(utters && v.at(y.content.right_begin).is(W::kThat)));
  if (!speech && owns) return 0;
  switch (complement_of(v, y.content)) {
    case Complement::None:
      return 0;
    case Complement::Phrase: {
      // "argued over a parking space", "was asked about it"
      const int before = y.content.right_begin - 1;
      const bool over = before > r.cue && v.at(before).tag == Tag::IN && !states(layers, before);
      if ((!speech && !kinds.has(WordKind::UtterVerb)) || (passive && !kinds.has(WordKind::UtterVerb)) || over ||
          kinds.has(WordKind::SpeechVerb))
        return 0;
      const bool pronoun = y.source < 0 || v.at(y.source).tag == Tag::PRP;
      if (says_nothing(layers, workspace, v, words, kinds, y.content)) return 0;
      if (kinds.has(WordKind::UtterVerb) && !pronoun && cue.tag != Tag::VBP && cue.tag != Tag::VBZ) surely();
      return had && !pronoun ? 1 : kPhrase;
    }
    case Complement::Clause: {
      const int b = y.content.right_begin;
      const bool clause = v.ahead(b).verb >= 0 || begins_clause(v, b);
      const bool believes = kinds.has(WordKind::ThoughtVerb) || kinds.has(WordKind::BeliefVerb);
      const bool asked = v.at(b).is(W::kTo) && b == r.cue + 1 && y.source >= 0 && v.at(y.source).noun();
      if (asked && binds) {  // "refused to pay", "agreed to meet"
        surely();
        return 1;
      }
      if ((had && speech) || tells_someone(v, kinds, r.cue, y.content)) surely();
      if (y.source >= 0 && (speech ? v.at(y.content.right_begin).is(W::kThat) : clause && believes)) surely();
      return speech || utters || clause ? 1 : 0;
    }
  }
  return 0;
}

}  // namespace newsnlp
