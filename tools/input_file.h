// Room: tools. A file that is read in order, whole or line by line, in bounded memory.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

namespace newsnlp {

class InputFile {
 public:
  /// "-" is standard input. Throws Error with path and reason; a folder is no file.
  explicit InputFile(const std::string& path);

  /// The rest of the file, at most `limit` bytes; false when there is more. Throws Error.
  bool read_all(std::string& out, size_t limit);

  enum class Line { Read, TooLong, End };
  /// The next line without its line break (\n or \r\n). A line over `limit` bytes is passed over and counted.
  Line read_line(std::string& out, size_t limit);

  uint64_t line() const noexcept { return line_; }    ///< number of the line read last, from 1
  uint64_t bytes() const noexcept { return bytes_; }  ///< read so far
  const std::string& path() const noexcept { return path_; }

 private:
  bool fill();

  struct Close {
    void operator()(std::FILE* file) const noexcept;
  };
  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::string buffer_;
  size_t at_ = 0;  // of buffer_
  uint64_t line_ = 0;
  uint64_t bytes_ = 0;
};

/// The whole file, for lists and patterns. Throws Error.
std::string read_file(const std::string& path);

}  // namespace newsnlp
