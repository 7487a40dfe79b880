#include "span_trainer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

#include "random_source.h"
#include "score_calibration.h"
#include "span_agreement.h"
#include "span_choice.h"

namespace newsnlp {
namespace {

struct Sample {
  uint32_t article = 0;
  uint32_t candidate = 0;
  uint8_t gold = 0;  // 0: no name, else 1 + type
  size_t begin = 0;  // of features
  size_t end = 0;
};

struct ArticleSpans {
  std::vector<SpanCandidate> candidates;
  std::vector<uint64_t> keys;
  std::vector<uint8_t> gold;  // of each candidate: 0 or 1 + type
  size_t names = 0;           // labelled ones
  size_t first = 0;           // of samples
  size_t last = 0;
};

std::string figure(const char* format, double a, double b = 0, double c = 0) {
  char line[200];
  std::snprintf(line, sizeof line, format, a, b, c);
  return line;
}

class Trainer {
 public:
  Trainer(const SpanTask& task, const SpanSettings& settings) : task_(task), settings_(settings) {
    read();
    number();
  }

  SpanModel::Content run(const std::function<void(const std::string&)>& report) {
    report(figure("%.0f candidates are open, %.0f features", static_cast<double>(samples_.size()),
                  static_cast<double>(hashes_.size())));
    SpanModel::Content content;
    content.types = task_.types;
    cross_validate(report, content);
    quantise(train([](uint32_t) { return true; }), content);
    for (const auto& [key, counts] : seen_) content.seen.emplace_back(key, seen_code(counts, nullptr));
    return content;
  }

 private:
  using TypeCounts = std::array<uint32_t, Crf::kMaxTypes>;

  // Code of the names seen, without those of one fold.
  uint8_t seen_code(const TypeCounts& counts, const TypeCounts* own) const {
    TypeCounts c{};
    uint32_t all = 0;
    for (uint32_t t = 0; t < task_.types; ++t) all += c[t] = counts[t] - (own != nullptr ? (*own)[t] : 0);
    if (all == 0) return 0;
    const auto most = static_cast<uint32_t>(std::max_element(c.begin(), c.end()) - c.begin());
    const uint32_t sureness = c[most] == all ? 2 : c[most] * 3 > all * 2 ? 1 : 0;
    return SeenName::code(most, sureness, std::min(all, 4U));
  }

  NameDomain domain(uint32_t article) const {
    return task_.articles[article].layout == Layout::Article ? NameDomain::Raw : NameDomain::Given;
  }

  uint32_t folds() const { return *std::max_element(task_.fold.begin(), task_.fold.end()) + 1; }

  // Runs `visit` with each article read by the stages before, and the number of its first sequence.
  template <class Visit>
  void each_article(Visit visit) {
    Workspace workspace(&task_.classes);
    NameArticle article(task_.resources, task_.casing);
    uint32_t sequence = 0;
    for (uint32_t a = 0; a < task_.articles.size(); ++a) {
      Layers layers;
      layers.text = task_.articles[a].text;
      workspace.types.trim();
      task_.segmenter.segment(layers, workspace, task_.articles[a].layout);
      article.read(layers, workspace);
      visit(a, article, sequence);
      sequence += static_cast<uint32_t>(article.regions().size());
    }
  }

