#include "name_particles.h"

#include <algorithm>
#include <array>

#include "unicode.h"

namespace newsnlp {
namespace {

constexpr uint32_t kMostParticles = 2;  // "von der", "van den"

// Small words that stand in names only; "do", "den" and "della" are words of their own, or of places.
bool is_small_name(std::string_view word) {
  static constexpr auto kParticles = std::to_array<std::string_view>(
      {"von", "vom", "zu", "van", "der", "du", "dos", "da", "das", "di", "del", "de", "ibn", "bin", "bint"});
  if (word.size() < 2 || word.size() > 4) return false;
  return std::find(kParticles.begin(), kParticles.end(), word) != kParticles.end();
}

class Joiner {
 public:
  Joiner(const Layers& layers, std::vector<FoundName>& found) : layers_(layers), found_(found) {}

  void join() {
    for (size_t k = 0; k < found_.size(); ++k) {
      const IndexRange name = found_[k].tokens;
      if (found_[k].type != EntityType::Person || name.empty()) continue;
      if (name.begin > 1 && is_particle(name.begin - 1)) begin_with_particle(k);
      if (name.end + 1 < layers_.tokens.size() && is_particle(name.end)) go_on(k);
    }
    if (joined_) std::erase_if(found_, [](const FoundName& f) { return f.tokens.empty(); });
  }

 private:
  std::string_view of(uint32_t t) const { return layers_.of(layers_.tokens[t]); }
  bool is_particle(uint32_t t) const {  // not "the van Moss hired"
    constexpr uint32_t kFirst =
        1U << ('b' - 'a') | 1U << ('d' - 'a') | 1U << ('i' - 'a') | 1U << ('v' - 'a') | 1U << ('z' - 'a');
    const auto first = static_cast<unsigned char>(layers_.text[layers_.tokens[t].span.begin]);
    if (first < 'a' || first > 'z' || (kFirst >> (first - 'a') & 1) == 0) return false;  // most
    return is_small_name(of(t)) && !(layers_.tokens[t].tag == Tag::NN && of(t) == "van");
  }

  // "said von Hausen": what stands before it is no name.
  void begin_with_particle(size_t k) {
    uint32_t begin = found_[k].tokens.begin;
    while (begin > 0 && found_[k].tokens.begin - begin < kMostParticles && is_particle(begin - 1)) --begin;
    const bool free = k == 0 || found_[k - 1].tokens.end < begin || found_[k - 1].tokens.empty();
    const char before = begin > 0 ? of(begin - 1).front() : '0';
    if (free && (before < '0' || before > '9')) found_[k].tokens.begin = begin;  // not "26 de Julio"
  }

  // "Karl von Hausen", whatever "Hausen" was found as, if it was.
  void go_on(size_t k) {
    uint32_t next = found_[k].tokens.end;
    const uint32_t last = std::min(next + kMostParticles, static_cast<uint32_t>(layers_.tokens.size()) - 1);
    while (next < last && is_particle(next)) ++next;
    if (!begins_with_capital(of(next))) return;
    FoundName& name = found_[k];
    if (k + 1 < found_.size() && found_[k + 1].tokens.begin <= next) {
      FoundName& other = found_[k + 1];
      if (other.tokens.begin < next || (other.type != EntityType::Person && other.tokens.size() > 1)) return;
      name.tokens.end = other.tokens.end;
      name.score = std::min(name.score, other.score);
      other = name;  // goes on from here
      name.tokens.end = name.tokens.begin;
      joined_ = true;
    } else {
      name.tokens.end = next + 1;
    }
  }

  const Layers& layers_;
  std::vector<FoundName>& found_;
  bool joined_ = false;  // some are empty now
};

}  // namespace

void join_particles(const Layers& layers, std::vector<FoundName>& found) {
  Joiner(layers, found).join();
}

}  // namespace newsnlp
