#include "allocations.h"

#include <cstdlib>
#include <new>

namespace {
thread_local size_t calls = 0;  // a counter for all threads would make them wait for each other

void* counted(size_t size, size_t alignment) {
  ++calls;
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
  return calls;
}

}  // namespace newsnlp
