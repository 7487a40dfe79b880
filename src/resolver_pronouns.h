// Room: resolver. Reads an article from front to back and says whom each "he" and "she" stands for. What is resolved
// counts as a mention for what follows.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "link_notes.h"
#include "resolver_features.h"
#include "speaker_model.h"

namespace newsnlp {

/// One pronoun and who it may stand for, best first.
struct PronounAnswer {
  static constexpr size_t kMaxCandidates = 5;

  uint32_t token = 0;
  uint32_t count = 0;  // 0: nobody was named
  std::array<Candidate, kMaxCandidates> candidates;

  std::span<const Candidate> list() const { return {candidates.data(), count}; }
};

/// What the reader keeps from article to article, to allocate nothing.
struct PronounScratch {
  History history;
  std::vector<uint8_t> marks;                       // of each token
  std::vector<IndexRange> sources;                  // of each quote: tokens of the first span of its source
  std::vector<std::pair<uint32_t, uint32_t>> said;  // of each "he" in a source: token, quote
  std::vector<RankCandidate> candidates;
  std::vector<float> probabilities;
  std::array<uint32_t, PronounAnswer::kMaxCandidates> order;  // the best candidates
  std::vector<PronounAnswer> answers;
};

class PronounReader {
 public:
  static constexpr uint32_t kMaxAhead = 40;  // tokens in which a name behind the pronoun is looked for

  /// Picks one of the candidates by their features: training listens here.
  using Features = std::vector<std::vector<uint16_t>>;
  using Choose = std::function<size_t(const PronounQuery&, std::span<RankCandidate>, const Features&)>;

  PronounReader(const SpeakerModel& model, PronounScratch& scratch) : model_(model), scratch_(scratch) {}

  /// The answers in text order for the pronouns in a source, and for those that overlap `asked`; the others outside
  /// quotations are resolved, too, and count as mentions. Linear in the tokens. Sources and addressees are taken from
  /// layers.quotes. `choose` may be empty. Valid until the next call.
  std::span<const PronounAnswer> read(const Layers& layers, const Workspace& workspace, LinkNotes& notes,
                                      const Choose& choose = {}, Span asked = {}) const;

 private:
  const SpeakerModel& model_;
  PronounScratch& scratch_;
};

/// "As for the rector, Ann Lee, she said", "For Lee, she said": the tokens of what the sentence is about; empty if the
/// pronoun at `token` has no such frame before it.
IndexRange topic_frame(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t token);

/// What the mention does in its sentence, read from tags.
Function function_of(const Layers& layers, const Workspace& workspace, IndexRange tokens);

}  // namespace newsnlp
