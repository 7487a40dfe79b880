#include "hash_index.h"

#include <algorithm>
#include <numeric>

#include "model_file.h"

namespace newsnlp {

HashIndex::HashIndex(SectionReader& in) {
  starts_ = in.array<uint32_t>();
  keys_ = in.array<uint32_t>();
  if (is_linked_in(std::as_bytes(starts_))) return;
  in.require(!starts_.empty() && starts_.front() == 0 && starts_.back() == keys_.size() &&
                 std::is_sorted(starts_.begin(), starts_.end()),
             "the buckets of an index are out of range");
}

std::vector<uint32_t> HashIndex::write(std::span<const uint64_t> hashes, SectionWriter& out) {
  std::vector<uint32_t> order(hashes.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return hashes[a] < hashes[b]; });
  const uint64_t buckets = hashes.size() / 4 + 1;
  std::vector<uint32_t> starts(buckets + 1, 0);
  std::vector<uint32_t> keys;
  keys.reserve(hashes.size());
  for (uint32_t i : order) {
    ++starts[bucket(hashes[i], buckets) + 1];
    keys.push_back(static_cast<uint32_t>(hashes[i]));
  }
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  out.array(starts);
  out.array(keys);
  return order;
}

}  // namespace newsnlp
