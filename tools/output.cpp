#include "output.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

namespace newsnlp {

Output::Output(int descriptor) : descriptor_(descriptor) {
  std::signal(SIGPIPE, SIG_IGN);
}

void Output::write(std::string_view record) {
  if (record.empty()) return;
  struct stat before;
  const bool file = fstat(descriptor_, &before) == 0 && S_ISREG(before.st_mode);
  const bool at_end =
      file && ((fcntl(descriptor_, F_GETFL) & O_APPEND) != 0 || lseek(descriptor_, 0, SEEK_CUR) == before.st_size);
  while (!record.empty()) {
    const ssize_t n = ::write(descriptor_, record.data(), record.size());
    if (n >= 0) {
      record.remove_prefix(static_cast<size_t>(n));
    } else if (errno != EINTR) {
      const std::string why = std::strerror(errno);
      if (at_end && ftruncate(descriptor_, before.st_size) != 0)
        throw OutputError("cannot write the output: " + why + "; its last record is cut off");
      throw OutputError("cannot write the output: " + why);
    }
  }
  ++records_;
}

bool Output::is_terminal() const noexcept {
  return isatty(descriptor_) != 0;
}

size_t Output::width() const noexcept {
  winsize size{};
  if (is_terminal() && ioctl(descriptor_, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

}  // namespace newsnlp