  void read() {
    spans_.resize(task_.articles.size());
    std::vector<std::unordered_map<uint64_t, TypeCounts>> own(folds());
    each_article([&](uint32_t a, const NameArticle& article, uint32_t sequence) {
      ArticleSpans& spans = spans_[a];
      spans.names = task_.samples.lost[a];
      for (uint32_t r = 0; r < article.regions().size(); ++r) {
        const NameArticle::Region& region = article.regions()[r];
        const std::vector<Crf::Chunk>& names = task_.samples.gold[sequence + r];
        const auto tokens = [&](const Crf::Chunk& g) {
          return IndexRange{region.tokens.begin + g.begin, region.tokens.begin + g.end};
        };
        append_candidates(task_.marginals[sequence + r], task_.types, region.tokens.begin, region.sentence,
                          spans.candidates);
        spans.gold.resize(spans.candidates.size(), 0);
        for (const Crf::Chunk& g : names) {
          const uint64_t key = SpanVotes::key(article, tokens(g));
          ++own[task_.fold[a]][key][g.type];
          ++seen_[key][g.type];
          ++spans.names;
          for (size_t i = spans.candidates.size(); i-- > 0 && spans.candidates[i].tokens.begin >= tokens(g).begin;)
            if (spans.candidates[i].tokens == tokens(g)) spans.gold[i] = static_cast<uint8_t>(1 + g.type);
        }
      }
    });
    SpanVotes votes;
    std::vector<uint64_t> features;
    each_article([&](uint32_t a, const NameArticle& article, uint32_t) {
      ArticleSpans& spans = spans_[a];
      for (const SpanCandidate& c : spans.candidates) spans.keys.push_back(SpanVotes::key(article, c.tokens));
      votes.read(article, spans.candidates, spans.keys, task_.types);
      const SpanFeatures templates(article, spans.candidates, votes, task_.resources, task_.types);
      sure_ = templates.sure();
      spans.first = samples_.size();
      for (uint32_t i = 0; i < spans.candidates.size(); ++i) {
        if (!spans.candidates[i].open) continue;
        const uint64_t key = spans.keys[i];
        const auto all = seen_.find(key);
        const auto& of_fold = own[task_.fold[a]];
        const auto mine = of_fold.find(key);
        const uint8_t code =
            all == seen_.end() ? 0 : seen_code(all->second, mine == of_fold.end() ? nullptr : &mine->second);
        const size_t begin = raw_.size();
        templates.append(i, code, raw_);
        samples_.push_back({a, i, spans.gold[i], begin, raw_.size()});
      }
      spans.last = samples_.size();
    });
  }

  // Hashes that stand at two candidates or more get numbers; the sure ones come first in each sample.
  void number() {
    std::unordered_map<uint64_t, uint32_t> numbers;
    numbers.reserve(raw_.size() / 8);
    for (uint64_t h : raw_) ++numbers[h];
    for (auto& [h, count] : numbers) count = count < 2 ? kUnused : kNew;
    for (Sample& s : samples_) {
      const size_t begin = features_.size();
      for (size_t f = s.begin; f < s.end; ++f) {
        uint32_t& n = numbers[raw_[f]];
        if (n == kUnused) continue;
        if (n == kNew) {
          n = static_cast<uint32_t>(hashes_.size());
          hashes_.push_back(raw_[f]);
          is_sure_.push_back(f < s.begin + sure_);
        }
        features_.push_back(n);
      }
      s.begin = begin;
      s.end = features_.size();
    }
    raw_.clear();
    raw_.shrink_to_fit();
  }

  // AdaGrad on the log-likelihood; the last three epochs are averaged. Weights as they are used, a number a type.
  std::vector<float> train(const std::function<bool(uint32_t)>& use) const {
    const uint32_t n = task_.types;
    std::vector<uint32_t> order;
    for (uint32_t s = 0; s < samples_.size(); ++s)
      if (use(samples_[s].article)) order.push_back(s);
    std::vector<float> w(hashes_.size() * n, 0.0F);
    std::vector<float> squares(w.size(), 0.01F);
    std::vector<float> sum(w.size(), 0.0F);
    std::vector<uint32_t> seen;
    RandomSource random(settings_.seed);
    const auto limit = static_cast<uint64_t>(settings_.dropout * 65536);
    const auto rate = static_cast<float>(settings_.rate);
    const uint32_t averaged = std::min(3U, settings_.epochs);
    for (uint32_t epoch = 0; epoch < settings_.epochs; ++epoch) {
      random.shuffle(order);
      for (uint32_t s : order) {
        const Sample& sample = samples_[s];
        seen.clear();
        for (size_t f = sample.begin; f < sample.end; ++f)
          if (is_sure_[features_[f]] || (random.next() & 0xFFFF) >= limit) seen.push_back(features_[f]);
        std::array<float, Crf::kMaxTypes> p{};
        for (uint32_t f : seen)
          for (uint32_t t = 0; t < n; ++t) p[t] += w[size_t{f} * n + t];
        softmax(p);
        if (sample.gold != 0) p[sample.gold - 1U] -= 1;
        for (uint32_t f : seen)
          for (uint32_t t = 0; t < n; ++t) {
            const size_t k = size_t{f} * n + t;
            squares[k] += p[t] * p[t];
            w[k] -= rate * p[t] / std::sqrt(squares[k]);
          }
      }
      if (epoch + averaged >= settings_.epochs)
        for (size_t k = 0; k < w.size(); ++k) sum[k] += w[k];
    }
    for (size_t f = 0; f < hashes_.size(); ++f) {
      const double keep = (is_sure_[f] ? 1.0 : 1 - settings_.dropout) / averaged;
      for (uint32_t t = 0; t < n; ++t) sum[f * n + t] *= static_cast<float>(keep);
    }
    return sum;
  }

