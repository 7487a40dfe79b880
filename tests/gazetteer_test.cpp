// Lists of names: longest match of each list, no overlap within a list, damaged sections.
#include "gazetteer.h"

#include <gtest/gtest.h>

#include <sstream>

#include "hash_index.h"
#include "newsnlp/error.h"

namespace newsnlp {
namespace {

// "|" parts regions.
std::vector<uint64_t> hashes(const std::string& words) {
  std::istringstream in(words);
  std::vector<uint64_t> out;
  for (std::string w; in >> w;) out.push_back(w == "|" ? 0 : hash_bytes(w));
  return out;
}

std::string section() {
  Gazetteer::Phrases phrases;
  Gazetteer::add(phrases, hashes("new york"), 0);
  Gazetteer::add(phrases, hashes("new york city"), 0);
  Gazetteer::add(phrases, hashes("york"), 1);
  Gazetteer::add(phrases, hashes("new york times"), 2);
  Gazetteer::add(phrases, hashes("a b c d e f g h"), 3);  // too long to be kept
  SectionWriter out;
  Gazetteer::write(phrases, out);
  return out.bytes();
}

// One letter a list and token: B, I, L, U, as "0B".
std::string hits(const std::string& words) {
  const std::string bytes = section();
  SectionReader in(std::as_bytes(std::span(bytes)), "names.bin");
  const Gazetteer g(in);
  const auto keys = hashes(words);
  std::vector<uint32_t> first;
  for (uint64_t k : keys) first.push_back(k == 0 ? 0 : g.find(Gazetteer::extend(0, k)));
  std::vector<Gazetteer::Found> listed;
  g.match(keys, first, listed);
  std::vector<GazetteerHit> found(keys.size());
  uint32_t next = 0;
  for (const Gazetteer::Found& f : listed) {
    EXPECT_GE(f.token, next);
    next = f.token + 1;
    found[f.token] = f.hit;
  }
  std::string out;
  for (const GazetteerHit& h : found) {
    if (!out.empty()) out += ' ';
    std::string token;
    for (uint32_t l = 0; l < 4; ++l) {
      const char list = static_cast<char>('0' + l);
      if ((h.begin >> l & 1) != 0) token += {list, 'B'};
      if ((h.inside >> l & 1) != 0) token += {list, 'I'};
      if ((h.last >> l & 1) != 0) token += {list, 'L'};
      if ((h.unit >> l & 1) != 0) token += {list, 'U'};
    }
    out += token.empty() ? "." : token;
  }
  return out;
}

TEST(Gazetteer, MarksTheLongestNameOfEachList) {
  const struct {
    const char* words;
    const char* expected;
  } kCases[] = {
      {"in new york today", ". 0B 0L1U ."},   {"new york city", "0B 0I1U 0L"},
      {"new york times", "0B2B 0L1U2I 2L"},   {"new", "."},
      {"york new york", "1U 0B 0L1U"},        {"new york new york city", "0B 0L1U 0B 0I1U 0L"},
      {"a b c d e f g h", ". . . . . . . ."}, {"", ""},
      {"new | york city", ". . 1U ."},        {"in new york | new york city", ". 0B 0L1U . 0B 0I1U 0L"},
  };
  for (const auto& c : kCases) EXPECT_EQ(hits(c.words), c.expected) << c.words;
}

TEST(Gazetteer, BeginsOnlyWhereItMay) {
  const std::string bytes = section();
  SectionReader in(std::as_bytes(std::span(bytes)), "names.bin");
  const Gazetteer g(in);
  std::vector<Gazetteer::Found> found;
  g.match(hashes("new york"), std::vector<uint32_t>(2), found);
  EXPECT_TRUE(found.empty());
}

TEST(Gazetteer, RefusesValuesOutOfRange) {
  struct Row {
    const char* what;
    uint64_t fours;
    std::vector<uint16_t> buckets;  // eight keys and eight values each
    std::vector<uint32_t> sets;
  };
  const std::vector<uint16_t> two = {7, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0,   //
                                     0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};  //
  const std::vector<uint16_t> full = {1, 2, 3, 4, 5, 6, 7, 8, 1, 1, 1, 1, 1, 1, 1, 1};
  const Row rows[] = {
      {"", 1, two, {1, 2}},
      {"a value without a set", 1, two, {1}},
      {"no room behind the last bucket", 1, full, {1}},
      {"homes without buckets", 9, two, {1, 2}},
      {"buckets without homes", 0, two, {1, 2}},
  };
  for (const Row& r : rows) {
    SectionWriter out;
    out.number(r.fours);
    out.number(static_cast<uint64_t>(r.buckets.size() / 16));
    SectionWriter buckets;  // numbers of two bytes, as they lie in a bucket
    buckets.array(r.buckets);
    const std::string bytes = out.bytes() + std::string(48, '\0') + buckets.bytes().substr(64);
    SectionWriter sets;
    sets.array(r.sets);
    const std::string all = bytes + sets.bytes();
    SectionReader in(std::as_bytes(std::span(all)), "names.bin");
    if (*r.what == '\0') {
      EXPECT_EQ(Gazetteer(in).find(7), 2U);
    } else {
      EXPECT_THROW(Gazetteer{in}, ModelError) << r.what;
    }
  }
}

TEST(Gazetteer, FindsPhrasesOfFullBuckets) {
  Gazetteer::Phrases phrases;
  for (uint64_t k = 1; k <= 40; ++k) phrases[k] = 1U << (k % 5);                 // all in the first bucket
  for (uint64_t k = 1; k <= 40; ++k) phrases[~uint64_t{0} - k] = 1U << (k % 3);  // all in the last one
  SectionWriter out;
  Gazetteer::write(phrases, out);
  SectionReader in(std::as_bytes(std::span(out.bytes())), "names.bin");
  const Gazetteer g(in);
  for (const auto& [key, set] : phrases) EXPECT_EQ(g.find(key), set) << key;
  EXPECT_EQ(g.find(41), 0U);
  EXPECT_EQ(g.find(uint64_t{1} << 63), 0U);
}

TEST(HashIndex, FindsWhatItHoldsAndNothingElse) {
  std::vector<uint64_t> keys;
  for (int i = 0; i < 5000; ++i) keys.push_back(hash_bytes("key " + std::to_string(i)));
  SectionWriter out;
  const auto order = HashIndex::write(keys, out);
  SectionReader in(std::as_bytes(std::span(out.bytes())), "test");
  const HashIndex index(in);
  for (uint32_t i = 0; i < order.size(); ++i) EXPECT_EQ(index.find(keys[order[i]]), i);
  for (int i = 0; i < 5000; ++i) EXPECT_EQ(index.find(hash_bytes("other " + std::to_string(i))), HashIndex::kNone);
  EXPECT_EQ(HashIndex().find(1), HashIndex::kNone);
}

TEST(HashIndex, RefusesBucketsOutOfOrder) {
  SectionWriter out;
  out.array(std::vector<uint32_t>{0, 3, 1, 2});
  out.array(std::vector<uint32_t>{7, 8});
  SectionReader in(std::as_bytes(std::span(out.bytes())), "test");
  EXPECT_THROW(HashIndex{in}, ModelError);
}

}  // namespace
}  // namespace newsnlp
