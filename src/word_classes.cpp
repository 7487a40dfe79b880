#include "word_classes.h"

#include <algorithm>
#include <numeric>

#include "model_file.h"

namespace newsnlp {

WordClasses::WordClasses(std::span<const std::byte> section) {
  if (section.empty()) return;
  SectionReader in(section, "classes");
  starts_ = in.array<uint32_t>();
  words_ = in.array<uint32_t>();
  triples_ = in.array<uint32_t>();
  if (is_linked_in(section)) return;
  in.require(!starts_.empty() && starts_.front() == 0 && starts_.back() == words_.size() &&
                 std::is_sorted(starts_.begin(), starts_.end()),
             "the buckets of the words are out of range");
  uint32_t last = 0;  // without branches, so that vectors do it
  for (uint32_t w : words_) last = std::max(last, w & ((1U << kTripleBits) - 1));
  in.require(words_.empty() || last < triples_.size(), "a triple is out of range");
  last = 0;
  for (uint32_t t : triples_) last = std::max(last, t >> 18);
  in.require(last < 3000, "a word class is out of range");
}

WordClasses::Entry WordClasses::find(uint64_t lower) const noexcept {
  if (words_.empty()) return {};
  const uint64_t b = bucket(lower, starts_.size() - 1);
  for (uint32_t i = starts_[b]; i < starts_[b + 1]; ++i) {
    if (words_[i] >> kTripleBits != key(lower)) continue;
    const uint32_t t = triples_[words_[i] & ((1U << kTripleBits) - 1)];
    return {static_cast<uint16_t>((t & 0xFF) + 1), static_cast<uint16_t>((t >> 8 & 0x3FF) + 1),
            static_cast<uint16_t>((t >> 18) + 1)};
  }
  return {};
}

void WordClasses::write(std::span<const Row> rows, SectionWriter& out) {
  const auto triple = [](const Row& r) {
    return static_cast<uint32_t>(r.class_256 | r.class_1024 << 8 | r.class_3000 << 18);
  };
  std::vector<uint32_t> triples;
  for (const Row& r : rows) triples.push_back(triple(r));
  std::sort(triples.begin(), triples.end());
  triples.erase(std::unique(triples.begin(), triples.end()), triples.end());
  if (triples.size() > size_t{1} << kTripleBits) throw Error("the word classes occur together in too many ways");
  const uint64_t buckets = rows.size() / 8 + 1;
  std::vector<uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return bucket(rows[a].lower, buckets) < bucket(rows[b].lower, buckets);
  });
  std::vector<uint32_t> starts(buckets + 1, 0);
  std::vector<uint32_t> words;
  for (uint32_t i : order) {
    ++starts[bucket(rows[i].lower, buckets) + 1];
    const auto t = std::lower_bound(triples.begin(), triples.end(), triple(rows[i])) - triples.begin();
    words.push_back(key(rows[i].lower) << kTripleBits | static_cast<uint32_t>(t));
  }
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  out.array(starts);
  out.array(words);
  out.array(triples);
}

}  // namespace newsnlp