  // Sums become probabilities of each type against no name.
  void softmax(std::array<float, Crf::kMaxTypes>& p) const {
    const float top = std::max(0.0F, *std::max_element(p.begin(), p.begin() + task_.types));
    float all = std::exp(-top);
    for (uint32_t t = 0; t < task_.types; ++t) all += p[t] = std::exp(p[t] - top);
    for (uint32_t t = 0; t < task_.types; ++t) p[t] /= all;
  }

  struct Tally {
    size_t gold = 0, found = 0, right = 0;
    double f1() const {
      return 200.0 * static_cast<double>(right) / static_cast<double>(std::max<size_t>(1, gold + found));
    }
  };

  void cross_validate(const std::function<void(const std::string&)>& report, SpanModel::Content& content) const {
    constexpr int32_t kBiases[] = {0, 5, 10, 16};  // of SpanModel::kScale to one nat
    const uint32_t n = task_.types;
    const uint32_t corpora = task_.corpus.empty() ? 0 : *std::max_element(task_.corpus.begin(), task_.corpus.end()) + 1;
    std::vector<std::vector<Tally>> tally(std::size(kBiases), std::vector<Tally>(corpora + 1));
    using Judged = std::vector<std::pair<float, bool>>;
    std::array<std::array<std::array<Judged, SpanModel::kLevels>, 2>, std::size(kBiases)> judged;
    std::vector<uint8_t> level;
    choose_levels(level, content);
    std::vector<int32_t> sums;
    SpanAgreement agreement;
    SpanChoice choice;
    std::vector<SpanChoice::Chosen> chosen;
    for (uint32_t k = 0; k < folds(); ++k) {
      const std::vector<float> w = train([&](uint32_t a) { return folds() < 2 || task_.fold[a] != k; });
      for (uint32_t a = 0; a < task_.articles.size(); ++a) {
        if (task_.fold[a] != k) continue;
        const ArticleSpans& spans = spans_[a];
        sums.assign(spans.candidates.size() * n, 0);
        for (size_t s = spans.first; s < spans.last; ++s)
          for (size_t f = samples_[s].begin; f < samples_[s].end; ++f)
            for (uint32_t t = 0; t < n; ++t)
              sums[size_t{samples_[s].candidate} * n + t] +=
                  static_cast<int32_t>(std::lround(w[size_t{features_[f]} * n + t] * SpanModel::kScale));
        agreement.settle(spans.candidates, spans.keys, n, sums);
        int32_t added = 0;
        for (size_t b = 0; b < std::size(kBiases); ++b) {
          for (int32_t& s : sums) s += kBiases[b] - added;
          added = kBiases[b];
          chosen.clear();
          choice.choose(spans.candidates, sums, n, chosen);
          size_t right = 0;
          for (const SpanChoice::Chosen& c : chosen) {
            const SpanCandidate& of = spans.candidates[c.candidate];
            const bool ok = spans.gold[c.candidate] == c.type + 1;
            right += ok;
            std::array<float, Crf::kMaxTypes> p{};
            for (uint32_t t = 0; t < n; ++t)
              p[t] = static_cast<float>(sums[size_t{c.candidate} * n + t] - added) / SpanModel::kScale;
            softmax(p);
            judged[b][domain(a) == NameDomain::Raw][level[a]].emplace_back(of.open ? p[c.type] : of.top(), ok);
          }
          for (uint32_t c : {task_.corpus[a], corpora}) {
            tally[b][c].gold += spans.names;
            tally[b][c].found += chosen.size();
            tally[b][c].right += right;
          }
        }
      }
    }
    size_t best = 0;
    for (size_t b = 0; b < std::size(kBiases); ++b) {
      std::string line = figure("second pass, bias %.2f: F1", static_cast<double>(kBiases[b]) / SpanModel::kScale);
      for (const Tally& t : tally[b]) line += figure(" %.2f", t.f1());
      line += figure(" (all P %.2f R %.2f)", 100.0 * tally[b].back().right / std::max<size_t>(1, tally[b].back().found),
                     100.0 * tally[b].back().right / std::max<size_t>(1, tally[b].back().gold));
      report(line);
      if (tally[b].back().f1() > tally[best].back().f1()) best = b;
    }
    content.bias = kBiases[best];
    for (size_t d = 0; d < 2; ++d)
      for (size_t l = 0; l < SpanModel::kLevels; ++l) {
        Judged own = judged[best][d][l];
        constexpr size_t kEnough = 400;  // else the level above is taken with it, and the other domain
        for (size_t more = l; own.size() < kEnough && more-- > 0;)
          own.insert(own.end(), judged[best][d][more].begin(), judged[best][d][more].end());
        if (own.size() < kEnough)
          for (const Judged& other : judged[best][1 - d]) own.insert(own.end(), other.begin(), other.end());
        content.calibration[d][l] = isotonic_table(std::move(own), SpanModel::kKnots);
        if (d == 1) shade(content.calibration[d][l]);
      }
  }

