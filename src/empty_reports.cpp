#include "empty_reports.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace newsnlp {
namespace {

using W = CueWord;
using V = ArticleView;

// "the said property": right behind "the" a verb reports nothing.
bool behind_article(const Layers& layers, const ArticleView& view, const CueReading& r) {
  if (r.cue < 1 || r.certain || r.own || !view.at(r.cue).verb) return false;
  const std::string_view before = layers.of(layers.tokens[static_cast<size_t>(r.cue - 1)]);
  return before == "the" || before == "The";
}

// "a play called “Tonight”", "the case, known as “the galley trial”": a name that nobody is said to have given reports
// nothing.
bool gives_name(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  if (r.cue < 0 || r.certain || r.own || v.at(r.cue).tag != Tag::VBN) return false;
  int before = r.cue - 1;
  while (v.at(before).adverb) --before;
  // "known | to regulars as “the Captain’s Table”": among whom, and nobody's word
  if (r.analysis().source > r.cue &&
      (v.at(r.cue + 1).is(W::kBy) || (v.at(r.cue + 1).tag != Tag::IN && !v.at(r.cue + 1).is(W::kTo))))
    return false;
  if (const int source = r.analysis().source; source >= 0) {
    const bool apart = v.at(before).is(CueWord::kComma) && v.count(ArticleView::kCommas, source, before) == 1;
    // "a wrestler known | to his fans as “the Bull”"
    const bool known = (v.at(before).noun() || source > r.cue) &&
                       workspace.types.lower(workspace.word[static_cast<size_t>(r.cue)]) == "known";
    if (!apart && !known && !v.at(before).is(CueWord::kBe)) return false;
  }
  int verbs = 0;
  r.analysis().content.each([&](int a, int b) { verbs += v.count(ArticleView::kFinites, a, b); });
  // ", | once hailed as “the voice of the valley”,": by nobody in particular
  const bool used = before < r.cue - 1 &&
                    !workspace.types.lower(workspace.word[static_cast<size_t>(r.cue - 1)]).ends_with("ly") &&
                    (v.at(before).is(W::kComma) || v.at(before).noun());
  if (used && verbs == 0 && v.at(r.cue + 1).is(W::kTimeJunction)) return true;
  const uint32_t type = workspace.word[static_cast<size_t>(r.cue)];
  return verbs == 0 && words.kinds(workspace.types[type].lower).has(WordKind::NamingVerb);
}

// "Addressing | the nation on television, the king said", "Responding to | a query, …": where it was said, and to what.
bool sets_scene(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  if (r.cue < 0 || r.certain || r.own || v.at(r.cue).tag != Tag::VBG || r.cue > v.at(r.cue).sentence_begin)
    return false;
  const Content& k = r.analysis().content;
  if (k.left() || !k.right() || v.at(k.right_begin).opens() || k.right_begin > r.cue + 2) return false;
  const WordKinds kinds = words.kinds(workspace.types[workspace.word[static_cast<size_t>(r.cue)]].lower);
  const bool circumstance = kinds.has(WordKind::CircumstanceParticiple) && !kinds.has(WordKind::QuoteVerb);
  return circumstance || kinds.has(WordKind::SpeakingVerb) || kinds.has(WordKind::AddressingVerb);
}

// "the ministry, quoted | by the news agency, said": who passes it on, and nothing that was said.
bool names_agent(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  if (r.cue < 0 || r.certain || r.own || v.at(r.cue).tag != Tag::VBN || !v.at(r.cue + 1).is(W::kBy)) return false;
  const Content& k = r.analysis().content;
  return k.right() && !k.left() && k.right_begin <= r.cue + 2 && v.at(k.right_begin).in_phrase() &&
         v.at(k.right_begin).phrase_end == k.right_end && kinds_of(workspace, words, r.cue).has(WordKind::QuoteVerb);
}

// ", citing | an unnamed official,": whom it was heard from.
bool names_origin(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  const Content& k = r.analysis().content;
  if (v.at(r.cue).tag != Tag::VBG || k.left() || k.right_begin != r.cue + 1 || !v.at(k.right_begin).in_phrase() ||
      v.count(V::kFinites, k.right_begin, k.right_end) > 0 ||
      !kinds_of(workspace, words, r.cue).has(WordKind::QuoteVerb))
    return false;
  const int head = v.at(k.right_begin).phrase_end;
  return kinds_of(workspace, words, head).has(WordKind::ConduitNoun) || v.at(head).is(W::kRole);
}

// "which riders call “the sardine”", "what locals call the Hump", "which calls itself": a name that is in use.
bool uses_name(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  const ViewToken& t = v.at(r.cue);
  const int source = r.analysis().source;
  if (source < 0 || source >= r.cue) return false;
  const WordKinds kinds = kinds_of(workspace, words, r.cue);
  if (!kinds.has(WordKind::NamingVerb) && !kinds.has(WordKind::CallVerb)) return false;
  const int first = v.at(source).in_phrase() ? v.at(source).phrase_begin : source;
  // "a rivalry the crowd has dubbed “the Table”"
  const ViewToken& owner = v.at(first - 1);
  const std::string_view verb = workspace.types.lower(workspace.word[static_cast<size_t>(r.cue)]);
  const bool names = verb.starts_with("dub") || verb.starts_with("nickname") || verb.starts_with("christen");
  if (first > t.sentence_begin && names && owner.noun() && !owner.is(W::kDay) && !owner.is(W::kPeriod) &&
      !owner.is(W::kOccasion))
    return true;
  if ((t.tag != Tag::VBP && t.tag != Tag::VBZ) || !kinds.has(WordKind::CallVerb)) return false;
  // "the half they call “the Wardrobe”"
  if (first > t.sentence_begin && v.at(source).tag == Tag::PRP && t.tag == Tag::VBP && owner.noun()) return true;
  const auto relative = [&](int i) {
    return i >= t.sentence_begin && (v.at(i).tag == Tag::WDT || v.at(i).tag == Tag::WP || v.at(i).is(W::kRelative));
  };
  int finites = 0;
  r.analysis().content.each([&](int a, int b) { finites += v.count(V::kFinites, a, b); });
  return finites == 0 && (relative(first) || relative(first - 1));
}

// "spoke with our reporter", "talks to the chef", "spoke for both of them": with whom, and not what.
bool names_company(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  const Content& k = r.analysis().content;
  const std::string_view verb = workspace.types.lower(workspace.word[static_cast<size_t>(r.cue)]);
  if (!verb.starts_with("spoke") && !verb.starts_with("speak") && !verb.starts_with("talk")) return false;
  // "would not speak to reporters" tells of a refusal
  for (int i = r.cue - 1; i >= r.cue - 3 && (v.at(i).verb || v.at(i).adverb || v.at(i).is(W::kTo)); --i)
    if (v.at(i).is(W::kTo) || kinds_of(workspace, words, i).has(WordKind::Negation)) return false;
  if (k.left() || !k.right() || k.right_begin > r.cue + 2) return false;
  constexpr Junction kFor = 32, kWith = 33;
  const ViewToken& to = v.at(r.cue + 1);
  return (to.is(W::kTo) || to.junction == kFor || to.junction == kWith) && v.at(r.cue + 2).in_phrase() &&
         v.count(V::kFinites, k.right_begin, k.right_end) == 0;
}

// "said almost nothing", "said it with his feet on the desk"
bool says_nothing(const Workspace& workspace, const ArticleView& v, const CueReading& r) {
  const Content& k = r.analysis().content;
  if (k.left() || !k.right() || k.right_begin > r.cue + 1 || v.count(V::kFinites, k.right_begin, k.right_end) > 0)
    return false;
  const ViewToken& first = v.at(k.right_begin);
  if (!first.noun() && first.tag != Tag::PRP && !first.adverb && first.tag != Tag::DT) return false;
  const auto word = [&](int i) { return workspace.types.lower(workspace.word[static_cast<size_t>(i)]); };
  if (word(r.cue) != "said" && word(r.cue) != "says") return false;
  const int b = k.right_begin;
  if (word(b) == "it" && v.at(b + 1).tag == Tag::IN) return true;
  const int thing = v.at(b).in_phrase() ? v.at(b).phrase_end : b;
  return word(thing) == "nothing" || (v.at(b).adverb && b < k.right_end && word(b + 1) == "nothing");
}

// "claimed | the same stool", "has claimed | a berth in the final": what one takes. But "claimed responsibility",
// "claimed a record 140 visitors", "claimed the rules, which …, were old".
bool takes_thing(const Workspace& workspace, const ArticleView& v, const CueReading& r) {
  const Content& k = r.analysis().content;
  const ViewToken& t = v.at(k.right_begin);
  if (k.left() || k.right_begin != r.cue + 1 || !t.in_phrase() || (t.tag != Tag::DT && t.tag != Tag::PRPS))
    return false;
  const std::string_view verb = workspace.types.lower(workspace.word[static_cast<size_t>(r.cue)]);
  if (verb != "claimed" && verb != "claim" && verb != "claims" && verb != "claiming") return false;
  if (v.count(V::kVerbs, k.right_begin, k.right_end) > 0 || v.at(t.phrase_end + 1).is(W::kComma)) return false;
  for (int i = k.right_begin; i < t.phrase_end; ++i)
    if (v.at(i).tag == Tag::CD) return false;
  return true;
}

bool has_quotation(const ArticleView& v, const Content& k) {
  int quoted = 0;
  k.each([&](int a, int b) { quoted += v.count(V::kQuoted, a, b); });
  return quoted > 0;
}

// "that the roads were bad", "how it ended", "to go": words that can be said.
bool begins_report(const ArticleView& v, int i) {
  const ViewToken& t = v.at(i);
  const bool that = t.is(W::kThat) && t.phrase_end <= i;  // not "that day"
  return that || t.tag == Tag::WRB || t.tag == Tag::WP || t.tag == Tag::WDT ||
         (t.is(W::kSubordinator) && t.tag == Tag::IN) || (t.is(W::kTo) && v.at(i + 1).tag == Tag::VB);
}

// "launched | “Save Our Pint”", "released | “A Handbook of Wells”": the title of a work, a campaign or a show.
bool names_work(const Workspace& workspace, const ArticleView& v, const CueReading& r) {
  constexpr int kBefore = 6;    // tokens before the title: "a series called"
  constexpr size_t kSmall = 3;  // letters of words that a title may have in small letters
  const Content& k = r.analysis().content;
  if (k.left() || !k.right() || !v.at(r.cue).verb || v.at(r.cue).is(W::kListed)) return false;
  int open = k.right_begin;
  while (open < k.right_end && open < k.right_begin + kBefore && !v.at(open).opens()) ++open;
  const int close = v.at(open).opens() ? v.at(open).mate() : -1;
  if (close < 0 || close + 1 < k.right_end || v.count(V::kWords, open, close) < 2) return false;
  int long_words = 0;
  for (int i = open + 1; i < close; ++i) {
    const ViewToken& t = v.at(i);
    const bool is_long = workspace.types.lower(workspace.word[static_cast<size_t>(i)]).size() > kSmall;
    if (t.tag == Tag::PRP || (is_long && t.is(W::kAlnum) && !t.is(W::kCapital) && t.tag != Tag::CD)) return false;
    long_words += is_long && t.is(W::kCapital) ? 1 : 0;
  }
  // "Ask me Monday." is a sentence.
  const bool ends = v.at(close - 1).tag == Tag::Period;
  const ViewToken& first = v.at(open + 1);
  const ViewToken& last = v.at(ends || v.at(close - 1).is(W::kComma) ? close - 2 : close - 1);
  if (ends && (long_words < 2 || (!first.noun() && first.tag != Tag::DT && first.tag != Tag::JJ))) return false;
  return first.is(W::kCapital) && (last.is(W::kCapital) || last.tag == Tag::CD);
}

// A clause or a quotation, as "submitted" needs one to report.
bool says_clause(const ArticleView& v, const Content& k) {
  if (has_quotation(v, k) || (k.right() && v.at(k.right_begin).is(W::kThat))) return true;
  if (k.right() && v.at(k.right_begin - 1).is(W::kColon)) return true;
  return k.left() && !k.right() && v.count(V::kFinites, k.left_begin, k.left_end) > 0;
}

// "Last year | saw | 126 fires", "neighbours heard a shot": things are seen; only what was the case is said to be.
bool only_perceives(const ArticleView& v, const WordKinds& kinds, const Content& k) {
  if (!kinds.has(WordKind::SenseVerb)) return false;
  for (int i = k.right_begin; i <= k.right_end; ++i)
    if (v.at(i).is(W::kTimeJunction) && v.at(i).tag == Tag::IN && !v.at(i + 1).finite)
      return false;  // "sees it as a threat"
  return true;
}

// "did not attack | the senator": who did not do it said nothing.
bool leaves_undone(const ArticleView& v, const WordKinds& kinds, const CueReading& r, const Workspace& workspace,
                   const RecordWords& words) {
  if (!kinds.has(WordKind::JudgingVerb)) return false;
  bool negated = false;
  for (int i = r.cue - 1; i >= 0 && i >= r.cue - 3 && (v.at(i).verb || v.at(i).adverb); --i) {
    negated |= kinds_of(workspace, words, i).has(WordKind::Negation);
    if (negated && v.at(i).tag == Tag::VBD) return true;  // "I do not blame him" is a word of its own
  }
  return false;
}

// "I must tell you", "we’ll say": what the speaker says himself, now or later.
bool is_own_word(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r,
                 int begin) {
  const int source = r.analysis().source;
  if (v.at(r.cue).tag != Tag::VB || source < 0 || v.at(source).tag != Tag::PRP) return false;
  const std::string_view who = workspace.types.lower(workspace.word[static_cast<size_t>(source)]);
  if (who != "i" && who != "we") return false;
  for (int i = begin; i < r.cue; ++i)
    if (v.at(i).tag == Tag::MD && !kinds_of(workspace, words, i).has(WordKind::WouldModal)) return true;
  return false;
}

// "had told | a friend": whom, and not what.
bool names_hearer_only(const ArticleView& v, const WordKinds& kinds, const CueReading& r) {
  const Content& k = r.analysis().content;
  if (!kinds.has(WordKind::ToldVerb) || k.left() || k.right_begin != r.cue + 1 || v.at(k.right_begin).opens())
    return false;
  const ViewToken& t = v.at(k.right_begin);
  const int end = t.in_phrase() ? t.phrase_end : k.right_begin;
  // "had promised a new school" does say what
  if (t.tag != Tag::PRP && !v.at(end).is(W::kRole) && !v.at(end).is(W::kCapital)) return false;
  return end >= k.right_end || v.at(end + 1).is(W::kTimeJunction);
}

// "Nobody could tell | her.": the other verbs that name a hearer may say something by that ("warned Poland")
bool tells_hearer(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  if (r.analysis().content.left() || r.analysis().content.right_begin != r.cue + 1) return false;
  const std::string_view verb = workspace.types.lower(workspace.word[static_cast<size_t>(r.cue)]);
  if (verb != "told" && verb != "tell" && verb != "tells" && verb != "telling") return false;
  return names_hearer_only(v, kinds_of(workspace, words, r.cue), r);
}

// "put the turnout at 60,000", "put it to him"
bool has_figure(const Workspace& workspace, const Content& k) {
  for (int i = k.right_begin; i <= k.right_end; ++i)
    if (workspace.types[workspace.word[static_cast<size_t>(i)]].is(WordType::kHasDigit)) return true;
  return false;
}

// "published | a book", "is writing | a script", "answered | every run": what is done with words.
bool is_handled(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  using enum WordKind;
  if (r.cue_end != r.cue || r.analysis().source < 0) return false;
  const WordKinds kinds = kinds_of(workspace, words, r.cue);
  const int b = r.analysis().content.right_begin;
  if (kinds.has(SpeakingVerb))  // "pleaded not guilty"
    return !kinds_of(workspace, words, b).has(Negation) &&
           workspace.types.lower(workspace.word[static_cast<size_t>(b)]) != "guilty";
  if (kinds.has(PassingParticiple)) return !kinds.has(QuoteVerb) && !kinds.has(ReportVerb);
  const std::string_view verb = workspace.types.lower(workspace.word[static_cast<size_t>(r.cue)]);
  if (verb.starts_with("maintain")) return v.at(b).tag != Tag::PRPS;  // "his innocence"
  return verb.starts_with("answer") || verb.starts_with("continu");
}

// "signed | an agreement", "introduced | a lunch": no verb of saying, thinking or finding, nor of taking sides.
bool is_no_report(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  bool reports = false;
  for (int i = std::min(r.cue_begin, r.cue); i <= std::max(r.cue_end, r.cue); ++i)
    kinds_of(workspace, words, i).each([&](WordKind kind) {
      using enum WordKind;
      reports |= kind == ThoughtVerb || kind == FindVerb || kind == MemoryVerb || kind == SpeechVerb ||
                 kind == SaidVerb || kind == UtterVerb || kind == DenialVerb;
    });
  const std::string_view verb = workspace.types.lower(workspace.word[static_cast<size_t>(r.cue)]);
  static constexpr std::string_view kStances[] = {"welcom",   "shrug", "brush",  "champion",
                                                  "downplay", "invok", "applaud"};
  const auto begins = [&](std::string_view stance) { return verb.starts_with(stance); };
  if (reports || std::any_of(std::begin(kStances), std::end(kStances), begins)) return false;
  if (verb.starts_with("put") || verb.starts_with("gave") || verb.starts_with("give"))
    return !has_figure(workspace, r.analysis().content);
  return !verb.starts_with("st") || !v.at(r.cue + 1).is(W::kBy);  // "stood by it"
}

}  // namespace

