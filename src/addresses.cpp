// Room: segmenter. Web and e-mail addresses in running text.
#include <algorithm>

#include "token_table.h"
#include "unicode.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace newsnlp {
namespace {

constexpr size_t kLongestName = 64;     // bytes before the '@' of an e-mail address
constexpr size_t kLongestDomain = 255;  // bytes behind it

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}

bool starts_with_ignoring_case(std::string_view text, size_t at, std::string_view lower_ascii) {
  if (text.size() - at < lower_ascii.size()) return false;
  for (size_t i = 0; i < lower_ascii.size(); ++i)
    if ((text[at + i] | 0x20) != lower_ascii[i]) return false;
  return true;
}

// The length in bytes of a mark that ends an address: white space or a quotation mark; 0 for anything else.
size_t ends_web_address(std::string_view text, size_t at) {
  const char c = text[at];
  if (c == '<' || c == '>' || c == '"') return 1;
  size_t next = at;
  const char32_t code = next_code_point(text, next);
  const bool ends = code == 0x201C || code == 0x201D || char_class(code) == CharClass::Space || code == 0x200B ||
                    char_class(code) == CharClass::Other;
  return ends ? next - at : 0;
}

// End of the web address that begins at `begin` and whose letters begin at `at`; `begin` when there is none.
size_t web_end(std::string_view text, size_t begin, size_t at) {
  size_t end = at;
  while (end < text.size() && ends_web_address(text, end) == 0) next_code_point(text, end);
  while (end > at) {
    constexpr std::string_view kTail = ".,;:!?)'";
    constexpr std::string_view kApostrophe = "\u2019";
    const std::string_view address = text.substr(at, end - at);
    if (kTail.find(address.back()) != std::string_view::npos) {
      --end;
    } else if (address.ends_with(kApostrophe)) {
      end -= kApostrophe.size();
    } else {
      break;
    }
  }
  return end > at ? end : begin;
}

Span email_around(std::string_view text, size_t sign, size_t floor) {
  size_t begin = sign;
  while (begin > floor && sign - begin < kLongestName &&
         (is_word(text[begin - 1]) || text[begin - 1] == '.' || text[begin - 1] == '+' || text[begin - 1] == '-'))
    --begin;
  while (begin < sign && ((text[begin] & 0xC0) == 0x80 || text[begin] == '.' || text[begin] == '-')) ++begin;
  const size_t limit = std::min(text.size(), sign + 1 + kLongestDomain);
  size_t end = sign + 1;
  size_t dots = 0;
  while (end < limit) {
    if (is_word(text[end]) || text[end] == '-') {
      ++end;
    } else if (text[end] == '.' && end > sign + 1 && text[end - 1] != '.' && end + 1 < limit &&
               is_word(text[end + 1])) {
      ++dots;
      ++end;
    } else {
      break;
    }
  }
  while (end < text.size() && end > sign && (text[end] & 0xC0) == 0x80) --end;
  if (begin == sign || dots == 0 || end <= sign + 1) return {};
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

// Has the text "@", "//" or "ww", without which no address is?
bool may_have_address(std::string_view text) {
#if defined(__SSE2__)
  const auto any = [](const char* p) {
    const __m128i c = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 1));
    const auto both = [&](char x) {
      return _mm_and_si128(_mm_cmpeq_epi8(c, _mm_set1_epi8(x)), _mm_cmpeq_epi8(next, _mm_set1_epi8(x)));
    };
    const __m128i sign = _mm_cmpeq_epi8(c, _mm_set1_epi8('@'));
    return _mm_movemask_epi8(_mm_or_si128(sign, _mm_or_si128(both('/'), both('w')))) != 0;
  };
  for (; text.size() > 16; text.remove_prefix(16))
    if (any(text.data())) return true;
#endif
  return text.find('@') != std::string_view::npos || text.find("//") != std::string_view::npos ||
         text.find("ww") != std::string_view::npos;
}

}  // namespace

std::vector<Span> find_addresses(std::string_view text) {
  std::vector<Span> found;
  if (!may_have_address(text)) return found;
  constexpr auto kNone = std::string_view::npos;
  size_t done = 0;
  // The next place of each sign; looked for again only when it has been passed.
  size_t scheme = text.find("://");
  size_t www = text.find("www.");
  size_t at = text.find('@');
  while (scheme != kNone || www != kNone || at != kNone) {
    const size_t first = std::min({scheme, www, at});
    Span span;
    if (first == scheme) {
      for (std::string_view name : {std::string_view("https"), std::string_view("http")}) {
        if (first < done + name.size() || !starts_with_ignoring_case(text, first - name.size(), name)) continue;
        const size_t begin = first - name.size();
        if (begin > done && is_word(text[begin - 1])) continue;
        const size_t end = web_end(text, begin, first + 3);
        if (end > first + 3) span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
        break;
      }
      scheme = text.find("://", first + 3);
    } else if (first == www) {
      if (first >= done && (first == 0 || !is_word(text[first - 1]))) {
        const size_t end = web_end(text, first, first + 4);
        if (end > first + 4) span = {static_cast<uint32_t>(first), static_cast<uint32_t>(end)};
      }
      www = text.find("www.", first + 4);
    } else {
      if (first >= done) span = email_around(text, first, done);
      at = text.find('@', first + 1);
    }
    if (span.empty()) continue;
    found.push_back(span);
    done = span.end;
    if (scheme != kNone && scheme < done) scheme = text.find("://", done);
    if (www != kNone && www < done) www = text.find("www.", done);
    if (at != kNone && at < done) at = text.find('@', done);
  }
  return found;
}

}  // namespace newsnlp
