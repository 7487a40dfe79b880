// Room: model. Memory for the tables that are made on loading: megabytes that the system hands over zeroed, so that
// nothing is written twice. (Pages of 2 MB save faults, but a virtual machine may have given theirs back to its host,
// and then they cost many times more.)
#pragma once

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace newsnlp {

/// `size` values, all bytes of them zero at first, from the border of a cache line on.
template <class T>
class Table {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  Table() = default;
  explicit Table(size_t size) : memory_(std::calloc(size * sizeof(T) + kLine, 1)), size_(size) {
    if (memory_ == nullptr) throw std::bad_alloc();
    const auto address = reinterpret_cast<uintptr_t>(memory_.get());
    data_ = reinterpret_cast<T*>((address + kLine - 1) / kLine * kLine);
    map(static_cast<char*>(memory_.get()), size * sizeof(T));
  }

  size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  T* data() noexcept { return data_; }
  const T* data() const noexcept { return data_; }
  T& operator[](size_t i) noexcept { return data_[i]; }
  const T& operator[](size_t i) const noexcept { return data_[i]; }

 private:
  static constexpr size_t kLine = 64;
  static constexpr size_t kPage = 4096;
  // Has all pages given at once, where the system can; else each is written: one that is read first costs a second
  // fault when it is written.
  static void map(char* bytes, size_t size) noexcept {
#ifdef MADV_POPULATE_WRITE
    const auto first = (reinterpret_cast<uintptr_t>(bytes) + kPage - 1) / kPage * kPage;
    const auto last = (reinterpret_cast<uintptr_t>(bytes) + size) / kPage * kPage;
    if (last > first && madvise(reinterpret_cast<void*>(first), last - first, MADV_POPULATE_WRITE) == 0) return;
#endif
    for (size_t i = 0; i < size; i += kPage) static_cast<volatile char*>(bytes)[i] = 0;
  }
  struct Free {
    void operator()(void* memory) const noexcept { std::free(memory); }
  };
  std::unique_ptr<void, Free> memory_;
  T* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace newsnlp
