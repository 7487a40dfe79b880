#include "report_adjuncts.h"

#include <algorithm>

namespace newsnlp {
namespace {

using W = CueWord;

constexpr Junction kWhile = 9;

class Adjuncts {
 public:
  Adjuncts(const Layers& layers, const Workspace& workspace, const ArticleView& view, const RecordWords& words,
           CueReading& reading)
      : layers_(layers), workspace_(workspace), v_(view), words_(words), r_(reading) {}

  // "Mayor Ann Lee | yesterday | said": when she said it is no part of who did.
  void leave_when_said() {
    Analysis& y = r_.analyses[r_.best];
    if (y.source < 0 || y.source_end >= r_.cue) return;
    int end = y.source_end;
    const ViewToken& last = v_.at(end);
    if ((last.flags & (W::kDay | W::kPeriod | W::kOccasion)) == 0) return;  // most
    const bool day = last.is(W::kDay) && last.phrase_begin == end;          // not "Super Tuesday"
    if (day || kinds(end).has(WordKind::SaidTime)) {
      --end;
    } else if (last.is(W::kPeriod) || kinds(end).has(WordKind::DayPart)) {
      const std::string_view before = word(end - 1);
      if (before != "last" && before != "this") return;
      end -= 2;
    } else {
      return;
    }
    if (end > y.source && word(end) == "on") --end;
    if (end > y.source && v_.at(end).is(W::kComma)) --end;
    if (end < y.source_begin || v_.count(ArticleView::kFinites, y.source_begin, end) > 0) return;
    const ViewToken& t = v_.at(end);
    if (t.tag == Tag::VBN || t.tag == Tag::VBD || t.tag == Tag::IN || t.tag == Tag::POS || t.tag == Tag::DT) return;
    y.source_end = end;
    y.source = std::min(y.source, end);
  }

  void leave() {
    leave_when_said();
    Content& k = r_.analyses[r_.best].content;
    if (k.right() && v_.at(k.right_begin).phrase_begin == k.right_begin && leave_topic(k)) return;
    if (k.right() && v_.at(k.right_begin).tag == Tag::PRP && v_.at(k.right_begin + 1).junction == kWhile &&
        leave_this(k))
      return;
    const bool where = k.right() && !k.left() && tells_where(k);
    if (!where && (!k.right() || !may_begin_adjunct(v_.at(k.right_begin)) ||
                   v_.at(k.right_begin).sentence != v_.at(r_.cue).sentence || leave_this(k)))
      return;
    const int behind = where ? k.right_begin : behind_time(k.right_begin);
    const bool dated = behind > k.right_begin;
    if (dated && behind <= k.right_end && v_.at(r_.cue).tag != Tag::VBZ && !says_how(k.right_begin, k.right_end) &&
        begins_clause(behind, k.right_end)) {
      k.right_begin = behind;
      return;
    }
    const bool nothing = behind > k.right_end || (dated && v_.at(behind).tag == Tag::IN &&
                                                  v_.count(ArticleView::kFinites, behind, k.right_end) == 0);
    if (where || nothing || says_how(k.right_begin, k.right_end)) turn_left();
  }

 private:
  // Most contents begin with "that", a pronoun, an article or a name.
  static bool may_begin_adjunct(const ViewToken& t) {
    if (t.is(W::kThat) || t.mark() || (t.is(W::kCapital) && !t.is(W::kDay))) return false;
    switch (t.tag) {
      case Tag::NN:
      case Tag::NNP:
      case Tag::DT:
      case Tag::IN:
      case Tag::JJ:
      case Tag::JJR:
      case Tag::RB:
      case Tag::RBR:
      case Tag::VBG:
      case Tag::WRB:
        return true;
      default:
        return false;
    }
  }
  std::string_view word(int i) const {
    return v_.valid(i) ? layers_.of(layers_.tokens[static_cast<size_t>(i)]) : std::string_view();
  }
  WordKinds kinds(int i) const {
    if (!v_.valid(i)) return {};
    return words_.kinds(workspace_.types[workspace_.word[static_cast<size_t>(i)]].lower);
  }

  // "yesterday", "late Monday", "earlier this week", "today": what stands behind it; `i`: it is none, or it owns what
  // follows ("Monday’s match").
  int behind_time(int i) const {
    int t = i;
    while (t < i + 2 && kinds(t).has(WordKind::TimeModifier)) ++t;
    if (word(t) == "this" && kinds(t + 1).has(WordKind::DayPart)) {
      t += 2;
    } else if (kinds(t).has(WordKind::SaidTime) || v_.at(t).is(W::kDay)) {
      ++t;
      if (kinds(t).has(WordKind::DayPart)) ++t;
    } else {
      return i;
    }
    const bool owns = v_.at(t).tag == Tag::POS || (v_.at(t).in_phrase() && v_.at(t).phrase_begin < t);
    return owns ? i : t;
  }

  // A subject, "that" or "there": what comes before is no part of the clause.
  bool begins_clause(int i, int end) const {
    const ViewToken& t = v_.at(i);
    if (t.is(W::kThat) || t.tag == Tag::PRP || t.tag == Tag::EX) return true;
    return t.phrase_begin == i && (t.tag == Tag::DT || v_.count(ArticleView::kFinites, i, end) > 0);
  }

