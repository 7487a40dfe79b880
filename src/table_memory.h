// Room: model. Memory for large tables: megabytes that the system hands over zeroed, so that nothing is written twice.
// Table is made on loading, GrowingTable while texts come. (Pages of 2 MB save faults, but a virtual machine may have
// given theirs back to its host, and then they cost many times more.)
#pragma once

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
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

/// Values by number, all bytes of them zero until they are written. Room costs nothing until it is touched, and growing
/// copies nothing where the system can move pages.
template <class T>
class GrowingTable {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  GrowingTable() = default;
  GrowingTable(const GrowingTable&) = delete;
  GrowingTable& operator=(const GrowingTable&) = delete;
  ~GrowingTable() { clear(); }

  /// Makes room for the values below `size`; pointers to values are then invalid. `soon`: most of them will be written,
  /// so the system gives their pages a batch at a time.
  void make_room(size_t size, [[maybe_unused]] bool soon = false) {
    if (size > size_) grow(size);
#ifdef MADV_POPULATE_WRITE
    if (!soon || size * sizeof(T) <= given_) return;
    const size_t end = std::min((size * sizeof(T) + kStep - 1) / kStep * kStep, held());
    madvise(reinterpret_cast<char*>(data_) + given_, end - given_, MADV_POPULATE_WRITE);
    given_ = end;
#endif
  }
  /// All values become zero, and their memory goes back.
  void clear() noexcept {
    if (data_ == nullptr) return;
#ifdef MREMAP_MAYMOVE
    munmap(data_, held());
#else
    ::operator delete (data_, std::align_val_t{kStep});
#endif
    data_ = nullptr;
    size_ = given_ = 0;
  }
  /// Values that there is room for.
  size_t size() const noexcept {
    return size_;
  }
  T* data() noexcept {
    return data_;
  }
  const T* data() const noexcept {
    return data_;
  }
  T& operator[](size_t i) noexcept {
    return data_[i];
  }
  const T& operator[](size_t i) const noexcept {
    return data_[i];
  }

 private:
  static constexpr size_t kStep = size_t{1} << 16;  // bytes; whole pages everywhere
  void grow(size_t size) {
    const size_t bytes = (std::max(size, 2 * size_) * sizeof(T) + kStep - 1) / kStep * kStep;
#ifdef MREMAP_MAYMOVE
    void* const memory = data_ == nullptr ? mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                                                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
                                          : mremap(data_, held(), bytes, MREMAP_MAYMOVE);
    if (memory == MAP_FAILED) throw std::bad_alloc();
#else
    void* const memory = ::operator new (bytes, std::align_val_t{kStep});
    std::memset(memory, 0, bytes);
    if (data_ != nullptr) std::memcpy(memory, data_, held());
    clear();
#endif
    data_ = static_cast<T*>(memory);
    size_ = bytes / sizeof(T);
  }
  size_t held() const noexcept {
    return (size_ * sizeof(T) + kStep - 1) / kStep * kStep;
  }

  T* data_ = nullptr;
  size_t size_ = 0;
  size_t given_ = 0;  // bytes whose pages are there
};

}  // namespace newsnlp
