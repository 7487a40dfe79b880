#include "word_breaks.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "word_scan.h"

namespace newsnlp {
namespace {

// Asks ICU what it does with characters: one text holds each of them in several places, a line each.
class Probe {
 public:
  explicit Probe(const icu::BreakIterator& prototype) : iterator_(prototype.clone()) {}

  // Are these characters, each twice, between letters and digits, one word?
  bool are_letters(const std::u16string& characters) {
    icu::UnicodeString word;
    for (const char16_t c : characters) word.append(u'a').append(c).append(u'1').append(c).append(c);
    iterator_->setText(word);
    return iterator_->next() == word.length() && iterator_->getRuleStatus() == UBRK_WORD_LETTER;
  }

  // Characters of one UTF-16 unit.
  void add(char32_t code) {
    const auto c = static_cast<char16_t>(code);
    const char16_t lines[] = {'a',  c,   '\n', '1', c,    '\n', ' ', c,   '\n', c, c,
                              '\n', 'a', c,    'a', '\n', '1',  c,   '1', '\n', c, '\n'};
    text_.append(std::begin(lines), std::end(lines));
  }
  void ask() {
    breaks_.assign(text_.size() + 1, kNoBreak);
    const icu::UnicodeString alias(false, text_.data(), static_cast<int32_t>(text_.size()));
    iterator_->setText(alias);
    for (int32_t at = iterator_->next(); at != icu::BreakIterator::DONE; at = iterator_->next())
      breaks_[static_cast<size_t>(at)] = static_cast<uint8_t>(IcuWords::kind_of(iterator_->getRuleStatus()));
  }

  // The classes of the characters, in the order in which they were added.
  WordClass next() {
    const bool behind_letter = joined(2);
    const bool behind_digit = joined(2);
    const bool behind_space = joined(2);
    const bool twice = joined(2);
    const bool between_letters = joined(3);
    const bool between_digits = joined(3);
    const uint8_t kind = breaks_[at_ + 1];
    at_ += 2;
    const bool is_blank = text_[at_ - 2] == ' ';
    if (behind_space) return twice && is_blank ? WordClass::Space : WordClass::Unknown;
    if (behind_letter && behind_digit) {
      if (kind == Segment::kLetter) return WordClass::Letter;
      if (kind == Segment::kNumber) return WordClass::Digit;
      return twice ? WordClass::Extender : WordClass::Unknown;
    }
    if (behind_letter || behind_digit || twice) return WordClass::Unknown;
    if (between_letters) return between_digits ? WordClass::MidBoth : WordClass::MidLetter;
    if (between_digits) return WordClass::MidDigit;
    return kind == Segment::kOther ? WordClass::Mark : WordClass::Unknown;
  }

  // Of the classes that the table models, and in no need of a dictionary.
  static bool is_simple(UChar32 c) {
    switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
      case U_WB_OTHER:
      case U_WB_ALETTER:
      case U_WB_NUMERIC:
      case U_WB_EXTENDNUMLET:
      case U_WB_MIDNUM:
      case U_WB_MIDNUMLET:
      case U_WB_MIDLETTER:
        break;
      default:
        return false;
    }
    return !u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) && !u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) &&
           u_getIntPropertyValue(c, UCHAR_LINE_BREAK) != U_LB_COMPLEX_CONTEXT;
  }

 private:
  static constexpr uint8_t kNoBreak = 0xFF;

  // The next line, of `size` characters, is one segment.
  bool joined(size_t size) {
    bool one = true;
    for (size_t i = 1; i < size; ++i) one &= breaks_[at_ + i] == kNoBreak;
    at_ += size + 1;
    return one;
  }

  std::unique_ptr<icu::BreakIterator> iterator_;
  std::u16string text_;
  std::vector<uint8_t> breaks_;  // by place: the kind of the segment that ends there, or kNoBreak
  size_t at_ = 0;
};

constexpr size_t kStretch = 1 << 16;  // bytes that go to ICU at once; it ends at a line break, which no segment crosses

}  // namespace

WordTables::WordTables(WordMasker::Path path) : prototype(IcuWords::make_prototype()) {
  ascii.fill(WordClass::Unknown);
  two_bytes.fill(WordClass::Unknown);
  punctuation.fill(WordClass::Unknown);
  Probe probe(*prototype);
  std::u16string letters;
  std::vector<WordClass*> asked;
  const auto ask = [&](char32_t c, WordClass& known) {
    probe.add(c);
    asked.push_back(&known);
  };
  for (char32_t c = 0; c < 0x80; ++c)
    if (c != '\r' && c != '\n') ask(c, ascii[c]);
  for (char32_t c = 0x80; c < two_bytes.size(); ++c) {
    if (!Probe::is_simple(static_cast<UChar32>(c))) continue;
    if (u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_WORD_BREAK) == U_WB_ALETTER)
      letters += static_cast<char16_t>(c);
    else
      ask(c, two_bytes[c]);
  }
  if (probe.are_letters(letters)) {  // all at once, which is most of them
    for (const char16_t c : letters) two_bytes[c] = WordClass::Letter;
  } else {
    for (const char16_t c : letters) ask(c, two_bytes[c]);
  }
  for (char32_t c = 0x2000; c < 0x2000 + punctuation.size(); ++c)
    if (Probe::is_simple(static_cast<UChar32>(c))) ask(c, punctuation[c - 0x2000]);
  probe.ask();
  for (WordClass* known : asked) *known = probe.next();
  ascii['\r'] = WordClass::CarriageReturn;
  ascii['\n'] = WordClass::LineFeed;
  masker.emplace(ascii, path);
}