  // "citing the ministry", "while denying it", "when asked", "on Monday": no clause of its own.
  bool says_how(int begin, int end) const {
    const ViewToken& t = v_.at(begin);
    if (t.tag == Tag::VBG) return kinds(begin).has(WordKind::CircumstanceParticiple);
    if (v_.count(ArticleView::kFinites, begin, end) > 0) return false;
    const std::string_view w = word(begin);
    if (w == "while" || w == "when" || w == "after" || w == "before" || w == "without")
      return v_.at(begin + 1).tag == Tag::VBG || v_.at(begin + 1).tag == Tag::VBN;
    return w == "following" || w == "within" || w == "on" || w == "at" || w == "during" || w == "in";
  }

  // "…, he told reporters on | the steps of the hall.", "…, she noted in a memo, | which was short.": nothing that was
  // said; the clause stands before the comma.
  bool tells_where(const Content& k) const {
    const ViewToken& t = v_.at(k.right_begin);
    const ViewToken& before = v_.at(k.right_begin - 1);
    if (k.right_begin < r_.cue + 2 || t.sentence != v_.at(r_.cue).sentence) return false;
    if (t.tag == Tag::WDT && before.is(W::kComma)) return true;
    return k.right_begin > r_.cue + 2 && before.is(W::kPlaceJunction) && !before.is(W::kTo) &&
           t.phrase_begin == k.right_begin && v_.count(ArticleView::kFinites, k.right_begin, k.right_end) == 0;
  }

  // "He said | this | while addressing farmers.": where it was said begins behind "this".
  bool leave_this(Content& k) {
    int at = k.right_begin;
    const std::string_view first = word(at);
    const bool it = first == "it";
    if (first != "this" && !it) {
      if (at > r_.cue + 4 || (first != "when" && first != "while" && first != "after" && first != "during"))
        return false;
      for (at = r_.cue + 1; at < k.right_begin && word(at) != "this"; ++at) {
      }
      if (at == k.right_begin) return false;
    }
    if (k.left() || v_.at(at).phrase_end > at || at >= k.right_end) return false;
    const std::string_view next = word(at + 1);
    const bool clause = next == "while" || (!it && (next == "when" || next == "after"));
    const bool place = next == "on" || next == "at" || next == "during" || next == "in" || next == "to";
    if (!clause && !place && behind_time(at + 1) == at + 1) return false;
    if (clause && v_.at(at + 2).tag != Tag::VBG && v_.at(at + 2).tag != Tag::PRP && !v_.at(at + 2).in_phrase())
      return false;
    if (place && (v_.at(at + 2).tag == Tag::VB ||
                  (at == k.right_begin && v_.count(ArticleView::kFinites, at + 1, k.right_end) > 0)))
      return false;
    k.right_begin = k.right_end = at;
    return true;
  }

  // "described | the mood in the room: | “Nobody spoke.”": of what it was said.
  bool leave_topic(Content& k) {
    constexpr int kTopic = 16;  // tokens
    const int end = std::min(k.right_end, k.right_begin + kTopic);
    if (v_.count(ArticleView::kMarks, k.right_begin, end) == 0) return false;
    for (int i = k.right_begin + 1; i < end; ++i) {
      const ViewToken& t = v_.at(i);
      if (t.finite || t.mark() || t.is(W::kThat) || t.tag == Tag::VB) return false;
      if (!t.is(W::kColon)) continue;
      if (!v_.at(i + 1).opens()) return false;
      k.right_begin = i + 1;
      return true;
    }
    return false;
  }

  // The content stands before the cue, up to the comma before the source; if there is none, all stays.
  void turn_left() {
    Content& k = r_.analyses[r_.best].content;
    if (k.left()) {
      if (!v_.at(r_.cue).is(W::kSpeech)) return;
      k.right_begin = k.right_end = -1;
      k.side = Side::Left;
      return;
    }
    const Analysis& y = r_.analysis();
    if (y.source < 0 || !v_.at(r_.cue).finite || !v_.at(r_.cue).is(W::kSpeech)) return;
    const int begin = v_.at(r_.cue).sentence_begin;
    const int comma = (y.source < r_.cue ? y.source_begin : std::min(r_.cue, r_.cue_begin)) - 1;
    if (comma <= begin || !v_.at(comma).is(W::kComma)) return;
    // "If he wins, Reuss said yesterday": no clause that stands alone.
    const ViewToken& t = v_.at(begin);
    const bool fronted = t.tag == Tag::IN || t.tag == Tag::WRB || t.tag == Tag::VBG || t.tag == Tag::VBN;
    if (fronted && v_.count(ArticleView::kCommas, begin, comma - 1) == 0) return;
    if (v_.count(ArticleView::kFinites, begin, comma) < (fronted ? 2 : 1)) return;
    k.left_begin = begin;
    k.left_end = comma - 1;
    k.right_begin = k.right_end = -1;
    k.side = Side::Left;
  }

  const Layers& layers_;
  const Workspace& workspace_;
  const ArticleView& v_;
  const RecordWords& words_;
  CueReading& r_;
};

}  // namespace

void leave_adjuncts(const Layers& layers, const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                    CueReading& reading) {
  if (reading.cue < 0 || reading.certain || !view.at(reading.cue).verb) return;
  Adjuncts(layers, workspace, view, words, reading).leave();
}

}  // namespace newsnlp
