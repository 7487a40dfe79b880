#include "token_table.h"

#include <array>
#include <bit>

#include "token_block.h"
#include "token_rules.h"
#include "unicode.h"
#include "word_scan.h"

namespace newsnlp {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_alnum(char32_t c) {
  return c != 0 && (is_letter(c) || char_class(c) == CharClass::Digit);
}

// By the last byte of a token, which is ASCII.
struct Sign {
  TokenKind kind = TokenKind::Punctuation;
  bool is_mark = true;
};
constexpr std::array<Sign, 256> kSigns = [] {
  std::array<Sign, 256> signs{};
  for (const char c : std::string_view("$+<=>^`|~")) signs[static_cast<unsigned char>(c)].kind = TokenKind::Symbol;
  for (unsigned char c = '0'; c <= '9'; ++c) signs[c] = {TokenKind::Number, false};
  for (unsigned char c = 'a'; c <= 'z'; ++c) signs[c] = signs[c - 32U] = {TokenKind::Word, false};
  signs[','].is_mark = false;
  return signs;
}();

// A vector that grows by many and is cut to its size once.
template <class T>
class Tail {
 public:
  Tail(std::vector<T>& all, size_t expected) : all_(all) {
    all_.clear();
    all_.resize(expected + kRoom);
  }
  void finish() { all_.resize(size_); }
  uint32_t size() const { return size_; }
  T& back(uint32_t places = 1) { return all_[size_ - places]; }
  void push_back(const T& t) {
    if (size_ == all_.size()) all_.resize(2 * all_.size());
    all_[size_++] = t;
  }
  void pop_back() { --size_; }
  // kRoom places behind the last one may be written; advance() then counts them.
  T* room() {
    if (all_.size() < size_ + kRoom) all_.resize(2 * (size_ + kRoom));
    return all_.data() + size_;
  }
  void advance(const T* end) { size_ = static_cast<uint32_t>(end - all_.data()); }

 private:
  static constexpr size_t kRoom = 65;
  std::vector<T>& all_;
  uint32_t size_ = 0;
};

// What WordBreaks::scan gives its segments to. What stands between blanks and has nothing odd becomes tokens 64 bytes
// at a time; the rest piece by piece, each joined to the tokens before it as the table says.
class TokenTable {
 public:
  TokenTable(std::string_view text, const TokenBlock::Rules& rules, std::vector<Token>& tokens, TokenPlaces& places)
      : text_(text),
        rules_(rules),
        tokens_(tokens, text.size() / 4),
        marks_(places.marks, text.size() / 16),
        gaps_(places.gaps) {
    gaps_.clear();
  }

  uint64_t odd(const WordBlock& block) { return block_.read(block, text_, rules_); }
  void take(const WordBlock& block, uint64_t which) {
    for (uint64_t rest = block_.gaps & which; rest != 0; rest &= rest - 1)
      gaps_.push_back(tokens_.size() + count(block_.starts & which & (rest ^ (rest - 1))));
    const uint32_t first = tokens_.size();
    Token* token = tokens_.room();
    uint32_t* mark = marks_.room();
    uint32_t number = first;
    uint64_t starts = block_.starts & which;
    const unsigned char* const bytes = block_.bytes;
    for (uint64_t ends = block_.last_bytes & which; ends != 0; ends &= ends - 1, starts &= starts - 1) {
      const uint32_t last = lowest(ends);
      const Sign sign = kSigns[bytes[last]];
      *token++ = {{block.base + lowest(starts), block.base + last + 1}, sign.kind, Tag::None};
      *mark = number++;
      mark += sign.is_mark;
    }
    tokens_.advance(token);
    marks_.advance(mark);
    for (uint64_t rest = block_.stops & which; rest != 0; rest &= rest - 1)
      tokens_.back(tokens_.size() - first - count(block_.last_bytes & which & ((rest & -rest) - 1))).kind =
          TokenKind::Word;
  }

  void stretch(uint32_t begin, const std::vector<Segment>& segments) {
    const std::vector<Span> addresses = find_addresses(text_.substr(begin, segments.back().end - begin));
    uint32_t from = begin;
    auto address = addresses.begin();
    for (const Segment& segment : segments) {
      while (address != addresses.end() && begin + address->begin < segment.end) {
        // what stands before the address in this segment, then the address, whatever it covers
        if (from < begin + address->begin) add_segment(from, begin + address->begin, segment.kind);
        from = begin + address->end;
        push({begin + address->begin, from}, TokenKind::Url);
        whole_ = true;
        ++address;
      }
      if (from >= segment.end) continue;
      add_segment(from, segment.end, segment.kind);
      from = segment.end;
    }
  }

  void finish() {
    tokens_.finish();
    marks_.finish();
  }

 private:
  static uint32_t count(uint64_t bits) { return static_cast<uint32_t>(std::popcount(bits)); }

