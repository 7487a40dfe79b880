#include "input_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "newsnlp/error.h"

namespace newsnlp {
namespace {

constexpr size_t kChunk = size_t{1} << 16;
constexpr size_t kListLimit = size_t{256} << 20;

[[noreturn]] void fail(const std::string& path, const char* why) {
  throw Error(path + ": cannot be read: " + why);
}

}  // namespace

void InputFile::Close::operator()(std::FILE* file) const noexcept {
  if (file != stdin) std::fclose(file);
}

InputFile::InputFile(const std::string& path) : path_(path) {
  file_.reset(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
  if (!file_) fail(path, std::strerror(errno));
  struct stat status;
  if (fstat(fileno(file_.get()), &status) == 0 && S_ISDIR(status.st_mode)) fail(path, "it is a folder");
}

bool InputFile::fill() {
  buffer_.resize(kChunk);
  at_ = 0;
  errno = 0;
  buffer_.resize(std::fread(buffer_.data(), 1, kChunk, file_.get()));
  if (buffer_.empty() && std::ferror(file_.get()) != 0) fail(path_, std::strerror(errno));
  bytes_ += buffer_.size();
  return !buffer_.empty();
}

bool InputFile::read_all(std::string& out, size_t limit) {
  out.clear();
  while (at_ < buffer_.size() || fill()) {
    const size_t room = limit - out.size();
    if (buffer_.size() - at_ > room) return false;
    out.append(buffer_, at_);
    at_ = buffer_.size();
  }
  return true;
}

InputFile::Line InputFile::read_line(std::string& out, size_t limit) {
  out.clear();
  bool too_long = false;
  bool any = false;
  while (at_ < buffer_.size() || fill()) {
    any = true;
    const size_t end = std::min(buffer_.find('\n', at_), buffer_.size());
    too_long = too_long || end - at_ > limit - out.size();
    if (too_long)
      out.clear();
    else
      out.append(buffer_, at_, end - at_);
    at_ = end;
    if (end == buffer_.size()) continue;
    ++at_;
    break;
  }
  if (!any) return Line::End;
  ++line_;
  if (too_long) return Line::TooLong;
  if (!out.empty() && out.back() == '\r') out.pop_back();
  return Line::Read;
}

std::string read_file(const std::string& path) {
  InputFile file(path);
  std::string out;
  if (!file.read_all(out, kListLimit)) fail(path, "it is too large");
  return out;
}

}  // namespace newsnlp
