#include "word_breaks.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

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
    for (const auto& line : {std::u16string{'a', c}, {'1', c}, {' ', c}, {c, c}, {'a', c, 'a'}, {'1', c, '1'}, {c}}) {
      text_.append(line.data(), static_cast<int32_t>(line.size()));
      text_.append(u'\n');
    }
  }
  void ask() {
    breaks_.assign(static_cast<size_t>(text_.length()) + 1, kNoBreak);
    iterator_->setText(text_);
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
    const bool is_blank = text_[static_cast<int32_t>(at_ - 2)] == ' ';
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
  icu::UnicodeString text_;
  std::vector<uint8_t> breaks_;  // by place: the kind of the segment that ends there, or kNoBreak
  size_t at_ = 0;
};

constexpr size_t kStretch = 1 << 16;  // bytes that go to ICU at once; it ends at a line break, which no segment crosses

}  // namespace

WordTables::WordTables() : prototype(IcuWords::make_prototype()) {
  ascii.fill(WordClass::Unknown);
  two_bytes.fill(WordClass::Unknown);
  punctuation.fill(WordClass::Unknown);
  Probe probe(*prototype);
  std::u16string letters;
  const auto is_letter = [](char32_t c) {
    return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_WORD_BREAK) == U_WB_ALETTER;
  };
  for (char32_t c = 0x80; c < two_bytes.size(); ++c)
    if (is_letter(c) && Probe::is_simple(static_cast<UChar32>(c))) letters += static_cast<char16_t>(c);
  const bool sure = probe.are_letters(letters);  // all at once, which is most of them
  if (sure)
    for (const char16_t c : letters) two_bytes[c] = WordClass::Letter;
  const auto each_other = [&](auto visit) {
    for (char32_t c = 0; c < 0x80; ++c)
      if (c != '\r' && c != '\n') visit(c, ascii[c]);
    for (char32_t c = 0x80; c < two_bytes.size(); ++c)
      if (!(sure && is_letter(c)) && Probe::is_simple(static_cast<UChar32>(c))) visit(c, two_bytes[c]);
    for (char32_t c = 0x2000; c < 0x2000 + punctuation.size(); ++c)
      if (Probe::is_simple(static_cast<UChar32>(c))) visit(c, punctuation[c - 0x2000]);
  };
  each_other([&](char32_t c, WordClass&) { probe.add(c); });
  probe.ask();
  each_other([&](char32_t, WordClass& known) { known = probe.next(); });
  ascii['\r'] = WordClass::CarriageReturn;
  ascii['\n'] = WordClass::LineFeed;
}

namespace {

struct SegmentList {
  void plain(uint32_t, uint32_t end, Segment::Kind kind) { out.push_back({end, kind}); }
  void blanks(uint32_t, uint32_t end) { out.push_back({end, Segment::kOther}); }
  void segment(uint32_t, uint32_t end, Segment::Kind kind) { out.push_back({end, kind}); }
  std::vector<Segment>& out;
};

}  // namespace

WordBreaks::WordBreaks() : tables_(std::make_unique<const WordTables>()) {}
WordBreaks::~WordBreaks() = default;
WordBreaks::WordBreaks(WordBreaks&&) noexcept = default;

void WordBreaks::break_words(std::string_view text, std::vector<Segment>& out) const {
  out.clear();
  out.reserve(text.size() / 3);
  SegmentList list{out};
  scan(text, list);
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
