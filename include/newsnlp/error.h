// The two doors that can fail: the text that comes in, and the model. Past them analysis is total.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace newsnlp {

/// Base of every error that the library reports. what() names the place and the remedy and never repeats the article.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The text is not valid UTF-8, or is larger than Options::max_bytes.
class TextError : public Error {
 public:
  TextError(const std::string& message, size_t offset) : Error(message), offset_(offset) {}
  /// Byte offset of the first bad byte; for a text that is too large, the limit in bytes.
  size_t offset() const noexcept { return offset_; }

 private:
  size_t offset_;
};

/// A model file is missing, truncated, damaged or of another format. what() says what was found, what was expected
/// and what to do.
class ModelError : public Error {
 public:
  using Error::Error;
};

/// A person's own list (names, aliases, cues, patterns) or a label file has a broken line. what() starts "file:line:".
class ListError : public Error {
 public:
  using Error::Error;
};

}  // namespace newsnlp
