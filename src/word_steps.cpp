
#include "word_scan.h"

namespace newsnlp {

WordSteps::WordSteps(const WordTables& tables, std::string_view text)
    : tables_(tables),
      text_(text),
      begin_(reinterpret_cast<const unsigned char*>(text.data())),
      end_(begin_ + text.size()) {}
WordSteps::~WordSteps() = default;

size_t WordSteps::run(size_t& from, size_t to, std::vector<Segment>& segments) {
  segments.clear();
  if (begin_[from] >= 0x80)  // it may combine with blanks
    while (from > 0 && begin_[from - 1] == ' ') --from;
  const unsigned char* p = begin_ + from;
  while (p < begin_ + to) p = step(p, segments);
  return place(p);
}

// The stretch from `from` to the first blank behind an ASCII mark or letter goes to ICU: there it breaks in any case.
// Returns its end.
const unsigned char* WordSteps::ask_icu(const unsigned char* from, std::vector<Segment>& segments) {
  const unsigned char* to = from;
  while (to < end_ && *to == ' ') ++to;
  if (to < end_) ++to;
  while (to < end_ && !(*to == ' ' && to[-1] < 0x80 && to[-1] != ' ')) ++to;
  if (!icu_) icu_.emplace(*tables_.prototype);
  icu_->append(text_.substr(place(from), static_cast<size_t>(to - from)), place(from), segments);
  return to;
}

// One segment from `p` on, or those of a stretch that ICU is asked for. Returns its end.
const unsigned char* WordSteps::step(const unsigned char* p, std::vector<Segment>& segments) {
  const unsigned char* const first = p;
  const auto end_segment = [&](Segment::Kind kind) {
    segments.push_back({place(p), kind});
    return p;
  };
  uint32_t size = 0;
  WordClass c = tables_.at(p, end_, size);
  if (c == WordClass::Unknown) return ask_icu(first, segments);
  p += size;
  if (is_word(c)) {
    WordClass last = c;
    WordClass before = WordClass::Mark;  // the class before `last`
    while (p < end_) {
      c = tables_.at(p, end_, size);
      if (is_word(c)) {
        before = last;
        last = c;
        p += size;
        continue;
      }
      if (c == WordClass::Unknown) return ask_icu(first, segments);
      const bool joins = (last == WordClass::Letter && (c == WordClass::MidLetter || c == WordClass::MidBoth)) ||
                         (last == WordClass::Digit && (c == WordClass::MidDigit || c == WordClass::MidBoth));
      if (!joins || p + size >= end_) break;
      uint32_t next_size = 0;
      const WordClass next = tables_.at(p + size, end_, next_size);
      if (next == WordClass::Unknown) return ask_icu(first, segments);
      if (next != last) break;
      before = c;
      p += size + next_size;
    }
    if (last == WordClass::Extender) last = before;  // of '_' alone: a mark
    return end_segment(last == WordClass::Mark    ? Segment::kOther
                       : last == WordClass::Digit ? Segment::kNumber
                                                  : Segment::kLetter);
  }
  if (c == WordClass::LineFeed) return end_segment(Segment::kOther);
  if (c == WordClass::CarriageReturn) {
    if (p < end_ && *p == '\n') ++p;
    return end_segment(Segment::kOther);
  }
  if (c == WordClass::Space)
    while (p < end_ && *p == ' ') ++p;
  // what stands behind may combine with it
  if (p < end_ && *p >= 0x80 && tables_.at(p, end_, size) == WordClass::Unknown) return ask_icu(first, segments);
  return end_segment(Segment::kOther);
}

}  // namespace newsnlp
