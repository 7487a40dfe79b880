#include "quotation_marks.h"

#include <algorithm>

#include "unicode.h"

namespace newsnlp {
namespace {

enum class Glyph : uint8_t {
  None,
  Open,            // “ „ « `` ‘‘
  Close,           // ” » ’’
  Straight,        // " ''
  SingleOpen,      // ‘
  SingleClose,     // ’
  SingleStraight,  // '
};

Glyph glyph_of(std::string_view word) {
  if (word.size() > 6) return Glyph::None;
  switch (static_cast<unsigned char>(word.front())) {
    case '"':
      return Glyph::Straight;
    case '\'':
      return word.size() == 1 ? Glyph::SingleStraight : word == "''" ? Glyph::Straight : Glyph::None;
    case '`':
      return word == "``" ? Glyph::Open : Glyph::None;
    case 0xC2:
      return word == "«" ? Glyph::Open : word == "»" ? Glyph::Close : Glyph::None;
    case 0xE2:
      if (word == "“" || word == "„" || word == "‘‘") return Glyph::Open;
      if (word == "”" || word == "’’") return Glyph::Close;
      return word == "‘" ? Glyph::SingleOpen : word == "’" ? Glyph::SingleClose : Glyph::None;
    default:
      return Glyph::None;
  }
}

bool is_single(Glyph g) {
  return g >= Glyph::SingleOpen;
}

struct Mark {
  uint32_t token = 0;
  Glyph glyph = Glyph::None;
  bool free_left = false;    // white space, a bracket, a dash or another opening mark stands before it
  bool free_right = false;   // white space, a stop or a closing mark stands behind it
  bool after_digit = false;  // touches a number on its left: 5'10"

  bool can_only_open() const { return free_left && !free_right; }
  bool can_only_close() const { return !free_left && free_right; }
};

constexpr size_t kDeepest = 8;         // open pairs at once; deeper marks are passed over
constexpr uint32_t kSingleReach = 60;  // tokens in which a single mark inside double ones must find its partner
constexpr size_t kLookAhead = 8;       // marks

class MarkMachine {
 public:
  MarkMachine(const Layers& layers, Workspace& workspace) : layers_(layers), workspace_(workspace) {}

  void run(std::span<const uint32_t> places) {
    collect_marks(places);
    const bool single_style = quotes_with_single_marks();
    pair_article(single_style);
    if (!single_style && spoken_single_ >= 2 && spoken_single_ > spoken_double_) pair_article(true);
  }

 private:
  static constexpr uint32_t kNone = Workspace::kNone;

  void pair_article(bool single_style) {
    workspace_.quotation.assign(layers_.tokens.size(), Quotation::Outside);
    auto& pairs = workspace_.quotation_pairs;
    pairs.clear();
    size_t first = 0;
    bool open_before = false;    // the paragraph before ended inside a quotation
    bool single_before = false;  // it quotes with single marks
    for (const Paragraph& paragraph : layers_.paragraphs) {
      const IndexRange tokens{layers_.sentences[paragraph.sentences.begin].tokens.begin,
                              layers_.sentences[paragraph.sentences.end - 1].tokens.end};
      size_t last = first;
      bool has_double = false;
      bool has_single = false;
      for (; last < marks_.size() && marks_[last].token < tokens.end; ++last)
        (is_single(marks_[last].glyph) ? has_single : has_double) = true;
      single_quotes_ = single_style || (paragraph.kind == ParagraphKind::Headline && !has_double);
      const size_t known = pairs.size();
      const bool was_open = open_before;
      open_before = first < last && pair_paragraph(first, last, tokens, was_open);
      if (has_single && !single_quotes_ && count_spoken(known, tokens, single_before)) {
        single_quotes_ = true;
        pairs.resize(known);
        std::fill_n(workspace_.quotation.begin() + tokens.begin, tokens.size(), Quotation::Outside);
        open_before = pair_paragraph(first, last, tokens, was_open);
      }
      single_before = single_quotes_ && paragraph.kind == ParagraphKind::Body;
      first = last;
    }
  }

