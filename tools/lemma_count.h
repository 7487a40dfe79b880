// Room: training. What a lemma does in the training articles: how often it is a cue, and what stands beside it.
#pragma once

#include <cstdint>

#include "article_view.h"
#include "quote_model.h"

namespace newsnlp {

struct LemmaCount {
  uint32_t all = 0, speech = 0, any = 0;  // occurrences; as a cue of speech; as any cue
  struct Kind {                           // occurrences as a verb or as a noun, and what stands beside them
    float n = 0, that = 0, phrase = 0, clause = 0, infinitive = 0, quotation = 0, quotation_before = 0, preposition = 0,
          pronoun = 0, name = 0;
  } verb, noun;
};

/// Takes in the occurrence at token `i`.
void count_kind(const ArticleView& v, int i, LemmaCount::Kind& k);

/// The counts as steps; zeros for what was seen less than three times.
Subcategory subcategory(const LemmaCount::Kind& k);

}  // namespace newsnlp
