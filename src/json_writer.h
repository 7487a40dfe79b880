// Room: json. Writes one line of JSON. Keys come out in the order in which they are written; nothing is parsed here.
//
//   JsonWriter w;  w.begin('{').key("id").string(id).key("spans").begin('[')…end(']').end('}');  w.take()
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace newsnlp {

class JsonWriter {
 public:
  /// Opens an object or an array: '{' or '['.
  JsonWriter& begin(char bracket);
  /// Closes it: '}' or ']'.
  JsonWriter& end(char bracket);
  /// `name` needs no escape.
  JsonWriter& key(std::string_view name);

  /// A string that needs no escape.
  JsonWriter& word(std::string_view value);
  /// Any bytes: what is not UTF-8 becomes U+FFFD. Line breaks of every kind are escaped, so that a record is one line.
  JsonWriter& string(std::string_view value);
  JsonWriter& number(uint64_t value);
  /// Four decimals, rounded to nearest.
  JsonWriter& score(float value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();

  std::string take() noexcept { return std::move(out_); }

 private:
  void separate();
  void escaped(std::string_view value);

  std::string out_;
  bool comma_ = false;  // something stands before the next element of this object or array
};

}  // namespace newsnlp
