#include "inner_quotations.h"

#include <algorithm>

#include "nested_reports.h"

namespace newsnlp {
namespace {

using W = CueWord;

constexpr float kScore = 0.75F;
constexpr int kGroup = 5;     // tokens of a verb group
constexpr int kFewWords = 4;  // tokens, a mark among them

class InnerQuotation {
 public:
  InnerQuotation(const Workspace& workspace, const ArticleView& view, const RecordWords& words, int open, int close)
      : workspace_(workspace), v_(view), words_(words), open_(open), close_(close) {}

  std::optional<CueReading> report() const {
    if (const int verb = verb_before(); verb >= 0) {
      const int begin = verb_group_begin(v_, verb);
      const int source = subject_of(begin, verb);
      const int phrase = source >= 0 && v_.at(source).in_phrase() ? v_.at(source).phrase_begin : source;
      if (source >= 0 && word(phrase - 1) != "if") return reading(begin, verb, source, Side::Right);
    }
    return report_behind();
  }

 private:
  std::string_view word(int i) const {
    return v_.valid(i) ? workspace_.types.lower(workspace_.word[static_cast<size_t>(i)]) : std::string_view();
  }
  WordKinds kinds(int i) const { return words_.kinds(workspace_.types[workspace_.word[static_cast<size_t>(i)]].lower); }

  bool says(int verb) const {
    const ViewToken& t = v_.at(verb);
    return t.verb && t.is(W::kSpeech) && !kinds(verb).has(WordKind::CallVerb) &&
           !kinds(verb).has(WordKind::NamingVerb) && !kinds(verb).has(WordKind::QuoteVerb);
  }

  // "goes", "'m like": no words of saying, but before a quotation.
  bool utters(int verb) const {
    const std::string_view w = word(verb);
    return w == "goes" || w == "go" || w == "went" || (w == "like" && v_.at(verb - 1).is(W::kBe));
  }

  // A fact, a habit or what is to come: not "to say", "could not say", "had it been said".
  bool tells(int begin, int verb) const {
    bool finite = false;
    for (int i = begin; i <= verb; ++i) {
      const ViewToken& t = v_.at(i);
      const WordKinds k = kinds(i);
      if (k.has(WordKind::Negation)) return false;
      if (t.is(W::kTo) && word(i - 1) != "used") return false;
      if (t.tag == Tag::MD && !k.has(WordKind::WillModal) && !k.has(WordKind::WouldModal)) return false;
      finite |= t.finite;
    }
    const bool passive = v_.at(verb).tag == Tag::VBN && v_.at(verb - 1).is(W::kBe);
    return finite && !passive;
  }

  // The verb before the opening mark, past a comma and whom it was said to; -1: none.
  int verb_before() const {
    int b = open_ - 1;
    const bool stop = v_.at(b).is(W::kComma) || v_.at(b).is(W::kColon);
    if (stop) --b;
    // Without a stop a few words may be quoted for their sound.
    if (!stop && (!v_.at(open_ + 1).is(W::kCapital) || close_ < open_ + kFewWords)) return -1;
    if (b <= v_.at(b).sentence_begin) return -1;
    if (v_.at(b).tag == Tag::PRP || v_.at(b).phrase_end == b) {
      const int before = (v_.at(b).in_phrase() ? v_.at(b).phrase_begin : b) - 1;
      if (kinds(before).has(WordKind::ToldVerb)) {
        b = before;
      } else if (v_.at(before).is(W::kTo) && kinds(before - 1).has(WordKind::ToVerb)) {
        b = before - 1;
      }
    }
    if (!says(b) && !(stop && utters(b))) return -1;
    return tells(verb_group_begin(v_, b), b) ? b : -1;
  }

  int subject_of(int begin, int verb) const {
    int finite = begin;
    while (finite < verb && !v_.at(finite).finite) ++finite;
    const int sketched = v_.at(finite).finite ? v_.at(finite).subject() : -1;
    if (sketched >= v_.at(verb).sentence_begin && sketched < begin) return sketched;
    const ViewToken& before = v_.at(begin - 1);
    return before.phrase_end == begin - 1 || before.tag == Tag::PRP ? begin - 1 : -1;
  }

  // “‘Bit long,’ | it’ll say.”, “‘Why?’ she asks me.”
  std::optional<CueReading> report_behind() const {
    const int s = close_ + 1;
    if (v_.at(s).sentence != v_.at(close_).sentence || (!v_.at(s).in_phrase() && v_.at(s).tag != Tag::PRP)) return {};
    if (v_.at(close_ - 1).is(W::kAlnum)) return {};
    const int source = std::max(s, v_.at(s).phrase_end);
    const int begin = source + 1;
    int verb = begin;
    while (verb < begin + kGroup && (v_.at(verb).verb || v_.at(verb).adverb) &&
           (v_.at(verb + 1).verb || v_.at(verb + 1).adverb))
      ++verb;
    if (!says(verb) || !tells(begin, verb)) return {};
    return reading(begin, verb, source, Side::Left);
  }

  CueReading reading(int begin, int verb, int source, Side side) const {
    CueReading r;
    r.cue = r.cue_end = verb;
    r.cue_begin = begin;
    r.score = kScore;
    Analysis y;
    y.content = side == Side::Left ? Content{side, open_, close_, -1, -1, kScore}
                                   : Content{side, -1, -1, open_, close_, kScore};
    y.source = y.source_end = source;
    y.source_begin = v_.at(source).in_phrase() ? v_.at(source).phrase_begin : source;
    r.analyses.push_back(y);
    return r;
  }

  const Workspace& workspace_;
  const ArticleView& v_;
  const RecordWords& words_;
  int open_, close_;
};

}  // namespace

std::optional<CueReading> inner_report(const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                                       int open, int close) {
  return InnerQuotation(workspace, view, words, open, close).report();
}

}  // namespace newsnlp