  // Counts the statements among the outermost of the pairs from `first`; true if one stands in single marks. One that
  // is all of its paragraph may be a subhead, unless it follows another.
  bool count_spoken(size_t first, IndexRange paragraph, bool follows) {
    size_t single = 0;
    for (size_t i = first; i < workspace_.quotation_pairs.size(); ++i) {
      const QuotationPair& pair = workspace_.quotation_pairs[i];
      const bool whole = pair.open == paragraph.begin && pair.end == paragraph.end;
      if (pair.depth == 0 && is_statement(pair) && (follows || !whole || !pair.single))
        ++(pair.single ? single : spoken_double_);
    }
    spoken_single_ += single;
    return single > 0;
  }

  // Is somebody's sentence quoted, and no title, nickname or word that is held at arm's length? A sentence begins with
  // the mark or after a comma or colon, and ends inside it: a stop stands before the closing mark, no capital before
  // it.
  bool is_statement(const QuotationPair& pair) const {
    if (pair.close == kNone || pair.close < pair.open + 3) return false;
    static constexpr std::string_view kStops[] = {",", ".", "!", "?", "…", "..."};
    if (std::find(std::begin(kStops), std::end(kStops), of(pair.close - 1)) == std::end(kStops)) return false;
    if (begins_with_capital(of(pair.close - 2))) return false;
    if (begins_sentence(pair.open)) return true;
    const std::string_view before = of(pair.open - 1);
    return (before == "," || before == ":") && pair.close > pair.open + 4;
  }

  std::string_view of(uint32_t token) const { return layers_.of(layers_.tokens[token]); }

  void collect_marks(std::span<const uint32_t> places) {
    const std::string_view text = layers_.text;
    marks_.reserve(places.size() / 2);
    for (const uint32_t i : places) {
      const Span span = layers_.tokens[i].span;
      const auto c = static_cast<unsigned char>(text[span.begin]);
      if (c != '"' && c != '\'' && c != '`' && c != 0xC2 && c != 0xE2) continue;
      const Glyph glyph = glyph_of(layers_.of(span));
      if (glyph == Glyph::None) continue;
      Mark mark{i, glyph};
      mark.free_left = i == 0 || layers_.tokens[i - 1].span.end < span.begin || leaves_free_left(of(i - 1));
      mark.free_right =
          i + 1 == layers_.tokens.size() || layers_.tokens[i + 1].span.begin > span.end || leaves_free_right(of(i + 1));
      mark.after_digit = i > 0 && !mark.free_left && text[span.begin - 1] >= '0' && text[span.begin - 1] <= '9';
      if (glyph == Glyph::SingleClose && mark.free_left && mark.free_right) continue;  // a lone apostrophe
      marks_.push_back(mark);
    }
  }

  static bool is_word(std::string_view word) {
    const char c = word.front();
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  }
  // What may stand before an opening mark although no blank does.
  static bool leaves_free_left(std::string_view word) {
    if (is_word(word)) return false;
    static constexpr std::string_view kSigns[] = {"(", "[", "-", "--", "—",  "–",  "/",
                                                  "“", "‘", "„", "«",  "``", "\"", "'"};
    return std::find(std::begin(kSigns), std::end(kSigns), word) != std::end(kSigns);
  }
  // What may stand behind a closing mark although no blank does.
  static bool leaves_free_right(std::string_view word) {
    if (is_word(word)) return false;
    static constexpr std::string_view kSigns[] = {".", ",", ";", ":",  "!",  "?", ")",  "]",  "-",   "--", "—",  "–",
                                                  "/", "”", "’", "\"", "''", "'", "'s", "’s", "...", "…",  "’’", "»"};
    return std::find(std::begin(kSigns), std::end(kSigns), word) != std::end(kSigns);
  }

