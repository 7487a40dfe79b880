#include "span_judge.h"

#include <algorithm>

#include "logistic.h"

namespace newsnlp {

void SpanJudge::judge(const NameArticle& article, NameDomain domain, const std::vector<SpanCandidate>& candidates,
                      std::vector<Verdict>& names) {
  const uint32_t types = model_.types();
  sums_.assign(candidates.size() * types, 0);
  if (std::any_of(candidates.begin(), candidates.end(), [](auto& c) { return c.open; })) {
    SpanVotes::read_keys(article, candidates, keys_);
    for (uint32_t i = 0; i < candidates.size(); ++i) {
      if (!candidates[i].open) continue;
      model_.prefetch_seen(keys_[i]);
      resources_.gazetteer().prefetch(keys_[i]);
    }
    votes_.read(article, candidates, keys_, types);
    const SpanFeatures features(article, candidates, votes_, resources_, types);
    waiting_.clear();
    uint32_t before = 0;  // candidate
    for (uint32_t i = 0; i < candidates.size(); ++i) {
      if (!candidates[i].open) continue;
      features_.clear();
      features.append(i, model_.seen(keys_[i]), features_);
      model_.prefetch(features_);
      model_.add(waiting_, sums_.data() + size_t{before} * types);
      waiting_.swap(features_);
      before = i;
    }
    model_.add(waiting_, sums_.data() + size_t{before} * types);
    agreement_.settle(candidates, keys_, types, sums_);
    for (int32_t& s : sums_) s += model_.bias();
  }
  chosen_.clear();
  choice_.choose(candidates, sums_, types, chosen_);
  const uint32_t level = model_.level(doubtful_share(candidates));
  for (const SpanChoice::Chosen& c : chosen_) {
    const SpanCandidate& of = candidates[c.candidate];
    const double p =
        of.open ? probability(sums_.data() + size_t{c.candidate} * types, c.type) : static_cast<double>(of.top());
    names.push_back({of.tokens, c.type, model_.calibrated(p, domain, level)});
  }
}

double SpanJudge::probability(const int32_t* sums, uint32_t type) const {
  const auto nats = [&](uint32_t t) { return static_cast<double>(sums[t] - model_.bias()) / SpanModel::kScale; };
  double all = 1;
  for (uint32_t t = 0; t < model_.types(); ++t) all += exp_poly(nats(t));
  return exp_poly(nats(type)) / all;
}

}  // namespace newsnlp