  // Raw text to come is further from training than its held-out articles are, so that sure names are wrong, and
  // doubtful ones right, more often. By the calibration errors on both raw dev sets.
  static void shade(std::vector<uint16_t>& table) {
    for (uint16_t& share : table) {
      const double p = std::clamp(share / 65535.0, 1e-4, 1 - 1e-4);
      const double nats = 0.9 * std::log(p / (1 - p)) + 0.2;
      share = static_cast<uint16_t>(std::lround(0.99 * 65535 / (1 + std::exp(-nats))));
    }
  }

  // Levels of articles, each with as many names.
  void choose_levels(std::vector<uint8_t>& level, SpanModel::Content& content) const {
    std::vector<std::pair<float, size_t>> shares;  // and names
    size_t names = 0;
    for (const ArticleSpans& s : spans_) {
      shares.emplace_back(doubtful_share(s.candidates), s.names);
      names += s.names;
    }
    level.assign(spans_.size(), 0);
    auto sorted = shares;
    std::sort(sorted.begin(), sorted.end());
    size_t sum = 0;
    size_t l = 0;
    for (const auto& [share, count] : sorted) {
      sum += count;
      while (l + 1 < SpanModel::kLevels && sum * SpanModel::kLevels > names * (l + 1)) content.bounds[l++] = share;
    }
    for (size_t a = 0; a < shares.size(); ++a)
      level[a] = static_cast<uint8_t>(std::upper_bound(content.bounds.begin(), content.bounds.end(), shares[a].first) -
                                      content.bounds.begin());
  }

  void quantise(const std::vector<float>& w, SpanModel::Content& content) const {
    const uint32_t n = task_.types;
    for (size_t f = 0; f < hashes_.size(); ++f) {
      float largest = 0;
      for (uint32_t t = 0; t < n; ++t) largest = std::max(largest, std::abs(w[f * n + t]));
      if (largest < settings_.least_weight) continue;
      content.features.push_back(hashes_[f]);
      for (uint32_t t = 0; t < n; ++t)
        content.weights.push_back(
            static_cast<int8_t>(std::clamp(std::lround(w[f * n + t] * SpanModel::kScale), -127L, 127L)));
    }
  }

  static constexpr uint32_t kUnused = 0xFFFFFFFF;
  static constexpr uint32_t kNew = 0xFFFFFFFE;

  const SpanTask& task_;
  const SpanSettings& settings_;
  std::map<uint64_t, TypeCounts> seen_;
  std::vector<ArticleSpans> spans_;
  std::vector<Sample> samples_;
  std::vector<uint64_t> raw_, hashes_;
  std::vector<uint32_t> features_;
  std::vector<bool> is_sure_;
  size_t sure_ = 0;
};

}  // namespace

SpanModel::Content train_spans(const SpanTask& task, const SpanSettings& settings,
                               const std::function<void(const std::string&)>& report) {
  return Trainer(task, settings).run(report);
}

}  // namespace newsnlp
