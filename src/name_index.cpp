#include "name_index.h"

#include "hash.h"

namespace newsnlp {

// None of these is inlined: they are called from many places that run once an article, when no code is in the caches.

void NameIndex::clear(size_t expected) {
  size_t size = 64;
  while (size < 4 * expected) size *= 2;
  slots_.assign(size, kEnd);
  nodes_.resize(1);
  keys_ = 0;
}

void NameIndex::put(uint64_t key, uint8_t place, uint32_t value) {
  key = mix(key, place);
  if (2 * (keys_ + 1) > slots_.size()) [[unlikely]]
    grow();
  uint32_t& newest = slots_[slot(key)];
  if (newest == kEnd)
    ++keys_;
  else if (nodes_[newest].value == value)
    return;
  nodes_.push_back({key, value, newest});
  newest = static_cast<uint32_t>(nodes_.size() - 1);
}

uint32_t NameIndex::first(uint64_t key, uint8_t place) const noexcept {
  return slots_[slot(mix(key, place))];
}

uint32_t NameIndex::newest(uint64_t key, uint8_t place) const noexcept {
  return nodes_[first(key, place)].value;
}

void NameIndex::grow() {
  std::vector<uint32_t> old(slots_.size() * 2);
  old.swap(slots_);
  for (const uint32_t n : old)
    if (n != kEnd) slots_[slot(nodes_[n].key)] = n;
}

}  // namespace newsnlp
