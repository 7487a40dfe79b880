// A model is untrusted data: whatever a section holds, under a right checksum, gives a ModelError or a working
// analyzer. NEWSNLP_FUZZ_ROUNDS=N changes N sections instead of the few of every run.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>

#include "golden_article.h"
#include "layers.h"
#include "model_file.h"
#include "newsnlp/analyzer.h"
#include "newsnlp/error.h"

namespace newsnlp {
namespace {

ModelSections builtin_sections() {
  ModelSections out;
  const auto model = Model::builtin();
  for (const std::string_view name : model->sections()) {
    const auto bytes = model->section(name);
    out[std::string(name)] = std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  return out;
}

// Where the counts and sizes are (the first bytes), or anywhere.
size_t place(size_t size, uint64_t r) {
  return static_cast<size_t>(r % 3 == 0 ? r / 3 % std::min<size_t>(size, 512) : r / 3 % size);
}

void damage(std::string& bytes, uint64_t& state) {
  const auto random = [&state] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return state >> 17;
  };
  if (bytes.empty()) return;
  switch (random() % 5) {
    case 0:  // cut off
      bytes.resize(place(bytes.size(), random()));
      break;
    case 1:  // more than there was
      bytes.append(static_cast<size_t>(random() % 200), static_cast<char>(random()));
      break;
    case 2: {  // a number of its own
      const uint64_t values[] = {0, 1, 0xFFFFFFFFU, 0x7FFFFFFFU, ~uint64_t{0}, uint64_t{1} << 62, random()};
      const uint64_t value = values[random() % std::size(values)];
      const size_t at = place(bytes.size(), random()) & ~size_t{3};
      std::memcpy(bytes.data() + at, &value, std::min<size_t>(random() % 2 == 0 ? 4 : 8, bytes.size() - at));
      break;
    }
    default:  // a few flipped bits
      for (uint64_t n = 1 + random() % 8; n > 0; --n) {
        const size_t at = place(bytes.size(), random());
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
      }
  }
}

TEST(ModelFuzz, ADamagedSectionIsAModelErrorOrStillWorks) {
  const char* rounds = std::getenv("NEWSNLP_FUZZ_ROUNDS");
  const size_t n = rounds != nullptr ? std::strtoul(rounds, nullptr, 10) : 24;
  const ModelSections good = builtin_sections();
  const std::string article = read_golden(golden_articles()[0].path);
  uint64_t state = 4711;
  size_t errors = 0;
  for (size_t i = 0; i < n; ++i) {
    ModelSections sections = good;
    auto it = sections.begin();
    std::advance(it, i % sections.size());
    damage(it->second, state);
    const std::string what = "round " + std::to_string(i) + ", section " + it->first;
    try {
      const Analyzer analyzer(Model::from_bytes(pack_model(sections), "damaged"));
      EXPECT_EQ(check_invariants(analyzer.analyze(article)), "") << what;
    } catch (const ModelError& e) {
      ++errors;
      EXPECT_GT(std::string(e.what()).size(), 20U) << what;
    } catch (const std::exception& e) {
      ADD_FAILURE() << what << ": " << e.what();
    }
  }
  EXPECT_GT(errors, 0U);
}

// The built-in model itself is used unchecked where it is linked in (is_linked_in).
TEST(ModelFuzz, ACopyOfTheBuiltinModelPassesEveryCheck) {
  const std::string article = read_golden(golden_articles()[0].path);
  const Analyzer analyzer(Model::from_bytes(pack_model(builtin_sections()), "copy"));
  EXPECT_EQ(check_invariants(analyzer.analyze(article)), "");
}

TEST(ModelFuzz, AMissingSectionIsAModelErrorOrStillWorks) {
  const ModelSections good = builtin_sections();
  const std::string article = read_golden(golden_articles()[0].path);
  for (const auto& [name, bytes] : good) {
    ModelSections sections = good;
    sections.erase(name);
    try {
      const Analyzer analyzer(Model::from_bytes(pack_model(sections), "without " + name));
      EXPECT_EQ(check_invariants(analyzer.analyze(article)), "") << name;
    } catch (const ModelError&) {
    }
  }
}

}  // namespace
}  // namespace newsnlp
