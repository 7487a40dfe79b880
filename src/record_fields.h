// Room: record fields. The rest of each quote's record, once cue, source and content are known: type, speech,
// addressee, relay, polarity, certainty. Rules over tags, noun phrases and the lists of data/en (record_words.tsv,
// media.tsv).
#pragma once

#include "layers.h"
#include "record_words.h"
#include "statement.h"
#include "workspace.h"

namespace newsnlp {

/// Immutable after construction; may be used by any number of threads at once.
class RecordFields {
 public:
  /// Throws ModelError.
  explicit RecordFields(const Model& model) : words_(model) {}

  /// Sets type, addressee, relay, polarity and certainty of every quote, and speech = false where the cue is no speech.
  /// A quote "according to Y" that holds no more than another's whole statement goes: Y is that one's relay.
  /// "X was told that": X moves from source to addressee. Reads cue, source, content and nested_in.
  /// `scratch`: one a worker.
  void fill(Layers& layers, const Workspace& workspace, Statements& scratch) const;

  const RecordWords& words() const noexcept { return words_; }

 private:
  RecordWords words_;
};

}  // namespace newsnlp
