// Room: tools. Articles in which a label says whom a source or pronoun stands for: PolNeAR's he_said files, GUM's
// pronouns, GAP, GUM's coreference, whole records.
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

/// What a record says of one of its quotes beside the spans.
struct QuoteLabel {
  bool direct = false;
  size_t nested_in = static_cast<size_t>(-1);  // of LabelledArticle::quotes
  std::vector<std::string> names;              // of the speaker; empty: nobody can say
};

struct SpeakerArticle {
  LabelledArticle article;
  std::vector<SpeakerUnit> units;
  std::vector<QuoteLabel> labels;  // of each quote
  bool gap = false;
  bool records = false;      // speakers of every kind are labelled, not only of "he" and "she"
  bool coreference = false;  // units are all "he" and "she" whose chain has a name, said or not
};

/// A .tsv file is read as GAP, .conllu as gold coreference, others as JSON Lines with "attributions" that have a
/// "speaker", or with "pronouns". Throws Error with file, line and remedy.
std::vector<SpeakerArticle> read_speaker_corpus(const std::string& file);

/// The speaker's name, or the words that stand for one without a name, is one of `gold`: with and without "the", "his"
/// …
bool right_speaker(const std::vector<std::string>& gold, std::string_view name);

/// same_speaker() of score_quotes.py: the same words without titles, the same last name, or the same first and last.
bool same_speaker(const std::vector<std::string>& gold, std::string_view name);

}  // namespace newsnlp
