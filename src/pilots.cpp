#include "pilots.h"

#include <algorithm>
#include <numeric>

#include "newsnlp/error.h"

namespace newsnlp {
namespace {

// Puts features into groups, those of one pilot at a time.
class Search {
 public:
  Search(std::span<const uint64_t> features, uint32_t together, size_t groups)
      : features_(features), together_(together), keys_(groups) {}

  // The first pilot that puts all of `shared` into groups with room; false: none does.
  bool find(const std::vector<uint32_t>& shared, uint8_t& pilot, std::vector<uint32_t>& group) {
    for (uint32_t p = 0; p < 256; ++p) {
      size_t put = 0;
      while (put < shared.size() && add(shared[put], static_cast<uint8_t>(p), group)) ++put;
      if (put == shared.size()) {
        pilot = static_cast<uint8_t>(p);
        return true;
      }
      while (put-- > 0) keys_[group[shared[put]]].pop_back();
    }
    return false;
  }

 private:
  bool add(uint32_t i, uint8_t pilot, std::vector<uint32_t>& group) {
    const size_t g = Pilots::group(features_[i], pilot, keys_.size());
    const auto key = static_cast<uint32_t>(features_[i]);
    std::vector<uint32_t>& keys = keys_[g];
    if (keys.size() == together_ || std::find(keys.begin(), keys.end(), key) != keys.end()) return false;
    keys.push_back(key);
    group[i] = static_cast<uint32_t>(g);
    return true;
  }

  std::span<const uint64_t> features_;
  uint32_t together_;
  std::vector<std::vector<uint32_t>> keys_;  // of each group
};

// The features of each pilot, without those that cannot be told from an earlier one.
std::vector<std::vector<uint32_t>> by_pilot(std::span<const uint64_t> features, uint64_t buckets) {
  std::vector<std::vector<uint32_t>> shared(Pilots::count(buckets));
  for (uint32_t i = 0; i < features.size(); ++i) {
    std::vector<uint32_t>& here = shared[Pilots::number(features[i], buckets)];
    const auto same = [&](uint32_t j) {
      return static_cast<uint32_t>(features[j]) == static_cast<uint32_t>(features[i]);
    };
    if (std::none_of(here.begin(), here.end(), same)) here.push_back(i);
  }
  return shared;
}

}  // namespace

Pilots::Placement Pilots::place(std::span<const uint64_t> features, uint32_t together) {
  constexpr size_t kTaken = 96;       // of a hundred rows
  constexpr size_t kMostGroups = 64;  // for each that would hold all
  Placement p;
  p.buckets = features.size() / 4 + 1;
  const std::vector<std::vector<uint32_t>> shared = by_pilot(features, p.buckets);
  std::vector<uint32_t> order(shared.size());  // the fullest choose first
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return shared[a].size() > shared[b].size(); });
  const size_t least = features.size() * 100 / (size_t{together} * kTaken) + 1;
  for (p.groups = least; p.groups <= least * kMostGroups; p.groups += p.groups / 64 + 1) {
    p.pilots.assign(shared.size(), 0);
    p.group.assign(features.size(), Placement::kNowhere);
    Search search(features, together, p.groups);
    if (std::all_of(order.begin(), order.end(),
                    [&](uint32_t s) { return search.find(shared[s], p.pilots[s], p.group); }))
      return p;
  }
  throw ModelError("the features of a model crowd in one place: they are no hashes");
}

}  // namespace newsnlp
