#include "messages.h"

#include <unistd.h>

#include <cstdio>

namespace newsnlp {

Messages::Messages(bool progress) : progress_(progress), terminal_(isatty(STDERR_FILENO) != 0) {}

Messages::~Messages() {
  if (line_open_) std::fputc('\n', stderr);
}

void Messages::clear_line() {
  if (line_open_) std::fputs("\r\x1B[K", stderr);
  line_open_ = false;
}

void Messages::say(const std::string& message) {
  clear_line();
  std::string line = "newsnlp: " + message;
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void Messages::progress(uint64_t articles, uint64_t bytes, bool last) {
  if (!progress_) return;
  const Clock::time_point now = Clock::now();
  const auto pause = terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(5000);
  if (!last && now - shown_ < pause) return;
  shown_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double megabytes = static_cast<double>(bytes) / 1e6;
  clear_line();
  std::fprintf(stderr, "newsnlp: %llu articles, %.1f MB in %.1f s, %.2f MB/s",
               static_cast<unsigned long long>(articles), megabytes, seconds, seconds > 0 ? megabytes / seconds : 0.0);
  line_open_ = terminal_ && !last;
  if (!line_open_) std::fputc('\n', stderr);
  std::fflush(stderr);
}

}  // namespace newsnlp
