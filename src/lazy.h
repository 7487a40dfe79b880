// Room: patterns. A value that is made on first use, by whichever thread comes first, and then shared by all.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

namespace newsnlp {

/// get() may be called from any number of threads; moving may not run beside anything else.
template <class T>
class Lazy {
 public:
  Lazy() = default;
  ~Lazy() { delete value_.load(std::memory_order_relaxed); }
  Lazy(Lazy&& other) noexcept : value_(other.value_.exchange(nullptr, std::memory_order_relaxed)) {}
  Lazy(const Lazy&) = delete;
  Lazy& operator=(const Lazy&) = delete;
  Lazy& operator=(Lazy&&) = delete;

  /// make() returns a unique_ptr<const T>. Where two threads make it at once, one of the two is kept.
  template <class Make>
  const T& get(Make make) const {
    if (const T* value = value_.load(std::memory_order_acquire); value != nullptr) return *value;
    std::unique_ptr<const T> made = make();
    const T* first = nullptr;
    if (value_.compare_exchange_strong(first, made.get(), std::memory_order_acq_rel)) return *made.release();
    return *first;
  }

 private:
  mutable std::atomic<const T*> value_{nullptr};
};

}  // namespace newsnlp
