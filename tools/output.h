// Room: tools. Standard output: whole records or none.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace newsnlp {

/// The output is full, closed or broken; nothing more can be written.
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Output {
 public:
  /// Writes to the file descriptor; a closed pipe becomes an error instead of a signal (SIGPIPE is ignored from now
  /// on).
  explicit Output(int descriptor);

  /// Writes all of it. When a file's disk is full, what was written of this record is cut off again. Throws
  /// OutputError.
  void write(std::string_view record);

  size_t records() const noexcept { return records_; }  ///< written so far
  bool is_terminal() const noexcept;
  /// Columns of the terminal; 80 for anything else.
  size_t width() const noexcept;

 private:
  int descriptor_;
  size_t records_ = 0;
};

}  // namespace newsnlp
