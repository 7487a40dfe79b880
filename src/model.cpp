#include "newsnlp/model.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "model_file.h"
#include "newsnlp/error.h"
#include "unicode.h"

namespace newsnlp {
namespace {

constexpr char kMagic[8] = {'n', 'e', 'w', 's', 'n', 'l', 'p', '\n'};
constexpr size_t kHeader = 32;

struct TableRow {
  char name[48];
  uint64_t offset;
  uint64_t size;
};
static_assert(sizeof(TableRow) == 64);

constexpr size_t aligned(size_t n) {
  return (n + 63) & ~size_t{63};
}

// CRC-64/XZ, eight bytes a step (slicing): ECMA-182 polynomial, reflected.
constexpr std::array<std::array<uint64_t, 256>, 8> kCrc = [] {
  std::array<std::array<uint64_t, 256>, 8> t{};
  for (uint64_t i = 0; i < 256; ++i) {
    uint64_t c = i;
    for (int k = 0; k < 8; ++k) c = (c & 1) != 0 ? (c >> 1) ^ 0xC96C5795D7870F42ULL : c >> 1;
    t[0][i] = c;
  }
  for (size_t i = 0; i < 256; ++i)
    for (size_t s = 1; s < 8; ++s) t[s][i] = (t[s - 1][i] >> 8) ^ t[0][t[s - 1][i] & 0xFF];
  return t;
}();

template <class T>
T read(std::span<const std::byte> bytes, size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

uint64_t crc64(std::span<const std::byte> bytes) noexcept {
  uint64_t crc = ~uint64_t{0};
  size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    crc ^= read<uint64_t>(bytes, i);
    uint64_t next = 0;
    for (size_t s = 0; s < 8; ++s) next ^= kCrc[7 - s][(crc >> (8 * s)) & 0xFF];
    crc = next;
  }
  for (; i < bytes.size(); ++i) crc = (crc >> 8) ^ kCrc[0][(crc ^ static_cast<uint64_t>(bytes[i])) & 0xFF];
  return ~crc;
}

std::string pack_model(const ModelSections& sections) {
  size_t at = aligned(kHeader + sections.size() * sizeof(TableRow));
  std::string out(at, '\0');
  size_t row = 0;
  for (const auto& [name, bytes] : sections) {
    TableRow r{};
    if (name.size() >= sizeof r.name) throw ModelError("section name \"" + name + "\" is longer than 47 bytes");
    name.copy(r.name, name.size());
    r.offset = at;
    r.size = bytes.size();
    std::memcpy(out.data() + kHeader + row++ * sizeof r, &r, sizeof r);
    out += bytes;
    at = aligned(out.size());
    out.resize(at);
  }
  const auto count = static_cast<uint32_t>(sections.size());
  const auto size = static_cast<uint64_t>(out.size());
  std::memcpy(out.data(), kMagic, 8);
  std::memcpy(out.data() + 8, &kModelFormat, 4);
  std::memcpy(out.data() + 12, &count, 4);
  std::memcpy(out.data() + 16, &size, 8);
  const uint64_t crc = crc64(std::as_bytes(std::span(out)).subspan(kHeader));
  std::memcpy(out.data() + 24, &crc, 8);
  return out;
}

void Model::check(std::span<const std::byte> bytes, Damage damage) {
  const auto fail = [&](const std::string& found, const std::string& expected) {
    throw ModelError(name_ + ": " + found + "; expected " + expected +
                     ". Train it again with this version, or leave --model out to use the built-in model");
  };
  if (bytes.size() < kHeader || std::memcmp(bytes.data(), kMagic, 8) != 0)
    fail(bytes.empty() ? "the file is empty" : "this is no newsnlp model", "a file that begins with \"newsnlp\"");
  if (const auto format = read<uint32_t>(bytes, 8); format != kModelFormat)
    fail("model format " + std::to_string(format), "format " + std::to_string(kModelFormat));
  if (const auto size = read<uint64_t>(bytes, 16); size != bytes.size())
    fail("the file has " + std::to_string(bytes.size()) + " bytes", std::to_string(size) + " bytes as its header says");
  checksum_ = read<uint64_t>(bytes, 24);
  if (damage == Damage::Possible && crc64(bytes.subspan(kHeader)) != checksum_)
    fail("the checksum does not match", "undamaged bytes");
  const auto count = read<uint32_t>(bytes, 12);
  if (count > (bytes.size() - kHeader) / sizeof(TableRow)) fail("the section table is cut off", "a whole table");
  for (uint32_t i = 0; i < count; ++i) {
    // The table stays where it is: section names are views of it.
    const std::byte* at = bytes.data() + kHeader + i * sizeof(TableRow);
    const char* name = reinterpret_cast<const char*>(at);
    TableRow r;
    std::memcpy(&r, at, sizeof r);
    if (r.name[sizeof r.name - 1] != '\0' || r.offset % 64 != 0 || r.offset > bytes.size() ||
        r.size > bytes.size() - r.offset)
      fail("row " + std::to_string(i) + " of the section table is damaged", "an aligned section inside the file");
    const Section section{std::string_view(name), bytes.subspan(r.offset, r.size)};
    // The readers of lists and patterns take their characters for granted.
    const bool text = section.name.ends_with(".txt") || section.name.ends_with(".tsv");
    if (damage == Damage::Possible && text && find_invalid_utf8(as_text(section.bytes)) != std::string_view::npos)
      fail("section " + std::string(section.name) + " is not valid UTF-8", "a list or patterns in UTF-8");
    sections_.push_back(section);
  }
}

std::shared_ptr<const Model> Model::from_bytes(std::string bytes, const std::string& name) {
  std::shared_ptr<Model> model(new Model);
  model->name_ = name;
  // 64-byte alignment: the storage is padded and the file begins at its first aligned byte.
  model->storage_.resize(bytes.size() + 63);
  const auto address = reinterpret_cast<uintptr_t>(model->storage_.data());
  std::byte* begin = model->storage_.data() + ((64 - address % 64) % 64);
  std::memcpy(begin, bytes.data(), bytes.size());
  model->check({begin, bytes.size()}, Damage::Possible);
  return model;
}

std::shared_ptr<const Model> Model::open(const std::string& path) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  // What does not begin as a model is not read on: it may have no end.
  std::string bytes(kHeader, '\0');
  in.read(bytes.data(), kHeader);
  const bool whole = in.good();
  bytes.resize(static_cast<size_t>(in.gcount()));
  bool read = in.good() || in.eof();
  if (whole && std::memcmp(bytes.data(), kMagic, sizeof kMagic) == 0) {
    std::ostringstream rest;
    rest << in.rdbuf();
    read = !in.bad() && !rest.bad();
    bytes += rest.view();
  }
  if (!read) {
    const std::string why = errno != 0 ? std::strerror(errno) : "it is no readable file";
    throw ModelError(path + ": the model cannot be read (" + why +
                     "); check the path, or leave --model out to use the built-in model");
  }
  return from_bytes(std::move(bytes), path);
}

std::span<const std::byte> Model::section(std::string_view name) const noexcept {
  for (const Section& s : sections_)
    if (s.name == name) return s.bytes;
  return {};
}

std::vector<std::string_view> Model::sections() const {
  std::vector<std::string_view> out;
  for (const Section& s : sections_) out.push_back(s.name);
  return out;
}

std::string_view text_section(const Model& model, std::string_view name) {
  return as_text(model.section(name));
}

}  // namespace newsnlp