// Each character beyond ASCII: a letter like those of ASCII, a mark, or one that joins what stands around it.
void WordBlock::look_beyond(const WordTables& tables) {
  for (uint64_t rest = masks.beyond & inside; rest != 0;) {
    const uint32_t i = lowest(rest);
    const unsigned char* p = bytes + i;
    uint32_t size = *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;
    const uint64_t first = uint64_t{1} << i;
    const uint64_t all = low_bits(size) << i;
    rest &= ~all;
    bool joins = false;
    switch (const WordClass c = tables.at(p, bytes + 64, size)) {
      case WordClass::Letter:
        masks.letter |= all;
        beyond |= first;
        continue;
      case WordClass::Mark:
        break;
      case WordClass::MidLetter:
      case WordClass::MidDigit:
      case WordClass::MidBoth: {
        uint32_t next_size = 0;
        const WordClass next = tables.at(p + size, bytes + 64, next_size);
        joins = (c != WordClass::MidDigit && next == WordClass::Letter && (masks.letter << 1 & first) != 0) ||
                (c != WordClass::MidLetter && next == WordClass::Digit && (masks.digit << 1 & first) != 0);
        break;
      }
      default:
        odd |= first;
        continue;
    }
    beyond |= first;
    (joins ? words : glue) |= joins ? all : all & ~first;
  }
}

void WordBlock::look_at_rare(const WordTables& tables) {
  for (uint64_t rest = masks.rare & inside; rest != 0; rest &= rest - 1) {
    const uint32_t i = lowest(rest);
    const uint64_t bit = uint64_t{1} << i;
    switch (tables.ascii[bytes[i]]) {
      case WordClass::CarriageReturn:
        breaks |= bit;
        glue |= bit << 1 & masks.feed & inside;
        break;
      case WordClass::Extender:
      case WordClass::Unknown:
        odd |= bit;
        break;
      default:
        break;
    }
  }
}

namespace {

// Writes down all segments; runs of blanks are what lies between the others.
struct SegmentList {
  static uint64_t odd(const WordBlock&) { return 0; }
  void take(const WordBlock& block, uint64_t which) {
    uint64_t starts = block.starts() & which;
    for (uint64_t ends = block.last_bytes() & which; ends != 0; ends &= ends - 1, starts &= starts - 1) {
      const uint32_t last = lowest(ends);
      blanks_up_to(block.base + lowest(starts));
      const bool word = (block.words >> last & 1) != 0;
      add(block.base + last + 1, !word ? Segment::kOther : block.is_number(last) ? Segment::kNumber : Segment::kLetter);
    }
  }
  void stretch(uint32_t begin, const std::vector<Segment>& segments) {
    blanks_up_to(begin);
    for (const Segment& s : segments) add(s.end, s.kind);
  }
  void blanks_up_to(uint32_t place) {
    if (place > end) add(place, Segment::kOther);
  }
  void add(uint32_t behind, Segment::Kind kind) {
    out.push_back({behind, kind});
    end = behind;
  }
  std::vector<Segment>& out;
  uint32_t end = 0;
};

}  // namespace

WordBreaks::WordBreaks() : WordBreaks(WordMasker::best()) {}
WordBreaks::WordBreaks(WordMasker::Path path) : tables_(std::make_unique<const WordTables>(path)) {}
WordBreaks::~WordBreaks() = default;
WordBreaks::WordBreaks(WordBreaks&&) noexcept = default;

void WordBreaks::break_words(std::string_view text, std::vector<Segment>& out) const {
  out.clear();
  out.reserve(text.size() / 3);
  SegmentList list{out};
  scan(text, list);
  list.blanks_up_to(static_cast<uint32_t>(text.size()));
}

void WordBreaks::break_words_by_icu(std::string_view text, std::vector<Segment>& out) const {
  out.clear();
  IcuWords icu(*tables_->prototype);
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin + kStretch < text.size() ? text.find('\n', begin + kStretch) : std::string_view::npos;
    end = end == std::string_view::npos ? text.size() : end + 1;
    icu.append(text.substr(begin, end - begin), static_cast<uint32_t>(begin), out);
    begin = end;
  }
}

}  // namespace newsnlp