bool tells_deed(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  if (r.cue < 0 || r.certain || r.own || !v.at(r.cue).verb) return false;
  const Content& k = r.analysis().content;
  if (k.left() || !k.right() || has_quotation(v, k) || begins_report(v, k.right_begin) ||
      v.count(V::kFinites, k.right_begin, k.right_end) > 0)
    return false;
  const int begin = std::min(r.cue_begin, r.cue);
  const int end = std::max(r.cue_end, r.cue);
  const bool listed = v.any(W::kListed, begin, end);
  const auto is_deed = listed ? is_handled : is_no_report;
  // "would not release", "has yet to speak"
  for (int i = begin; i <= end; ++i)
    if (kinds_of(workspace, words, i).has(WordKind::Negation) ||
        workspace.types.lower(workspace.word[static_cast<size_t>(i)]) == "yet")
      return false;
  return is_deed(workspace, v, words, r);
}

bool tells_nothing(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  if (r.cue < 0 || r.certain || r.own) return false;
  const ViewToken& t = v.at(r.cue);
  const int source = r.analysis().source;
  const WordKinds kinds = kinds_of(workspace, words, r.cue);
  if (!t.verb) return source < 0 && kinds.has(WordKind::ThoughtVerb);  // "any doubts that he is well"
  int begin = r.cue;
  bool passive = false;
  while (begin > t.sentence_begin && (v.at(begin - 1).verb || v.at(begin - 1).adverb || v.at(begin - 1).is(W::kTo)))
    passive |= v.at(--begin).is(W::kBe);
  if (source < 0 && t.tag == Tag::VB && !passive) return true;  // “Tell that to my mother”, “too early to tell”
  return is_own_word(workspace, v, words, r, begin) || names_hearer_only(v, kinds, r);
}

