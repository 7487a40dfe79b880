// Room: model. One section of a model file: little-endian numbers and arrays, each array aligned to 64 bytes.
//
//   u32 a | u64 b | pad | array: u64 count, pad to 64, count * sizeof(T) bytes | string: u32 length, bytes | …
//
// What SectionWriter writes in order, SectionReader reads in the same order.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "newsnlp/error.h"

namespace newsnlp {

static_assert(std::endian::native == std::endian::little, "model sections are little-endian and read in place");

class SectionWriter {
 public:
  template <class T>
  void number(T value) {
    static_assert(std::is_arithmetic_v<T>);
    raw(&value, sizeof value);
  }
  void string(std::string_view s) {
    number(static_cast<uint32_t>(s.size()));
    raw(s.data(), s.size());
  }
  template <class T>
  void array(std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    number(static_cast<uint64_t>(values.size()));
    pad();
    raw(values.data(), values.size_bytes());
  }
  template <class T>
  void array(const std::vector<T>& values) {
    array(std::span<const T>(values));
  }
  const std::string& bytes() const noexcept { return bytes_; }

 private:
  void pad() { bytes_.resize((bytes_.size() + 63) & ~size_t{63}); }
  void raw(const void* data, size_t size) { bytes_.append(static_cast<const char*>(data), size); }
  std::string bytes_;
};

/// Every read is checked against the section's end: too short is a ModelError that names the section.
class SectionReader {
 public:
  /// `bytes` must be 64-byte aligned and outlive what array() returns.
  SectionReader(std::span<const std::byte> bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {}

  template <class T>
  T number() {
    static_assert(std::is_arithmetic_v<T>);
    T value;
    std::memcpy(&value, take(sizeof value), sizeof value);
    return value;
  }
  std::string_view string() {
    const auto size = number<uint32_t>();
    return {reinterpret_cast<const char*>(take(size)), size};
  }
  /// A view of the array where it stands.
  template <class T>
  std::span<const T> array() {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 64);
    const auto count = number<uint64_t>();
    take((64 - at_ % 64) % 64);
    if (count > bytes_.size() / sizeof(T)) fail("an array is longer than the section");
    return {reinterpret_cast<const T*>(take(count * sizeof(T))), static_cast<size_t>(count)};
  }
  void require(bool ok, const char* expected) const {
    if (!ok) fail(expected);
  }
  bool at_end() const noexcept { return at_ == bytes_.size(); }
  [[noreturn]] void fail(const std::string& what) const {
    throw ModelError("model section \"" + name_ + "\" is damaged: " + what +
                     "; use a model that this version of newsnlp wrote");
  }

 private:
  const std::byte* take(size_t size) {
    if (size > bytes_.size() - at_) fail("it ends too early");
    const std::byte* p = bytes_.data() + at_;
    at_ += size;
    return p;
  }
  std::span<const std::byte> bytes_;
  size_t at_ = 0;
  std::string name_;
};

}  // namespace newsnlp
