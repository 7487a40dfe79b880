#include "sentence_breaks.h"

#include <algorithm>
#include <array>

#include "unicode.h"

namespace newsnlp {
namespace {

constexpr uint32_t kMostMarks = 8;    // closing or opening marks that are looked through
constexpr uint32_t kCueDistance = 8;  // tokens between a quotation and the verb that tells who spoke it

constexpr size_t kFew = 200;  // so many small letters for one capital: the text has none

enum MarkKind : uint8_t { kNoMark = 0, kOpening = 1, kClosing = 2, kEither = 3 };

MarkKind mark_kind(std::string_view word) {
  if (word.empty() || word.size() > 3) return kNoMark;
  switch (static_cast<unsigned char>(word.front())) {
    case '"':
    case '\'':
      return kEither;
    case '(':
    case '[':
    case '`':
      return kOpening;
    case ')':
    case ']':
      return kClosing;
    case 0xC2:
      return word == "\u00AB" ? kOpening : word == "\u00BB" ? kClosing : kNoMark;
    case 0xE2:
      if (word == "\u201C" || word == "\u201E" || word == "\u2018") return kOpening;
      return word == "\u201D" || word == "\u2019" ? kClosing : kNoMark;
    default:
      return kNoMark;
  }
}

// By the last byte of a token: does a sentence end behind it, or a quotation or bracket open with it?
enum class Last : uint8_t {
  Perhaps,
  Never,
  NotAlone,  // never, when it is the whole token
};
constexpr std::array<Last, 256> kLast = [] {
  std::array<Last, 256> last{};
  for (unsigned char c = 0; c < 0x80; ++c)
    if (std::string_view(".?!\"'()[]`").find(static_cast<char>(c)) == std::string_view::npos) last[c] = Last::NotAlone;
  for (unsigned char c = '0'; c <= '9'; ++c) last[c] = Last::Never;
  for (unsigned char c = 'a'; c <= 'z'; ++c) last[c] = last[c - 32U] = Last::Never;
  last[','] = Last::Never;
  return last;
}();

class SentenceBreaker {
 public:
  SentenceBreaker(std::string_view text, const std::vector<Token>& tokens, IndexRange range,
                  const Abbreviations& abbreviations, bool lower_case)
      : text_(text), tokens_(tokens), range_(range), abbreviations_(abbreviations), lower_case_(lower_case) {}

  void run(std::span<const uint32_t> marks, std::vector<Sentence>& sentences) {
    begin_ = behind_clock();
    if (begin_ > range_.begin) add(range_.begin, begin_, sentences);
    first_mark_ = kNone;
    for (const uint32_t i : marks) {
      if (i + 1 >= range_.end) break;
      if (i < begin_) continue;
      const std::string_view word = of(i);
      const Last last = kLast[static_cast<unsigned char>(word.back())];
      if (last == Last::Never || (last == Last::NotAlone && word.size() == 1)) continue;
      if (first_mark_ == kNone && (mark_kind(word) & kOpening) != 0) first_mark_ = i;
      if (!ends_behind(i)) continue;
      add(begin_, i + 1, sentences);
      begin_ = i + 1;
      first_mark_ = kNone;
    }
    if (begin_ < range_.end) add(begin_, range_.end, sentences);
  }

 private:
  void add(uint32_t begin, uint32_t end, std::vector<Sentence>& sentences) const {
    for (; end - begin > kLongestSentence; begin += kLongestSentence)
      sentences.push_back(make_sentence(tokens_, begin, begin + kLongestSentence));
    sentences.push_back(make_sentence(tokens_, begin, end));
  }

  static constexpr uint32_t kNone = 0xFFFFFFFF;

  std::string_view of(uint32_t i) const { return text_.substr(tokens_[i].span.begin, tokens_[i].span.size()); }
  bool touch(uint32_t i) const { return tokens_[i].span.end == tokens_[i + 1].span.begin; }

