#include "tag_table.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>

#include "model_file.h"

namespace newsnlp {
TagTable::TagTable(std::span<const std::byte> section) {
  if (section.empty()) return;
  SectionReader in(section, "pos.bin");
  in.require(in.number<uint32_t>() == kFormat, "another format of the tag table");
  ends_ = in.array<uint16_t>();
  seen_ = in.array<uint64_t>();
  lines_ = in.array<Line>();
  more_ = in.array<Row>();
  all_ = in.array<All>();
  in.require(in.at_end(), "bytes behind its end");
  in.require(!ends_.empty() && ends_.size() <= 0x10000, "the tag table has no homes, or too many");
  in.require(seen_.size() == (uint64_t{1} << (64 - kSeenShift)) / 64, "the bits of the tag table are not 2^20");
  in.require(!lines_.empty(), "the tag table has no lines");
  if (!is_linked_in(section)) check_rows(in);
}

void TagTable::check_rows(const SectionReader& in) const {
  const auto check_pairs = [&](const Row& row) {
    for (const Pair& p : row.pairs) {
      in.require(p.tag <= kTagLanes, "a tag is out of range");
      in.require(p.tag != 0 || p.score == 0, "a score has no tag");
    }
  };
  for (const uint16_t end : ends_) in.require(end < ends_.size(), "an end is no home");
  bool any_free = false;
  for (const Line& line : lines_) {
    any_free |= line.id[kPlaces - 1] == 0;  // where a search ends
    for (uint32_t k = 0; k < kPlaces; ++k) {
      check_pairs(line.first[k]);
      const uint32_t first = line.more[k] >> kMoreBits;
      const uint32_t count = line.more[k] & kAll;
      in.require(count == kAll ? first < all_.size() : first + count <= more_.size(), "rows of a feature are missing");
    }
  }
  in.require(any_free, "the tag table has no line with room");
  for (const Row& row : more_) check_pairs(row);
}

template <class ReadAll, class ReadPair>
void TagTable::visit(uint64_t key, ReadAll all, ReadPair pair) const noexcept {
  if (empty()) return;
  typedef uint32_t Four __attribute__((vector_size(sizeof(Line::id))));
  const size_t first = home(key, ends_.size());
  const size_t end = ends_[first];
  const size_t run = end - first + (end < first ? ends_.size() : 0);
  const uint32_t wanted = static_cast<uint32_t>(end) << 16 | check(key);
  for (size_t l = home(hash(wanted), lines_.size());; l = l + 1 == lines_.size() ? 0 : l + 1) {
    const Line& line = lines_[l];
    Four ids;
    std::memcpy(&ids, line.id.data(), sizeof ids);
    const auto equal = ids == wanted;
    std::array<uint64_t, 2> halves;
    std::memcpy(halves.data(), &equal, sizeof halves);
    if ((halves[0] | halves[1]) == 0) {
      if (line.id[kPlaces - 1] == 0) return;
      continue;
    }
    const size_t k = (halves[0] != 0 ? 0 : 2) + (static_cast<uint32_t>(halves[0] != 0 ? halves[0] : halves[1]) == 0);
    const uint32_t from = line.more[k] >> kMoreBits;
    uint32_t rows = line.more[k] & kAll;
    if (rows == kAll) {
      if (all_[from].run <= run) all(all_[from]);
      return;
    }
    const auto read = [&](const Row& row) {
      if (row.run > run) return;
      for (const Pair& p : row.pairs) pair(p);
    };
    read(line.first[k]);
    for (const Row* row = more_.data() + from; rows > 0; --rows) read(*row++);
    return;
  }
}

void TagTable::add(uint64_t key, TagScores& scores) const noexcept {
  visit(
      key,
      [&](const All& all) {
        for (uint32_t k = 0; k < kTagLanes; ++k) scores.lane[k] = static_cast<int16_t>(scores.lane[k] + all.score[k]);
      },
      [&](Pair p) {
        int16_t& lane = scores.lane[p.tag == 0 ? 0U : p.tag - 1U];  // what is no pair has no score
        lane = static_cast<int16_t>(lane + p.score);
      });
}

uint64_t TagTable::lanes(uint64_t key) const noexcept {
  uint64_t lanes = 0;
  visit(
      key,
      [&](const All& all) {
        for (uint32_t k = 0; k < kTagLanes; ++k) lanes |= uint64_t{all.score[k] != 0} << k;
      },
      [&](Pair p) { lanes |= p.tag == 0 ? 0 : uint64_t{1} << (p.tag - 1U); });
  return lanes;
}

// The rows as one, if they are those of one feature, that has scores: its pairs go up, and fill all rows but the last.
std::optional<TagTable::All> TagTable::all_lanes(const std::vector<Row>& rows) {
  All all;
  uint32_t last = 0;
  bool at_end = false;
  for (const Row& row : rows) {
    all.run = std::max(all.run, row.run);
    for (const Pair& p : row.pairs) {
      if (p.tag != 0 && (at_end || p.tag <= last || p.score == 0)) return std::nullopt;
      at_end |= p.tag == 0;
      if (p.tag == 0) continue;
      all.score[p.tag - 1U] = p.score;
      last = p.tag;
    }
  }
  return all;
}

void TagTable::write(std::vector<Feature> features, SectionWriter& out) {
  std::sort(features.begin(), features.end(), [](const Feature& a, const Feature& b) { return a.key < b.key; });
  size_t count = 0;
  for (const Feature& f : features) count += (f.pairs.size() + kPairs - 1) / kPairs;
  const size_t n = count * 9 / (size_t{8} * kRows) + 1;
  if (n > 0x10000) throw ModelError("the tag table is too large");
  // Each row stands in its feature's home, or in the next one that has room.
  struct Placed {
    uint32_t at;
    uint16_t check;
    std::array<Pair, kPairs> pairs;
  };
  std::vector<Placed> placed;
  std::vector<uint32_t> used(n);
  for (const Feature& f : features) {
    auto at = static_cast<uint32_t>(home(f.key, n));
    for (size_t k = 0; k < f.pairs.size(); k += kPairs) {
      while (used[at] == kRows) at = at + 1 == n ? 0 : at + 1;
      ++used[at];
      Placed& p = placed.emplace_back(Placed{at, check(f.key), {}});
      for (size_t j = 0; j < kPairs && k + j < f.pairs.size(); ++j) p.pairs[j] = f.pairs[k + j];
    }
  }
  std::vector<uint16_t> ends(n);
  size_t end = n;
  for (size_t pass = 0; pass < 2; ++pass)  // the first one finds the end of those that go on at the begin
    for (size_t i = n; i-- > 0;) {
      if (used[i] < kRows) end = i;
      ends[i] = static_cast<uint16_t>(end);
    }
  std::map<uint32_t, std::vector<Row>> by_id;
  for (const Placed& p : placed) {
    const uint32_t e = ends[p.at];
    const auto run = static_cast<uint16_t>(e - p.at + (e < p.at ? n : 0));
    by_id[e << 16 | p.check].push_back({run, p.pairs});
  }
  std::vector<uint64_t> seen((uint64_t{1} << (64 - kSeenShift)) / 64);
  std::vector<Line> lines(by_id.size() * 4 / (3 * kPlaces) + 1);
  std::vector<Row> more;
  std::vector<All> alls;
  for (const auto& [id, rows] : by_id) {
    seen[seen_bit(hash(id)) / 64] |= uint64_t{1} << seen_bit(hash(id)) % 64;
    size_t l = home(hash(id), lines.size());
    while (lines[l].id[kPlaces - 1] != 0) l = l + 1 == lines.size() ? 0 : l + 1;
    const auto k = static_cast<size_t>(std::find(lines[l].id.begin(), lines[l].id.end(), 0U) - lines[l].id.begin());
    lines[l].id[k] = id;
    if (std::optional<All> all = rows.size() < kMany ? std::nullopt : all_lanes(rows)) {
      lines[l].more[k] = static_cast<uint32_t>(alls.size() << kMoreBits | kAll);
      alls.push_back(*all);
      continue;
    }
    if (rows.size() > kAll) throw ModelError("too many features of the tag table share an id");
    lines[l].first[k] = rows.front();
    lines[l].more[k] = static_cast<uint32_t>(more.size() << kMoreBits | (rows.size() - 1));
    more.insert(more.end(), rows.begin() + 1, rows.end());
  }
  out.number(kFormat);
  out.array(ends);
  out.array(seen);
  out.array(lines);
  out.array(more);
  out.array(alls);
}

}  // namespace newsnlp