bool may_report(const Layers& layers, const Workspace& workspace, const ArticleView& v, const RecordWords& words,
                CueReading& r) {
  if (behind_article(layers, v, r)) return false;
  if (r.cue < 0 || r.certain || r.own || v.at(r.cue).row != 0) return true;  // the model knows what is seen often
  if (!kinds_of(workspace, words, r.cue).has(WordKind::ClauseVerb)) return true;
  if (!v.at(r.cue).verb) return false;
  std::erase_if(r.analyses, [&](const Analysis& y) { return !says_clause(v, y.content); });
  return !r.analyses.empty();
}

bool reports_nothing(const Workspace& workspace, const ArticleView& v, const RecordWords& words, const CueReading& r) {
  if (r.cue < 0 || r.certain || r.own) return false;
  if (gives_name(workspace, v, words, r) || sets_scene(workspace, v, words, r) || names_agent(workspace, v, words, r))
    return true;
  if (uses_name(workspace, v, words, r) || names_origin(workspace, v, words, r)) return true;
  const Content& k = r.analysis().content;
  if (has_quotation(v, k)) return names_work(workspace, v, r);
  if (says_nothing(workspace, v, r) || tells_hearer(workspace, v, words, r) || takes_thing(workspace, v, r))
    return true;
  // "The claims | proved wrong": a predicate.
  if (!k.left() && k.right_begin == r.cue + 1 && v.at(k.right_begin).finite) return true;
  if (k.left() || !k.right() || begins_report(v, k.right_begin)) return false;
  const WordKinds kinds = kinds_of(workspace, words, r.cue);
  return names_company(workspace, v, words, r) || only_perceives(v, kinds, k) ||
         leaves_undone(v, kinds, r, workspace, words);
}

}  // namespace newsnlp
