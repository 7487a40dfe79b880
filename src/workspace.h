// Room: features. What several stages share while one article is analysed; reused from article to article.
// One a worker, never shared between threads. Indices are parallel to Layers::tokens unless the field says otherwise.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "newsnlp/analyzer.h"
#include "newsnlp/document.h"
#include "word_type.h"

namespace newsnlp {

/// Where a token stands with respect to double quotation marks.
enum class Quotation : uint8_t { Outside, Inside, Opens, Closes };

/// Two quotation marks that belong together, or an opening one whose partner is missing.
struct QuotationPair {
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  uint32_t open = 0;       // token of the opening mark
  uint32_t close = kNone;  // token of the closing mark; kNone when it never closes
  uint32_t end = 0;        // behind the last token, closing mark included
  uint8_t depth = 0;       // pairs around it
  bool single = false;     // of single marks
  bool continued = false;  // goes on with the quotation of the paragraph before, or of the pair before, left open there
};

/// A base noun phrase: determiner to head, without what follows the head.
struct NounPhrase {
  IndexRange tokens;
  uint32_t head = 0;  // token
};

/// What one stage keeps for itself from article to article: caches keyed by word type, arrays to reuse. A stage makes
/// its own on first use, and forgets what is keyed by word type when WordTypes::generation() has changed.
struct Scratch {
  Scratch() = default;
  virtual ~Scratch() = default;
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
};

/// What the stages tell each other about one article.
struct ArticleNotes {
  Layout layout = Layout::Article;
  std::vector<uint32_t> word;                  // type id of each token (Segmenter fills it)
  std::vector<uint32_t> sentence;              // of each token
  std::vector<uint32_t> paragraph;             // of each token
  std::vector<Quotation> quotation;            // of each token (Segmenter: quotation marks room)
  std::vector<QuotationPair> quotation_pairs;  // by opening mark (Segmenter)
  std::vector<NounPhrase> noun_phrases;        // in text order (Tagger)
  std::vector<uint32_t> noun_phrase;           // of each token; kNone outside (Tagger)
  std::vector<uint32_t> pronouns;              // tokens tagged PRP or PRP$ (Tagger)
  std::vector<IndexRange> mention_tokens;      // as found; may be out of date (Recognizer)
  std::vector<IndexRange> source_tokens;       // of each quote; as mention_tokens (Attributor)
};

/// Those of the article under analysis, and what the worker keeps from article to article. Between two stages the notes
/// may be changed for those of another article.
struct Workspace : ArticleNotes {
  explicit Workspace(const WordClasses* classes) : types(classes) {}

  ArticleNotes& notes() noexcept { return *this; }

  WordTypes types;
  std::unique_ptr<Scratch> segmenter, tagger, recognizer, attributor, resolver;  // each only for the stage of its name
  std::unique_ptr<Scratch> linker;  // LinkNotes: the resolver reads it, too
  static constexpr uint32_t kNone = 0xFFFFFFFF;
};

/// How many noun phrases begin before the token.
inline size_t noun_phrases_before(const Workspace& workspace, uint32_t token) {
  constexpr uint32_t kNear = 64;  // tokens
  for (uint32_t t = token; t > 0 && token - t < kNear; --t)
    if (workspace.noun_phrase[t - 1] != Workspace::kNone) return size_t{workspace.noun_phrase[t - 1]} + 1;
  const auto& phrases = workspace.noun_phrases;
  const auto behind =
      std::partition_point(phrases.begin(), phrases.end(), [&](const NounPhrase& p) { return p.tokens.begin < token; });
  return static_cast<size_t>(behind - phrases.begin());
}

}  // namespace newsnlp
