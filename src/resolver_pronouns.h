// Room: resolver. Reads an article from front to back and says whom each "he" and "she" stands for. What is resolved
// counts as a mention for what follows.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "link_notes.h"
#include "resolver_features.h"
#include "speaker_model.h"

namespace newsnlp {

/// One pronoun and who it may stand for, best first.
struct PronounAnswer {
  uint32_t token = 0;
  std::vector<Candidate> candidates;  // at most kMaxCandidates; empty: nobody was named
};

class PronounReader {
 public:
  static constexpr size_t kMaxCandidates = 5;
  static constexpr uint32_t kMaxAhead = 40;  // tokens in which a name behind the pronoun is looked for

  /// Picks one of the candidates, whose features are filled: training listens here.
  using Choose = std::function<size_t(const PronounQuery&, std::span<RankCandidate>)>;

  explicit PronounReader(const SpeakerModel& model) : model_(model) {}

  /// The answers in text order: pronouns outside quotations, and those in a source. Linear in the tokens. Sources and
  /// addressees are taken from layers.quotes. `choose` may be empty; `asked` is read even inside a quotation.
  std::vector<PronounAnswer> read(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                  const Choose& choose = {}, Span asked = {}) const;

 private:
  const SpeakerModel& model_;
};

/// What the mention does in its sentence, read from tags.
Function function_of(const Layers& layers, const Workspace& workspace, IndexRange tokens);

}  // namespace newsnlp
