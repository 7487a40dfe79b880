#include "token_table.h"

#include <algorithm>
#include <array>

#include "unicode.h"
#include "word_scan.h"

namespace newsnlp {
namespace {

constexpr std::string_view kApostrophes[] = {"'", "\u2019", "\u2018", "\u00B4", "\u02BC"};
constexpr std::string_view kHyphens[] = {"-", "\u2010", "\u2011"};
constexpr std::string_view kClitics[] = {"s", "m", "d", "re", "ve", "ll"};

char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool ends_with_ignoring_case(std::string_view word, std::string_view lower_ascii) {
  if (word.size() < lower_ascii.size()) return false;
  const size_t begin = word.size() - lower_ascii.size();
  for (size_t i = 0; i < lower_ascii.size(); ++i)
    if (ascii_lower(word[begin + i]) != lower_ascii[i]) return false;
  return true;
}

// Bytes of the apostrophe at the end of `word`; 0 if there is none.
size_t apostrophe_at_end(std::string_view word) {
  for (std::string_view a : kApostrophes)
    if (word.ends_with(a)) return a.size();
  return 0;
}

template <class List>
bool is_one_of(std::string_view word, const List& list) {
  for (std::string_view s : list)
    if (word == s) return true;
  return false;
}

// May this byte end an apostrophe?
bool may_be_apostrophe(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u == '\'' || u == 0x98 || u == 0x99 || u == 0xB4 || u == 0xBC;
}

// Where the clitic of `word`, of three bytes or more, begins; word.size() if it has none.
size_t clitic_begin(std::string_view word) {
  if (!may_be_apostrophe(word[word.size() - 2]) && !may_be_apostrophe(word[word.size() - 3])) return word.size();
  switch (ascii_lower(word.back())) {
    case 't': {
      const std::string_view stem = word.substr(0, word.size() - 1);
      const size_t mark = apostrophe_at_end(stem);
      if (mark == 0 || stem.size() < mark + 2 || ascii_lower(stem[stem.size() - mark - 1]) != 'n') break;
      return stem.size() - mark - 1;
    }
    case 's':
    case 'm':
    case 'd':
    case 'e':
    case 'l':
      for (std::string_view clitic : kClitics) {
        if (!ends_with_ignoring_case(word, clitic)) continue;
        const std::string_view stem = word.substr(0, word.size() - clitic.size());
        const size_t mark = apostrophe_at_end(stem);
        if (mark > 0 && stem.size() > mark) return stem.size() - mark;
      }
      break;
    default:
      break;
  }
  return word.size();
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The first code point at or behind `at`; 0 at the end of the text.
char32_t code_point(std::string_view text, size_t at) {
  return at < text.size() ? next_code_point(text, at) : 0;
}

bool is_alnum(char32_t c) {
  return c != 0 && (is_letter(c) || char_class(c) == CharClass::Digit);
}

// "S" and "U.S": letters with full stops between them. `count` is the number of letters.
bool is_dotted_letters(std::string_view word, size_t& count) {
  count = 0;
  for (size_t i = 0; i < word.size();) {
    if (!is_letter(next_code_point(word, i))) return false;
    ++count;
    if (i == word.size()) return true;
    if (word[i++] != '.') return false;
  }
  return false;
}

// Takes the pieces of the text in order and joins each to the tokens before it as the table says.
class TokenTable {
 public:
  TokenTable(std::string_view text, const Abbreviations& abbreviations, bool lower_case, std::vector<Token>& tokens,
             TokenPlaces& places)
      : text_(text), abbreviations_(abbreviations), lower_case_(lower_case), tokens_(tokens), places_(places) {
    tokens_.clear();
    tokens_.reserve(text.size() / 5);
    places_.marks.clear();
    places_.gaps.clear();
  }

  // What WordBreaks::scan calls.
  void plain(uint32_t begin, uint32_t end, Segment::Kind kind) {
    const TokenKind word = kind == Segment::kLetter ? TokenKind::Word : TokenKind::Number;
    if (!tokens_.empty() && tokens_.back().span.end == begin) return add(begin, end, word);
    tokens_.push_back({{begin, end}, word, Tag::None});
    whole_ = false;
  }
  void blanks(uint32_t, uint32_t) {}
  void segment(uint32_t begin, uint32_t end, Segment::Kind kind) {
    if (end - begin == 1) {
      const auto c = static_cast<unsigned char>(text_[begin]);
      if (kAlone[c] != kJoins) {
        whole_ = false;
        if (c != ',') places_.marks.push_back(static_cast<uint32_t>(tokens_.size()));
        return tokens_.push_back({{begin, end}, kAlone[c], Tag::None});
      }
    }
    const std::string_view word = text_.substr(begin, end - begin);
    if (kind == Segment::kOther) {
      const auto c = static_cast<unsigned char>(word.front());
      if (c == ' ' || c == '\n' || (c >= 0x80 || c < ' ' ? all_invisible(word) : false)) {
        places_.gaps.push_back(static_cast<uint32_t>(tokens_.size()));
        return;
      }
    }
    const size_t clitic = kind == Segment::kLetter && word.size() > 2 ? clitic_begin(word) : word.size();
    const auto cut = static_cast<uint32_t>(begin + clitic);
    add_between_low_lines(begin, cut, kind);
    if (cut < end) tokens_.push_back({{cut, end}, TokenKind::Word, Tag::None});
  }

  void add_address(Span span) {
    push(span, TokenKind::Url);
    whole_ = true;
  }

 private:
  // ASCII marks and symbols that join no token before them; kJoins for all else.
  static constexpr TokenKind kJoins = TokenKind::Word;
  static constexpr std::array<TokenKind, 256> kAlone = [] {
    std::array<TokenKind, 256> kinds{};
    kinds.fill(kJoins);
    for (const char c : std::string_view("!\"#%&()*,/:;?[\\]{}"))
      kinds[static_cast<unsigned char>(c)] = TokenKind::Punctuation;
    for (const char c : std::string_view("$+<=>^|~")) kinds[static_cast<unsigned char>(c)] = TokenKind::Symbol;
    return kinds;
  }();

  static bool all_invisible(std::string_view word) {
    for (size_t i = 0; i < word.size();)
      if (!is_invisible(next_code_point(word, i))) return false;
    return true;
  }
  void push(Span span, TokenKind kind) {
    places_.marks.push_back(static_cast<uint32_t>(tokens_.size()));
    tokens_.push_back({span, kind, Tag::None});
  }
  std::string_view of(Span span) const { return text_.substr(span.begin, span.size()); }
  // The token `back` places before the end, if there is one and `begin` touches it.
  const Token* touching(size_t back, uint32_t begin) const {
    if (tokens_.size() < back) return nullptr;
    const Token& t = tokens_[tokens_.size() - back];
    return t.span.end == begin ? &t : nullptr;
  }

  void add_between_low_lines(uint32_t begin, uint32_t end, Segment::Kind kind) {
    const std::string_view word = text_.substr(begin, end - begin);
    if (word.find('_') == std::string_view::npos) return add(begin, end, kind_of(word, kind));
    for (uint32_t i = 0; i < word.size();) {
      const bool low = word[i] == '_';
      uint32_t k = i;
      while (k < word.size() && (word[k] == '_') == low) ++k;
      const std::string_view piece = word.substr(i, k - i);
      const TokenKind piece_kind = low                      ? TokenKind::Punctuation
                                   : is_digit(piece.back()) ? TokenKind::Number
                                                            : TokenKind::Word;
      add(begin + i, begin + k, piece_kind);
      i = k;
    }
  }

  static TokenKind kind_of(std::string_view word, Segment::Kind kind) {
    if (kind == Segment::kLetter) return TokenKind::Word;
    if (kind == Segment::kNumber) return TokenKind::Number;
    switch (char_class(code_point(word, 0))) {
      case CharClass::Punctuation:
        return TokenKind::Punctuation;
      case CharClass::Digit:
        return TokenKind::Number;
      case CharClass::Lower:
      case CharClass::Upper:
      case CharClass::Letter:
        return TokenKind::Word;
      default:
        return TokenKind::Symbol;
    }
  }

  void add(uint32_t begin, uint32_t end, TokenKind kind) {
    if (begin == end) return;
    const bool whole = whole_;
    whole_ = false;
    if (const Token* last = touching(1, begin); last != nullptr && !(whole && last->kind == TokenKind::Url)) {
      const std::string_view word = text_.substr(begin, end - begin);
      const uint32_t join = kind == TokenKind::Word || kind == TokenKind::Number ? join_word(*last, word, kind)
                                                                                 : join_mark(*last, word, end, whole);
      if (join != kNoJoin) {
        while (tokens_.back().span.begin > join) tokens_.pop_back();
        tokens_.pop_back();
        while (!places_.marks.empty() && places_.marks.back() >= tokens_.size()) places_.marks.pop_back();
        push({join, end}, kind);
        if (word == "." && tokens_.back().span.size() > 1 && text_[join] != '.') tokens_.back().kind = TokenKind::Word;
        whole_ = word.front() != '-' && !(word == "." && text_[join] == '.') && kind == TokenKind::Punctuation;
        return;
      }
    }
    push({begin, end}, kind);
  }

  // Where the token that a word or number joins begins; kNoJoin if it stays alone.
  uint32_t join_word(const Token& last, std::string_view word, TokenKind kind) const {
    const std::string_view mark = of(last.span);
    if (last.kind == TokenKind::Word || last.kind == TokenKind::Number || mark.size() > 3) return kNoJoin;
    const char32_t first = code_point(word, 0);
    if ((mark == "#" || mark == "@") && is_alnum(first)) return last.span.begin;
    const Token* before = touching(2, last.span.begin);
    if (mark == "&" && before != nullptr && is_alnum(first) && is_alnum(code_point(text_, before->span.begin)))
      return before->span.begin;
    if (before != nullptr && is_digit(word.front()) && is_digit(text_[before->span.end - 1]) &&
        is_one_of(mark, kHyphens))
      return before->span.begin;
    if (kind == TokenKind::Word && word.size() <= 2 && is_one_of(mark, kApostrophes))
      for (std::string_view clitic : kClitics)
        if (word.size() == clitic.size() && ends_with_ignoring_case(word, clitic)) return last.span.begin;
    return kNoJoin;
  }

  uint32_t join_mark(const Token& last, std::string_view word, uint32_t end, bool whole) const {
    if (whole) return kNoJoin;
    const std::string_view before = of(last.span);
    if (word.size() != 1) return before == word && (word == "‘" || word == "’") ? last.span.begin : kNoJoin;
    switch (word.front()) {
      case '\'':
      case '`':
        return before == word ? last.span.begin : kNoJoin;
      case '-':
        return before.front() == '-' ? last.span.begin : kNoJoin;
      case '.':
        return before.front() == '.' || keeps_stop(before, end) ? last.span.begin : kNoJoin;
      default:
        return kNoJoin;
    }
  }

  // `end`: behind the full stop.
  bool keeps_stop(std::string_view word, uint32_t end) const {
    if (code_point(text_, end) == '.' || !is_letter(code_point(word, 0))) return false;
    const size_t behind = std::min(text_.find_first_not_of(' ', end), text_.size());
    const char32_t next = code_point(text_, behind);
    switch (abbreviations_.find(word, lower_case_)) {
      case Abbreviation::BeforeName:
      case Abbreviation::MayEnd:
        return true;
      case Abbreviation::BeforeNumber:
        return next >= '0' && next <= '9';
      case Abbreviation::None:
        break;
    }
    size_t letters = 0;
    if (word == "I" || !is_dotted_letters(word, letters)) return false;
    const bool lower = letters == 1 && char_class(code_point(word, 0)) == CharClass::Lower;
    return !lower || (next != 0 && char_class(next) == CharClass::Lower);
  }

  static constexpr uint32_t kNoJoin = 0xFFFFFFFF;

  std::string_view text_;
  const Abbreviations& abbreviations_;
  bool lower_case_;
  std::vector<Token>& tokens_;
  TokenPlaces& places_;
  bool whole_ = false;  // the last token is an address or a joined one that takes no more
};

}  // namespace

void make_tokens(std::string_view text, const WordBreaks& word_breaks, const Abbreviations& abbreviations,
                 bool lower_case, std::vector<Token>& tokens, TokenPlaces& places) {
  const std::vector<Span> addresses = find_addresses(text);
  TokenTable table(text, abbreviations, lower_case, tokens, places);
  if (addresses.empty()) return word_breaks.scan(text, table);
  std::vector<Segment> segments;
  word_breaks.break_words(text, segments);
  auto address = addresses.begin();
  uint32_t begin = 0;
  for (const Segment& segment : segments) {
    while (address != addresses.end() && address->begin < segment.end) {
      // what stands before the address in this segment, then the address, whatever it covers
      if (begin < address->begin) table.segment(begin, address->begin, segment.kind);
      begin = address->end;
      table.add_address(*address++);
    }
    if (begin >= segment.end) continue;
    table.segment(begin, segment.end, segment.kind);
    begin = segment.end;
  }
}

}  // namespace newsnlp
