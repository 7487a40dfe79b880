#include "word_breaks.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <optional>

#include "icu_words.h"

namespace newsnlp {
namespace {

// What the word rules do with a character. Order matters: word characters first.
enum Class : uint8_t {
  kMark,    // a segment of its own
  kLetter,  // a word character, as are the next two
  kDigit,
  kExtender,  // joins letters and digits: '_'
  kSpace,     // a run is one segment
  kCarriageReturn,
  kLineFeed,
  kMidLetter,  // joins two letters
  kMidDigit,   // joins two digits
  kMidBoth,
  kUnknown,  // ask ICU
};

constexpr bool is_word(Class c) {
  return c >= kLetter && c <= kExtender;
}

// Asks ICU what it does with single characters.
class Probe {
 public:
  explicit Probe(const icu::BreakIterator& prototype) : iterator_(prototype.clone()) {}

  Class classify(char32_t code) {
    const auto c = static_cast<UChar32>(code);
    if (code == '\r') return kCarriageReturn;
    if (code == '\n') return kLineFeed;
    if (code >= 0x80 && !is_simple(c)) return kUnknown;
    const int32_t size = U16_LENGTH(c);
    const bool behind_letter = first_break({'a', c}) == 1 + size;
    const bool behind_digit = first_break({'1', c}) == 1 + size;
    const bool behind_space = first_break({' ', c}) == 1 + size;
    const bool twice = first_break({c, c}) == 2 * size;
    if (behind_space) return twice && c == ' ' ? kSpace : kUnknown;
    if (behind_letter && behind_digit) {
      first_break({c});
      switch (IcuWords::kind_of(iterator_->getRuleStatus())) {
        case Segment::kLetter:
          return kLetter;
        case Segment::kNumber:
          return kDigit;
        default:
          return twice ? kExtender : kUnknown;
      }
    }
    if (behind_letter || behind_digit || twice) return kUnknown;
    const bool between_letters = first_break({'a', c, 'a'}) == 2 + size;
    const bool between_digits = first_break({'1', c, '1'}) == 2 + size;
    if (between_letters) return between_digits ? kMidBoth : kMidLetter;
    if (between_digits) return kMidDigit;
    first_break({c});
    return IcuWords::kind_of(iterator_->getRuleStatus()) == Segment::kOther ? kMark : kUnknown;
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

struct WordBreaks::Tables {
  Tables() : prototype(IcuWords::make_prototype()) {
    Probe probe(*prototype);
    ascii.fill(kUnknown);
    for (char32_t c = 0; c < 0x80; ++c) ascii[c] = probe.classify(c);
    for (char32_t c = 0; c < two_bytes.size(); ++c) two_bytes[c] = c < 0x80 ? kUnknown : probe.classify(c);
    for (char32_t c = 0; c < punctuation.size(); ++c) punctuation[c] = probe.classify(0x2000 + c);
  }

  // The class of the character at `p` and its bytes; text ends at `end`.
  Class at(const unsigned char* p, const unsigned char* end, uint32_t& size) const {
    const unsigned char c = *p;
    size = 1;
    if (c < 0x80) return ascii[c];
    if (c < 0xE0 && p + 1 < end) {
      size = 2;
      return two_bytes[static_cast<size_t>(c & 0x1F) << 6 | (p[1] & 0x3F)];
    }
    if (c == 0xE2 && p + 2 < end && (p[1] & 0xFE) == 0x80) {
      size = 3;
      return punctuation[static_cast<size_t>(p[1] & 1) << 6 | (p[2] & 0x3F)];
    }
    return kUnknown;
  }

  std::unique_ptr<icu::BreakIterator> prototype;
  std::array<Class, 256> ascii;  // by byte; kUnknown from 0x80
  std::array<Class, 0x800> two_bytes;
  std::array<Class, 0x80> punctuation;  // U+2000-207F
};

WordBreaks::WordBreaks() : tables_(std::make_unique<const Tables>()) {}
WordBreaks::~WordBreaks() = default;
WordBreaks::WordBreaks(WordBreaks&&) noexcept = default;

void WordBreaks::break_words(std::string_view text, std::vector<Segment>& out) const {
  out.clear();
  out.reserve(text.size() / 3);
  const Tables& tables = *tables_;
  const auto* const begin = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = begin + text.size();
  std::optional<IcuWords> icu;
  const unsigned char* p = begin;

  // The stretch from `from` to the first blank behind an ASCII mark or letter goes to ICU: there it breaks in any case.
  const auto ask_icu = [&](const unsigned char* from) {
    const unsigned char* to = from;
    while (to < end && *to == ' ') ++to;
    if (to < end) ++to;
    while (to < end && !(*to == ' ' && to[-1] < 0x80 && to[-1] != ' ')) ++to;
    if (!icu) icu.emplace(*tables.prototype);
    const auto base = static_cast<uint32_t>(from - begin);
    icu->append(text.substr(base, static_cast<size_t>(to - from)), base, out);
    p = to;
  };
  const auto add = [&](Segment::Kind kind) { out.push_back({static_cast<uint32_t>(p - begin), kind}); };

  while (p < end) {
    const unsigned char* const first = p;
    uint32_t size = 0;
    Class c = tables.at(p, end, size);
    if (c == kUnknown) {
      ask_icu(first);
      continue;
    }
    p += size;
    if (is_word(c)) {
      Class last = c;
      Class before = kMark;  // the class before `last`
      bool known = true;
      for (;;) {
        while (p < end && is_word(tables.ascii[*p])) {
          before = last;
          last = tables.ascii[*p++];
        }
        if (p == end) break;
        c = tables.at(p, end, size);
        if (is_word(c)) {
          before = last;
          last = c;
          p += size;
          continue;
        }
        if (c == kUnknown) known = false;
        const bool joins = (last == kLetter && (c == kMidLetter || c == kMidBoth)) ||
                           (last == kDigit && (c == kMidDigit || c == kMidBoth));
        if (!joins || p + size >= end) break;
        uint32_t next_size = 0;
        const Class next = tables.at(p + size, end, next_size);
        if (next == kUnknown) known = false;
        if (next != last) break;
        before = c;
        p += size + next_size;
      }
      if (!known) {
        ask_icu(first);
      } else if (last == kExtender) {
        add(before == kMark ? Segment::kOther : before == kDigit ? Segment::kNumber : Segment::kLetter);
      } else {
        add(last == kLetter ? Segment::kLetter : Segment::kNumber);
      }
      continue;
    }
    if (c == kSpace) {
      while (p < end && *p == ' ') ++p;
    } else if (c == kCarriageReturn || c == kLineFeed) {
      if (c == kCarriageReturn && p < end && *p == '\n') ++p;
      add(Segment::kOther);
      continue;
    }
    // what stands behind may combine with it
    if (p < end && *p >= 0x80 && tables.at(p, end, size) == kUnknown)
      ask_icu(first);
    else
      add(Segment::kOther);
  }
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
