#include "table_memory.h"

#include <cstdint>
#include <cstdlib>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace newsnlp {
namespace {

constexpr size_t kAlignment = 64;

#ifdef __linux__
constexpr size_t kHuge = size_t{2} << 20;
constexpr size_t kPage = size_t{64} << 10;  // a multiple of every system's

// The last part stays on small pages unless it is most of a huge one.
size_t whole_pages(size_t bytes) noexcept {
  const size_t rest = bytes % kHuge;
  return bytes - rest + (rest >= kHuge / 2 ? kHuge : (rest + kPage - 1) / kPage * kPage);
}

// From a border of kHuge on; null if the system gives none.
void* map(size_t bytes) noexcept {
  void* all = mmap(nullptr, bytes + kHuge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED) return nullptr;
  auto* begin = static_cast<char*>(all);
  const size_t before = (kHuge - reinterpret_cast<uintptr_t>(begin) % kHuge) % kHuge;
  if (before > 0) munmap(begin, before);
  if (before < kHuge) munmap(begin + before + bytes, kHuge - before);
  begin += before;
  madvise(begin, bytes / kHuge * kHuge, MADV_HUGEPAGE);  // advice: it does not matter if it is not taken
  return begin;
}
#endif

}  // namespace

TableMemory::TableMemory(size_t bytes) {
  if (bytes == 0) return;
#ifdef __linux__
  if (bytes >= kHuge / 2) {
    mapped_ = whole_pages(bytes);
    data_ = map(mapped_);
    if (data_ == nullptr) throw std::bad_alloc();
    return;
  }
#endif
  const size_t whole = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  data_ = std::aligned_alloc(kAlignment, whole);
  if (data_ == nullptr) throw std::bad_alloc();
  std::memset(data_, 0, whole);
}

TableMemory::~TableMemory() {
#ifdef __linux__
  if (mapped_ > 0) {
    munmap(data_, mapped_);
    return;
  }
#endif
  std::free(data_);
}

}  // namespace newsnlp
