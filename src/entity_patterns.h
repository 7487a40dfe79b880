// Room: patterns. Dates, times, amounts and addresses: RE2 patterns of data/en/entity_patterns.txt, tried only at the
// tokens that can begin one (a digit, a month, a currency, a stretch with '@').
#pragma once

#include <memory>
#include <vector>

#include "found_name.h"
#include "layers.h"
#include "newsnlp/model.h"
#include "workspace.h"

namespace newsnlp {

/// Immutable after construction; match() may be called from any number of threads.
class EntityPatterns {
 public:
  /// Reads the text section "entity_patterns.txt"; without one nothing is ever matched. Throws ModelError
  /// ("entity_patterns.txt:LINE: …"). Patterns are compiled on first use, and all at once now if the section is not
  /// that of the built-in model.
  explicit EntityPatterns(const Model& model);
  ~EntityPatterns();
  EntityPatterns(EntityPatterns&&) noexcept;

  /// Compiles every pattern. Throws ModelError as above.
  void check() const;

  /// What one worker remembers of word types: whether one may begin a match.
  struct Memo {
    uint32_t generation = 0;
    enum Begins : uint8_t { kNothing, kFirstMask, kUnknown = 0xFF };  // kFirstMask + n: what masks[n] says, or not kept
    static constexpr size_t kMasks = kUnknown - kFirstMask - 1;
    std::vector<uint8_t> begins;  // of each type
    std::vector<uint8_t> needed;  // of each type: sections that need it, numbered alike
    std::vector<uint64_t> masks;  // sections
    std::vector<uint32_t> addresses;
    std::vector<uint32_t> tried;  // patterns
  };

  /// Appends matches in text order: tokens of one sentence, no two overlap. Needs tokens,
  /// sentences and Workspace::word. At a token the longest match wins, then the one that stands first in the file.
  /// Linear time: a token costs at most a window of bounded size.
  void match(const Layers& layers, const Workspace& workspace, Memo& memo, std::vector<FoundName>& out) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace newsnlp