  static bool is_number(std::string_view word, size_t least, size_t most) {
    return word.size() >= least && word.size() <= most &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  // "14:32 Police say …", "9.15pm GMT – Police say …": the entry of a live blog begins behind its time. The first token
  // there; the range's first one: there is none.
  uint32_t behind_clock() const {
    static constexpr auto kHalves = std::to_array<std::string_view>({"am", "pm", "a.m", "p.m"});
    static constexpr auto kZones = std::to_array<std::string_view>(
        {"gmt", "bst", "utc", "cet", "cest", "ist", "et", "est", "edt", "pt", "pst", "pdt", "aest", "sast", "wat"});
    const char first = text_[tokens_[range_.begin].span.begin];
    if (first < '0' || first > '9' || range_.size() < 4) return range_.begin;
    std::string_view minutes = of(range_.begin);
    uint32_t t = range_.begin + 1;
    const size_t point = minutes.find_first_of(":.");
    const bool one = point != std::string_view::npos;  // a token
    if (!is_number(one ? minutes.substr(0, point) : minutes, 1, 2)) return range_.begin;
    bool colon = true;
    if (one) {
      colon = minutes[point] == ':';
      minutes.remove_prefix(point + 1);
    } else {
      if (of(t) != ":" || !touch(t - 1) || !touch(t)) return range_.begin;
      minutes = of(++t);
      ++t;
    }
    const auto is_one_of = [](std::string_view word, const auto& list) {
      std::string form = lower(word);
      while (form.ends_with('.')) form.pop_back();
      return std::find(list.begin(), list.end(), form) != list.end();
    };
    bool half = minutes.size() > 2 && is_one_of(minutes.substr(2), kHalves);
    if (!is_number(minutes.substr(0, 2), 2, 2) || (minutes.size() > 2 && !half)) return range_.begin;
    if (t < range_.end && !half && is_one_of(of(t), kHalves)) half = (++t, true);
    const bool zone = t < range_.end && is_one_of(of(t), kZones);
    if (zone) ++t;
    static constexpr auto kSigns = std::to_array<std::string_view>({"-", "–", "—", "|", ":", "--"});
    const bool sign = t < range_.end && std::find(kSigns.begin(), kSigns.end(), of(t)) != kSigns.end();
    if (sign) ++t;
    if (t + 1 >= range_.end || (!colon && !half && !zone && !sign)) return range_.begin;
    return begins_with_capital(of(t)) || (mark_kind(of(t)) & kOpening) != 0 ? t : range_.begin;
  }

  bool ends_behind(uint32_t i) const {
    uint32_t stop = i;
    while (stop > begin_ && i - stop < kMostMarks && (mark_kind(of(stop)) & kClosing) != 0 && touch(stop - 1)) --stop;
    const std::string_view terminal = of(stop);
    const char z = terminal.back();
    if (z != '.' && z != '?' && z != '!' && terminal != "\u2026") return false;
    const std::string_view next = of(i + 1);
    if (touch(i)) {
      // "He left!She stayed." — a blank is missing
      const bool glued =
          stop == i && terminal.size() == 1 && begins_with_capital(next) && i > begin_ && of(i - 1).size() > 2;
      if (!glued || (mark_kind(next) & kClosing) != 0) return false;
    }
    if (mark_kind(next) == kClosing) return false;
    uint32_t start = i + 1;
    while (start + 1 < range_.end && start - i < kMostMarks && (mark_kind(of(start)) & kOpening) != 0) ++start;
    const std::string_view word = of(start);
    if (!starts_sentence(word)) return false;
    if (terminal.size() > 1 && z == '.' && terminal.front() != '.') return abbreviation_ends(terminal, word);
    return !(stop < i && z != '.' && start == i + 1 && cue_follows(i));
  }

  bool starts_sentence(std::string_view word) const {
    size_t at = 0;
    const char32_t c = next_code_point(word, at);
    const CharClass k = char_class(c);
    return k == CharClass::Upper || k == CharClass::Digit || (lower_case_ && k == CharClass::Lower) || c == '-' ||
           c == 0x2013 || c == 0x2014 || c == 0x2022 || c == '*' || c == '#' || c == '@';
  }

  // Does the sentence end behind this abbreviation, when `next` follows?
  bool abbreviation_ends(std::string_view abbreviation, std::string_view next) const {
    const std::string_view word = abbreviation.substr(0, abbreviation.size() - 1);
    switch (abbreviations_.find(word, lower_case_)) {
      case Abbreviation::BeforeName:
      case Abbreviation::BeforeNumber:
        return false;
      case Abbreviation::MayEnd:
        break;
      case Abbreviation::None:
        if (word.size() == 1 && !begins_with_capital(word)) return false;
    }
    return (lower_case_ || begins_with_capital(next)) && abbreviations_.is_starter(lower(next));
  }

  // A quotation ends with ? or ! at token `i`. Do the next words name its speaker (“Go!” Ann Smith cried.)? Only where
  // the sentence holds nothing but the quotation.
  bool cue_follows(uint32_t i) const {
    if (first_mark_ != kNone && first_mark_ != begin_ && first_mark_ != i) return false;
    const uint32_t end = std::min(range_.end, i + 1 + kCueDistance);
    for (uint32_t k = i + 1; k < end; ++k) {
      const std::string_view word = of(k);
      if (mark_kind(word) != kNoMark && word != "(" && word != ")") return false;
      const char last = word.back();
      if ((last == '.' && word.size() == 1) || last == '?' || last == '!' || last == ':') return false;
      if (abbreviations_.is_cue(word)) return true;
    }
    return false;
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  IndexRange range_;
  const Abbreviations& abbreviations_;
  uint32_t begin_ = 0;
  bool lower_case_;
  uint32_t first_mark_ = kNone;  // the first mark of the sentence that may open a quotation
};

}  // namespace

Sentence make_sentence(const std::vector<Token>& tokens, uint32_t begin, uint32_t end) {
  return {{tokens[begin].span.begin, tokens[end - 1].span.end}, {begin, end}};
}

void break_sentences(std::string_view text, const std::vector<Token>& tokens, IndexRange range,
                     std::span<const uint32_t> marks, const Abbreviations& abbreviations, bool lower_case,
                     std::vector<Sentence>& sentences) {
  SentenceBreaker(text, tokens, range, abbreviations, lower_case).run(marks, sentences);
}

bool is_lower_case(std::string_view text) {
  constexpr size_t kBlock = 255;  // counts of a byte
  size_t small = 0;
  size_t capital = 0;
  for (size_t i = 0; i < text.size(); i += kBlock) {
    const std::string_view block = text.substr(i, kBlock);
    uint8_t small_here = 0;
    uint8_t capital_here = 0;
    for (const char c : block) {
      small_here = static_cast<uint8_t>(small_here + (c >= 'a' && c <= 'z' ? 1 : 0));
      capital_here = static_cast<uint8_t>(capital_here + (c >= 'A' && c <= 'Z' ? 1 : 0));
    }
    small += small_here;
    capital += capital_here;
    if (capital * kFew >= text.size()) return false;  // whatever follows
  }
  return capital * kFew < small;
}

}  // namespace newsnlp