  // A single mark that may open a quotation: no ’em, no '90s.
  bool opens_single(const Mark& m) const {
    if (m.glyph == Glyph::SingleClose || !m.can_only_open() || m.token + 1 >= layers_.tokens.size()) return false;
    const std::string_view next = of(m.token + 1);
    if (next.front() >= '0' && next.front() <= '9') return m.glyph == Glyph::SingleOpen && !next.ends_with('s');
    static constexpr std::string_view kCutShort[] = {"em", "til", "tis", "twas", "cause", "n", "bout", "round", "cuz"};
    return std::find(std::begin(kCutShort), std::end(kCutShort), next) == std::end(kCutShort);
  }
  static bool closes_single(const Mark& m) {
    return m.glyph != Glyph::SingleOpen ? m.can_only_close() : m.can_only_close() && !m.after_digit;
  }

  // Does the article quote with single marks, as British papers do?
  bool quotes_with_single_marks() const {
    size_t single = 0;
    size_t twice = 0;
    for (const Mark& m : marks_) {
      if (is_single(m.glyph))
        single += opens_single(m);
      else
        ++twice;
    }
    return single >= 3 && single > twice;
  }

  // Pairs marks [first, last) of one paragraph; true if it ends inside a quotation.
  bool pair_paragraph(size_t first, size_t last, IndexRange tokens, bool open_before) {
    open_.clear();
    end_ = last;
    outer_.clear();
    for (size_t i = first; i < last; ++i) {
      if (is_single(marks_[i].glyph))
        single_mark(i);
      else
        double_mark(i);
      if (open_before && marks_[i].token == tokens.begin && !open_.empty()) innermost().continued = true;
    }
    while (!open_.empty()) end_open_pair(tokens.end);
    for (uint32_t p : outer_) fill(workspace_.quotation_pairs[p]);
    return !outer_.empty() && workspace_.quotation_pairs[outer_.back()].close == kNone &&
           workspace_.quotation_pairs[outer_.back()].end == tokens.end;
  }

  QuotationPair& innermost() { return workspace_.quotation_pairs[open_.back()]; }

  void open(uint32_t token, bool single) {
    if (open_.size() >= kDeepest) return;
    QuotationPair pair;
    pair.open = token;
    pair.depth = static_cast<uint8_t>(open_.size());
    pair.single = single;
    const auto index = static_cast<uint32_t>(workspace_.quotation_pairs.size());
    const bool inside = !outer_.empty() && std::find(open_.begin(), open_.end(), outer_.back()) != open_.end();
    if (!inside && (!single || single_quotes_)) outer_.push_back(index);
    open_.push_back(index);
    workspace_.quotation_pairs.push_back(pair);
  }
  void close(uint32_t token) {
    innermost().close = token;
    innermost().end = token + 1;
    open_.pop_back();
  }
  // The innermost pair never closes; it ends before token `end`.
  void end_open_pair(uint32_t end) {
    innermost().end = end;
    open_.pop_back();
  }
  bool double_open() const {
    return std::any_of(open_.begin(), open_.end(), [&](uint32_t p) { return !workspace_.quotation_pairs[p].single; });
  }

  void double_mark(size_t i) {
    const Mark& m = marks_[i];
    const bool is_open = double_open();
    if (is_inches(i)) return;
    bool opens = false;
    switch (m.glyph) {
      case Glyph::Open:
        opens = !(is_open && m.can_only_close());  // a mark turned the wrong way
        break;
      case Glyph::Close:
        if (!is_open && !m.can_only_open()) return;  // stray
        opens = !is_open;
        break;
      default:
        if (!is_open && m.can_only_close()) return;  // stray
        opens = !is_open || m.can_only_open();
    }
    if (!opens) {
      while (innermost().single) end_open_pair(m.token);
      return close(m.token);
    }
    if (is_open && !nests(i)) {
      // the quotation before was never closed: this one goes on with it, or is another
      const bool again = begins_sentence(m.token);
      while (double_open()) end_open_pair(m.token);
      open(m.token, false);
      innermost().continued = again;
      return;
    }
    open(m.token, false);
  }

