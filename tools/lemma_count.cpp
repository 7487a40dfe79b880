#include "lemma_count.h"

#include <algorithm>
#include <iterator>

#include "clause.h"

namespace newsnlp {

void count_kind(const ArticleView& v, int i, LemmaCount::Kind& k) {
  ++k.n;
  const Neighbour right = complement(v, i);
  if (right.token <= v.at(i).sentence_end) {
    const ViewToken& t = v.at(right.token);
    k.that += t.is(CueWord::kThat);
    k.quotation += t.opens();
    k.infinitive += t.is(CueWord::kTo);
    k.preposition += t.tag == Tag::IN;
    if (right.kind < 1000 && right.kind > 1) {
      ++k.phrase;
      k.clause += right.kind % 100 % 20 == 2;
    }
  }
  for (int j = i - 1; j >= v.at(i).sentence_begin && i - j < 5; --j) {
    if (!v.at(j).closes()) continue;
    ++k.quotation_before;
    break;
  }
  const int left = subject_side(v, i).kind;
  if (left >= 1000) return;
  k.pronoun += left % 100 >= 30 && left % 100 < 50;
  k.name += left % 100 >= 50 && left % 100 < 70;
}

Subcategory subcategory(const LemmaCount::Kind& k) {
  Subcategory s;
  if (k.n < 3) return s;
  const auto step = [&](float x) {
    static constexpr float kSteps[] = {0.005F, 0.015F, 0.03F, 0.06F, 0.12F, 0.25F, 0.5F};
    const float share = (x + 0.5F) / (k.n + 10);
    return static_cast<uint8_t>(std::upper_bound(std::begin(kSteps), std::end(kSteps), share) - std::begin(kSteps));
  };
  s.frequency = static_cast<uint8_t>(std::min(k.n / 50, 9.0F));
  s.that = step(k.that);
  s.phrase = step(k.phrase);
  s.clause = step(k.clause);
  s.infinitive = step(k.infinitive);
  s.quotation = step(k.quotation);
  s.quotation_before = step(k.quotation_before);
  s.preposition = step(k.preposition);
  s.pronoun = step(k.pronoun);
  s.name = step(k.name);
  return s;
}

}  // namespace newsnlp
