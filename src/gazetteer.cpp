#include "gazetteer.h"

#include <algorithm>
#include <array>

#include "newsnlp/error.h"

namespace newsnlp {

Gazetteer::Gazetteer(SectionReader& in) : index_(in) {
  values_ = in.array<uint16_t>();
  sets_ = in.array<uint32_t>();
  in.require(values_.size() == index_.size(), "a gazetteer's values do not fit its index");
  uint16_t last = 0;
  for (uint16_t v : values_) last = std::max(last, v);
  in.require(values_.empty() || (last < sets_.size() && last < 0xFFFF), "a gazetteer's set is out of range");
  if (index_.size() == 0) return;
  buckets_ = Table<Bucket>(index_.buckets());
  for (uint64_t b = 0; b < index_.buckets(); ++b) {
    const uint32_t first = index_.first(b);
    const uint32_t count = std::min(index_.first(b + 1) - first, kKept);
    for (uint32_t k = 0; k < count; ++k) {
      buckets_[b].keys[k] = index_.keys()[first + k];
      buckets_[b].values[k] = static_cast<uint16_t>(values_[first + k] + 1);
    }
  }
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
  std::vector<uint64_t> keys;
  std::vector<uint32_t> found;
  for (const auto& [key, set] : phrases) {
    keys.push_back(key);
    found.push_back(set);
  }
  std::vector<uint32_t> sets = found;
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  if (sets.size() > 0xFFFF) throw Error("the gazetteers overlap in too many ways; leave a list out");
  std::vector<uint16_t> values;
  for (uint32_t i : HashIndex<uint16_t>::write(keys, out))
    values.push_back(static_cast<uint16_t>(std::lower_bound(sets.begin(), sets.end(), found[i]) - sets.begin()));
  out.array(values);
  out.array(sets);
}

}  // namespace newsnlp
