#include "allocations.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<size_t> calls{0};

void* counted(size_t size, size_t alignment) {
  calls.fetch_add(1, std::memory_order_relaxed);
  if (size == 0) size = 1;
  void* p = alignment == 0 ? std::malloc(size)
                           : std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}
}  // namespace

// The other forms of the standard library call these.
void* operator new(size_t size) {
  return counted(size, 0);
}
void* operator new(size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<size_t>(alignment));
}
void operator delete(void* p) noexcept {
  std::free(p);
}
void operator delete(void* p, size_t) noexcept {
  std::free(p);
}
void operator delete(void* p, std::align_val_t) noexcept {
  std::free(p);
}
void operator delete(void* p, size_t, std::align_val_t) noexcept {
  std::free(p);
}

namespace newsnlp {

size_t allocations() noexcept {
  return calls.load(std::memory_order_relaxed);
}

}  // namespace newsnlp