  // An opening mark inside a double pair. It nests if there are closing marks for both.
  bool nests(size_t i) const {
    if (!open_.empty() && workspace_.quotation_pairs[open_.back()].single) return true;
    if (begins_sentence(marks_[i].token) && marks_[i].glyph != Glyph::Open) return false;
    int depth = 2;
    for (size_t k = i + 1; k < end_ && k <= i + kLookAhead; ++k) {
      const Mark& m = marks_[k];
      if (is_single(m.glyph)) continue;
      if (m.glyph == Glyph::Close || (m.glyph == Glyph::Straight && m.can_only_close()))
        --depth;
      else
        return false;
      if (depth == 0) return true;
    }
    return false;
  }

  bool begins_sentence(uint32_t token) const {
    return layers_.sentences[workspace_.sentence[token]].tokens.begin == token;
  }

  // 5'10" or, when a better closing mark is near, the 12" record.
  bool is_inches(size_t i) const {
    const Mark& m = marks_[i];
    if (m.glyph != Glyph::Straight || !m.after_digit) return false;
    if (m.token >= 2 && glyph_of(of(m.token - 2)) >= Glyph::SingleClose) return true;
    if (!double_open()) return true;
    if (i + 1 >= end_) return false;
    const Mark& next = marks_[i + 1];
    return !is_single(next.glyph) && next.can_only_close();
  }

  void single_mark(size_t i) {
    const Mark& m = marks_[i];
    if (!open_.empty() && innermost().single && closes_single(m) && !is_possessive(i)) return close(m.token);
    if (!opens_single(m)) return;
    if (open_.empty() && single_quotes_) return open(m.token, true);
    if (!open_.empty() && innermost().single) {
      if (!single_quotes_ || !begins_sentence(m.token)) return;
      end_open_pair(m.token);  // it was never closed
      open(m.token, true);
      innermost().continued = true;
      return;
    }
    if (finds_partner(i)) open(m.token, true);
  }

  // The workers’ rights: an apostrophe behind an s, in mid-sentence, when another closing mark follows.
  bool is_possessive(size_t i) const {
    const Mark& m = marks_[i];
    if (m.token == 0 || !of(m.token - 1).ends_with('s') || m.token + 1 >= layers_.tokens.size()) return false;
    size_t at = 0;
    const std::string_view next = of(m.token + 1);
    if (char_class(next_code_point(next, at)) != CharClass::Lower) return false;
    for (size_t k = i + 1; k < end_ && k <= i + kLookAhead; ++k) {
      if (opens_single(marks_[k])) return false;
      if (is_single(marks_[k].glyph) && closes_single(marks_[k])) return true;
    }
    return false;
  }

  // A closing single mark is near, before the double marks around it close.
  bool finds_partner(size_t i) const {
    int nested = 0;
    for (size_t k = i + 1; k < end_ && k <= i + kLookAhead; ++k) {
      const Mark& m = marks_[k];
      if (m.token > marks_[i].token + kSingleReach) return false;
      if (is_single(m.glyph)) {
        if (nested == 0 && closes_single(m)) return true;
      } else if (m.can_only_open()) {
        ++nested;
      } else if (--nested < 0) {
        return false;
      }
    }
    return false;
  }

  void fill(const QuotationPair& pair) {
    auto& states = workspace_.quotation;
    std::fill(states.begin() + pair.open, states.begin() + pair.end, Quotation::Inside);
    states[pair.open] = Quotation::Opens;
    if (pair.close != kNone) states[pair.close] = Quotation::Closes;
  }

  const Layers& layers_;
  Workspace& workspace_;
  std::vector<Mark> marks_;
  std::vector<uint32_t> open_;   // indices of pairs, outermost first
  std::vector<uint32_t> outer_;  // pairs of the paragraph that `quotation` follows
  size_t end_ = 0;               // of the paragraph's marks
  bool single_quotes_ = false;
  size_t spoken_single_ = 0;  // statements in single marks, in paragraphs with such marks
  size_t spoken_double_ = 0;  // the same in double marks
};

}  // namespace

void pair_quotation_marks(const Layers& layers, Workspace& workspace, std::span<const uint32_t> places) {
  MarkMachine(layers, workspace).run(places);
}

}  // namespace newsnlp
