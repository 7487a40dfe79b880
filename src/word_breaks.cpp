#include "word_breaks.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "word_scan.h"

namespace newsnlp {
namespace {

// Asks ICU what it does with single characters.
class Probe {
 public:
  explicit Probe(const icu::BreakIterator& prototype) : iterator_(prototype.clone()) {}

  WordClass classify(char32_t code) {
    const auto c = static_cast<UChar32>(code);
    if (code == '\r') return WordClass::CarriageReturn;
    if (code == '\n') return WordClass::LineFeed;
    if (code >= 0x80 && !is_simple(c)) return WordClass::Unknown;
    const int32_t size = U16_LENGTH(c);
    const bool behind_letter = first_break({'a', c}) == 1 + size;
    const bool behind_digit = first_break({'1', c}) == 1 + size;
    const bool behind_space = first_break({' ', c}) == 1 + size;
    const bool twice = first_break({c, c}) == 2 * size;
    if (behind_space) return twice && c == ' ' ? WordClass::Space : WordClass::Unknown;
    if (behind_letter && behind_digit) {
      first_break({c});
      switch (IcuWords::kind_of(iterator_->getRuleStatus())) {
        case Segment::kLetter:
          return WordClass::Letter;
        case Segment::kNumber:
          return WordClass::Digit;
        default:
          return twice ? WordClass::Extender : WordClass::Unknown;
      }
    }
    if (behind_letter || behind_digit || twice) return WordClass::Unknown;
    const bool between_letters = first_break({'a', c, 'a'}) == 2 + size;
    const bool between_digits = first_break({'1', c, '1'}) == 2 + size;
    if (between_letters) return between_digits ? WordClass::MidBoth : WordClass::MidLetter;
    if (between_digits) return WordClass::MidDigit;
    first_break({c});
    return IcuWords::kind_of(iterator_->getRuleStatus()) == Segment::kOther ? WordClass::Mark : WordClass::Unknown;
  }

 private:
  int32_t first_break(std::initializer_list<UChar32> characters) {
    text_.remove();
    for (UChar32 c : characters) text_.append(c);
    iterator_->setText(text_);
    return iterator_->next();
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

  std::unique_ptr<icu::BreakIterator> iterator_;
  icu::UnicodeString text_;
};

constexpr size_t kStretch = 1 << 16;  // bytes that go to ICU at once; it ends at a line break, which no segment crosses

}  // namespace

WordTables::WordTables() : prototype(IcuWords::make_prototype()) {
  Probe probe(*prototype);
  ascii.fill(WordClass::Unknown);
  for (char32_t c = 0; c < 0x80; ++c) ascii[c] = probe.classify(c);
  for (char32_t c = 0; c < two_bytes.size(); ++c) two_bytes[c] = c < 0x80 ? WordClass::Unknown : probe.classify(c);
  for (char32_t c = 0; c < punctuation.size(); ++c) punctuation[c] = probe.classify(0x2000 + c);
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
