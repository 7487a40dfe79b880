#include "gazetteer.h"

#include <algorithm>
#include <array>

#include "model_file.h"
#include "newsnlp/error.h"

namespace newsnlp {

Gazetteer::Gazetteer(SectionReader& in) {
  fours_ = in.number<uint64_t>();
  buckets_ = in.array<Bucket>();
  sets_ = in.array<uint32_t>();
  if (is_linked_in(std::as_bytes(buckets_))) return;
  if (sets_.empty() && fours_ == 0 && buckets_.empty()) return;
  in.require(
      fours_ > 0 && fours_ < 1U << 30 && homes(fours_) <= buckets_.size() && buckets_.back().values[kKeys - 1] == 0,
      "a gazetteer has no room behind its buckets");
  uint16_t last = 0;
  for (const Bucket& bucket : buckets_)
    for (uint32_t k = 0; k < kKeys; ++k) last = std::max<uint16_t>(last, bucket.values[k]);
  in.require(last <= sets_.size(), "a gazetteer's set is out of range");
}

void Gazetteer::match(std::span<const uint64_t> lower, std::span<const uint32_t> first, std::vector<Found>& out) const {
  uint32_t end = 0;  // behind the last token of `out`; before it they stand one by one, up to a gap
  const auto need = [&](uint32_t token, uint32_t size) {
    for (end = std::max(end, token); end < token + size; ++end) out.push_back({end, {}});
  };
  const auto hit = [&](uint32_t token) -> GazetteerHit& { return (out.end() - (end - token))->hit; };
  for (uint32_t i = 0; i < lower.size(); ++i) {
    if (first[i] == 0) continue;
    std::array<uint32_t, kMaxWords> sets;  // of the first n + 1 words
    uint32_t words = 0;
    uint64_t key = 0;
    uint32_t set = first[i];
    while (true) {
      sets[words++] = set & ~kLonger;
      if ((set & kLonger) == 0 || words == kMaxWords || i + words == lower.size() || lower[i + words] == 0) break;
      if (words == 1) key = extend(0, lower[i]);
      key = extend(key, lower[i + words]);
      set = find(key);
    }
    uint32_t free = i < end ? ~(hit(i).inside | hit(i).last) : ~0U;  // lists: not of a name that has begun before
    for (uint32_t n = words; n > 1; --n) {
      const uint32_t lists = sets[n - 1] & free;
      if (lists == 0) continue;
      free &= ~lists;
      need(i, n);
      hit(i).begin |= lists;
      for (uint32_t k = i + 1; k + 1 < i + n; ++k) hit(k).inside |= lists;
      hit(i + n - 1).last |= lists;
    }
    if ((sets[0] & free) == 0) continue;
    need(i, 1);
    hit(i).unit |= sets[0] & free;
  }
}

void Gazetteer::add(Phrases& phrases, std::span<const uint64_t> lower, uint32_t list) {
  if (lower.empty() || lower.size() > kMaxWords) return;
  uint64_t key = 0;
  for (size_t k = 0; k < lower.size(); ++k) {
    key = extend(key, lower[k]);
    phrases[key] |= k + 1 < lower.size() ? kLonger : 1U << list;
  }
}

void Gazetteer::write(const Phrases& phrases, SectionWriter& out) {
  std::vector<uint32_t> sets;
  for (const auto& [key, set] : phrases) sets.push_back(set);
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  if (sets.size() >= 0xFFFF) throw Error("the gazetteers overlap in too many ways; leave a list out");
  const uint64_t fours = phrases.empty() ? 0 : phrases.size() / 4 + 1;
  std::vector<Bucket> buckets(phrases.empty() ? 0 : homes(fours));
  for (const auto& [key, set] : phrases) {
    uint64_t b = home(key, fours);
    while (b < buckets.size() && buckets[b].values[kKeys - 1] != 0) ++b;
    if (b == buckets.size()) buckets.emplace_back();
    uint32_t k = 0;
    while (buckets[b].values[k] != 0) ++k;
    buckets[b].keys[k] = static_cast<uint16_t>(key);
    buckets[b].values[k] = static_cast<uint16_t>(std::lower_bound(sets.begin(), sets.end(), set) - sets.begin() + 1);
  }
  if (!phrases.empty()) buckets.emplace_back();  // where every search ends
  out.number(fours);
  out.array(buckets);
  out.array(sets);
}

}  // namespace newsnlp
