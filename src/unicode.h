// Room: unicode. UTF-8 checks, case and character classes. ICU is used here and in the segmenter, nowhere else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace newsnlp {

/// Byte offset of the first byte that is not valid UTF-8 (surrogates and overlong forms count as invalid);
/// std::string_view::npos when all is well. Linear time, no allocation.
size_t find_invalid_utf8(std::string_view text) noexcept;

/// The code point that begins at `at`, which must lie on a boundary of valid UTF-8; moves `at` behind it.
char32_t next_code_point(std::string_view text, size_t& at) noexcept;

enum class CharClass : uint8_t { Lower, Upper, Letter, Digit, Mark, Space, Punctuation, Symbol, Other };

/// Letter: a letter without case.
CharClass char_class(char32_t c) noexcept;
bool is_letter(char32_t c) noexcept;
/// The text without the U+FEFF that it may begin with.
std::string_view without_byte_order_mark(std::string_view text) noexcept;
/// The first code point is a capital letter; false for an empty text.
bool begins_with_capital(std::string_view text) noexcept;
/// White space, control characters, and format characters such as U+200B and U+FEFF.
bool is_invisible(char32_t c) noexcept;

char32_t to_lower(char32_t c) noexcept;

/// Appends the lower-case form, code point by code point; the apostrophes ’ ʼ ‘ become '.
void append_lower(std::string_view text, std::string& out);
std::string lower(std::string_view text);

void append_utf8(char32_t c, std::string& out);

}  // namespace newsnlp
