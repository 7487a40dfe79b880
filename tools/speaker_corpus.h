// Room: tools. Articles in which a label says whom a source or pronoun stands for: PolNeAR's he_said files, GUM's
// pronouns, GAP.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "quote_corpus.h"

namespace newsnlp {

/// One labelled pronoun or source.
struct SpeakerUnit {
  Span span;                       // bytes
  Span code_points;                // the same
  std::vector<std::string> names;  // any of them is right; empty for GAP
  struct Name {
    Span span;          // bytes
    bool same = false;  // the pronoun stands for it
  };
  std::vector<Name> gap_names;             // GAP's A and B
  size_t quote = static_cast<size_t>(-1);  // of LabelledArticle::quotes
};

struct SpeakerArticle {
  LabelledArticle article;
  std::vector<SpeakerUnit> units;
  bool gap = false;
};

/// A .tsv file is read as GAP, others as JSON Lines with "attributions" that have a "speaker", or with "pronouns".
/// Throws Error with file, line and remedy.
std::vector<SpeakerArticle> read_speaker_corpus(const std::string& file);

/// same_speaker() of score_quotes.py: the same words without titles, the same last name, or the same first and last.
bool same_speaker(const std::vector<std::string>& gold, std::string_view name);

}  // namespace newsnlp
