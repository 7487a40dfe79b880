// Room: model. Memory for the tables that are made on loading and then read all over the place: on pages of 2 MB where
// the system has them, which saves hundreds of page faults on loading and waits for addresses later.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <type_traits>
#include <utility>

namespace newsnlp {

/// Zeroed bytes. From a megabyte on they begin on a page of their own.
class TableMemory {
 public:
  TableMemory() = default;
  explicit TableMemory(size_t bytes);
  ~TableMemory();
  TableMemory(TableMemory&& other) noexcept { swap(other); }
  TableMemory& operator=(TableMemory&& other) noexcept {
    swap(other);
    return *this;
  }
  void* data() const noexcept { return data_; }

 private:
  void swap(TableMemory& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(mapped_, other.mapped_);
  }

  void* data_ = nullptr;
  size_t mapped_ = 0;  // bytes; 0: from calloc
};

/// `size` values, all bytes of them zero at first.
template <class T>
class Table {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  Table() = default;
  explicit Table(size_t size) : memory_(size * sizeof(T)), size_(size) {}

  size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  T* data() noexcept { return static_cast<T*>(memory_.data()); }
  const T* data() const noexcept { return static_cast<const T*>(memory_.data()); }
  T& operator[](size_t i) noexcept { return data()[i]; }
  const T& operator[](size_t i) const noexcept { return data()[i]; }

 private:
  TableMemory memory_;
  size_t size_ = 0;
};

}  // namespace newsnlp
