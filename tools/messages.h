// Room: tools. What is said to the person at the terminal, on standard error: errors, and how far the work is.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace newsnlp {

class Messages {
 public:
  explicit Messages(bool progress);
  ~Messages();
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;

  /// One line, "newsnlp: …". Control characters become '?'.
  void say(const std::string& message);
  /// So many articles are done and so many bytes read. Shown now and then, on one line of a terminal.
  void progress(uint64_t articles, uint64_t bytes, bool last = false);

 private:
  void clear_line();

  using Clock = std::chrono::steady_clock;
  bool progress_;
  bool terminal_;
  bool line_open_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_ = start_;
};

}  // namespace newsnlp
