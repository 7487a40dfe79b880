// Room: attributor. The cues that a person may edit: data/en/cues.tsv and Options::cues.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "newsnlp/model.h"
#include "newsnlp/options.h"

namespace newsnlp {

/// Immutable after construction; any number of threads may ask.
class CueLexicon {
 public:
  /// A cue of several words: the hashes of their lemmas, in order.
  struct Phrase {
    std::vector<uint64_t> lemmas;
    CueKind kind = CueKind::Speech;
  };
  /// What is known of one lemma. `own`: a person's own cue, which the model must not outvote.
  struct Entry {
    CueKind kind = CueKind::Speech;
    bool own = false;
  };

  /// Reads section "cues.tsv", then options.cues, which prevail. Throws ModelError.
  CueLexicon(const Model& model, const Options& options);

  /// Null when the lemma is no cue. `lemma` is hash_bytes of the lower-case lemma.
  const Entry* find(uint64_t lemma) const noexcept;
  bool contains(std::string_view lemma) const noexcept;
  /// A person's own cues of several words.
  const std::vector<Phrase>& phrases() const noexcept { return phrases_; }

 private:
  void add(const CueEntry& entry, bool own);
  std::unordered_map<uint64_t, Entry> entries_;
  std::vector<Phrase> phrases_;
};

}  // namespace newsnlp