  void add_segment(uint32_t begin, uint32_t end, Segment::Kind kind) {
    const std::string_view word = text_.substr(begin, end - begin);
    if (kind == Segment::kOther) {
      const auto c = static_cast<unsigned char>(word.front());
      if (c == ' ' || c == '\n' || (c >= 0x80 || c < ' ' ? is_all_invisible(word) : false)) {
        if (word.find_first_not_of(' ') != std::string_view::npos) gaps_.push_back(tokens_.size());
        return;
      }
    }
    if (kind == Segment::kLetter)
      for (size_t stop = word.find('.'); stop != std::string_view::npos; stop = word.find('.', stop + 1)) {
        if (!is_glued_stop(text_, begin + stop)) continue;
        const auto at = static_cast<uint32_t>(begin + stop);
        add_segment(begin, at, kind);
        add(at, at + 1, TokenKind::Punctuation);
        return add_segment(at + 1, end, kind);
      }
    const size_t clitic = kind == Segment::kLetter && word.size() > 2 ? clitic_begin(word) : word.size();
    const auto cut = static_cast<uint32_t>(begin + clitic);
    add_between_low_lines(begin, cut, kind);
    if (cut < end) push({cut, end}, TokenKind::Word);
  }

  void push(Span span, TokenKind kind) {
    marks_.push_back(tokens_.size());
    tokens_.push_back({span, kind, Tag::None});
  }
  std::string_view of(Span span) const { return text_.substr(span.begin, span.size()); }
  // The token `back` places before the end, if there is one and `begin` touches it.
  const Token* touching(uint32_t back, uint32_t begin) {
    if (tokens_.size() < back) return nullptr;
    const Token& t = tokens_.back(back);
    return t.span.end == begin ? &t : nullptr;
  }

  void add_between_low_lines(uint32_t begin, uint32_t end, Segment::Kind kind) {
    const std::string_view word = text_.substr(begin, end - begin);
    if (word.find('_') == std::string_view::npos) return add(begin, end, kind_of_token(word, kind));
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
        while (marks_.size() > 0 && marks_.back() >= tokens_.size()) marks_.pop_back();
        push({join, end}, kind);
        if (word == "." && tokens_.back().span.size() > 1 && text_[join] != '.') tokens_.back().kind = TokenKind::Word;
        whole_ = word.front() != '-' && !(word == "." && text_[join] == '.') && kind == TokenKind::Punctuation;
        return;
      }
    }
    push({begin, end}, kind);
  }

  // Where the token that a word or number joins begins; kNoJoin if it stays alone.
  uint32_t join_word(const Token& last, std::string_view word, TokenKind kind) {
    const std::string_view mark = of(last.span);
    if (last.kind == TokenKind::Word || last.kind == TokenKind::Number || mark.size() > 3) return kNoJoin;
    const char32_t first = code_point(word, 0);
    if ((mark == "#" || mark == "@") && is_alnum(first)) return last.span.begin;
    const Token* before = touching(2, last.span.begin);
    if (mark == "&" && before != nullptr && is_alnum(first) && is_alnum(code_point(text_, before->span.begin)))
      return before->span.begin;
    if (before != nullptr && is_digit(word.front()) && is_digit(text_[before->span.end - 1]) && is_hyphen(mark))
      return before->span.begin;
    return kind == TokenKind::Word && is_apostrophe(mark) && is_clitic(word) ? last.span.begin : kNoJoin;
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
        return before.front() == '.' || keeps_stop(text_, before, end, rules_.abbreviations, rules_.lower_case)
                   ? last.span.begin
                   : kNoJoin;
      default:
        return kNoJoin;
    }
  }

  static constexpr uint32_t kNoJoin = 0xFFFFFFFF;

  std::string_view text_;
  const TokenBlock::Rules& rules_;
  TokenBlock block_;
  Tail<Token> tokens_;
  Tail<uint32_t> marks_;
  std::vector<uint32_t>& gaps_;
  bool whole_ = false;  // the last token is an address or a joined one that takes no more
};

}  // namespace

struct TokenMaker::Tables {
  WordBreaks word_breaks;
  TokenSigns signs;
};

TokenMaker::TokenMaker() : tables_(std::make_unique<const Tables>()) {}
TokenMaker::~TokenMaker() = default;
TokenMaker::TokenMaker(TokenMaker&&) noexcept = default;

void TokenMaker::make(std::string_view text, const Abbreviations& abbreviations, bool lower_case,
                      std::vector<Token>& tokens, TokenPlaces& places) const {
  const TokenBlock::Rules rules{tables_->signs, abbreviations, lower_case};
  TokenTable table(text, rules, tokens, places);
  tables_->word_breaks.scan(text, table);
  table.finish();
}

void TokenMaker::make_by_icu(std::string_view text, const Abbreviations& abbreviations, bool lower_case,
                             std::vector<Token>& tokens, TokenPlaces& places) const {
  const TokenBlock::Rules rules{tables_->signs, abbreviations, lower_case};
  TokenTable table(text, rules, tokens, places);
  std::vector<Segment> segments;
  tables_->word_breaks.break_words_by_icu(text, segments);
  if (!segments.empty()) table.stretch(0, segments);
  table.finish();
}

}  // namespace newsnlp
