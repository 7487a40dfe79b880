#include "crf_trainer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "random_source.h"

namespace newsnlp {
namespace {

/// One pass after the other over the samples; weights are kept divided by scale_, so that decay costs one
/// multiplication.
class Trainer {
 public:
  Trainer(const CrfSamples& samples, uint32_t types, size_t features, const CrfSettings& settings)
      : samples_(samples),
        settings_(settings),
        row_(4 * types),
        labels_(row_ + 1),
        random_(settings.seed),
        weights_(features * row_, 0.0F),
        steps_(size_t{labels_ + 1} * labels_, 0.0F),
        factor_(steps_.size()) {
    for (uint32_t a = 0; a <= labels_; ++a)
      for (uint32_t b = 0; b < labels_; ++b)
        if (a == labels_ ? Crf::may_start(b) : Crf::may_follow(a, b)) allowed_.push_back(a * labels_ + b);
  }

  CrfWeights run(std::vector<uint32_t> order, const std::function<void(uint32_t, double)>& progress) {
    const double lambda = settings_.l2 / static_cast<double>(std::max<size_t>(1, order.size()));
    const double first = 1 / (lambda * settings_.rate);
    const uint32_t averaged = std::max(1U, settings_.epochs / 3);
    CrfWeights sum{std::vector<float>(weights_.size(), 0.0F), std::vector<float>(steps_.size(), 0.0F)};
    double t = 0;
    for (uint32_t epoch = 0; epoch < settings_.epochs; ++epoch) {
      random_.shuffle(order);
      double loss = 0;
      for (uint32_t s : order) loss += step(s, 1 / (lambda * (first + t++)), lambda);
      if (epoch + averaged >= settings_.epochs) {
        for (size_t i = 0; i < weights_.size(); ++i) sum.weights[i] += weights_[i] * static_cast<float>(scale_);
        for (size_t i = 0; i < steps_.size(); ++i) sum.steps[i] += steps_[i];
      }
      if (progress) progress(epoch, loss);
    }
    const auto keep = static_cast<float>((1 - settings_.dropout) / averaged);
    for (float& w : sum.weights) w *= keep;
    for (float& w : sum.steps) w /= static_cast<float>(averaged);
    return sum;
  }

 private:
  double step(uint32_t sequence, double rate, double lambda) {
    const uint32_t begin = samples_.sequence_begin[sequence];
    const uint32_t n = samples_.sequence_begin[sequence + 1] - begin;
    const uint32_t k = labels_;
    choose(begin, n);
    for (uint32_t a : allowed_) factor_[a] = std::exp(steps_[a]);
    exp_.assign(size_t{n} * k, 0);
    alpha_.assign(size_t{n} * k, 0);
    beta_.assign(size_t{n} * k, 0);
    const uint8_t* gold = samples_.labels.data() + begin;
    double loss = 0;
    for (uint32_t i = 0; i < n; ++i) {
      float e[Crf::kMaxLabels] = {};
      for (size_t c = chosen_begin_[i]; c < chosen_begin_[i + 1]; ++c) {
        const float* w = weights_.data() + size_t{chosen_[c]} * row_;
        for (uint32_t b = 0; b < row_; ++b) e[b + 1] += w[b];
      }
      float top = 0;
      for (uint32_t b = 1; b < k; ++b) top = std::max(top, e[b] *= static_cast<float>(scale_));
      float* x = exp_.data() + size_t{i} * k;
      for (uint32_t b = 0; b < k; ++b) x[b] = std::exp(e[b] - top);
      loss += top - e[gold[i]] - steps_[(i == 0 ? k : gold[i - 1]) * k + gold[i]];
      float* a = alpha_.data() + size_t{i} * k;
      if (i == 0)
        for (uint32_t b = 0; b < k; ++b) a[b] = Crf::may_start(b) ? factor_[k * k + b] : 0;
      else
        for (uint32_t p = 0; p < k; ++p)
          if (const float before = a[static_cast<ptrdiff_t>(p) - static_cast<ptrdiff_t>(k)]; before > 0)
            for (uint32_t b = 0; b < k; ++b) a[b] += before * factor_[p * k + b];
      float sum = 0;
      for (uint32_t b = 0; b < k; ++b) {
        a[b] *= i + 1 == n && !Crf::may_end(b) ? 0 : x[b];
        sum += a[b];
      }
      sum = std::max(sum, 1e-30F);
      loss += std::log(sum);
      for (uint32_t b = 0; b < k; ++b) a[b] /= sum;
    }
    for (uint32_t b = 0; b < k; ++b) beta_[size_t{n - 1} * k + b] = Crf::may_end(b) ? 1 : 0;
    for (uint32_t i = n - 1; i-- > 0;) {
      float weighed[Crf::kMaxLabels];
      for (uint32_t b = 0; b < k; ++b) weighed[b] = beta_[size_t{i + 1} * k + b] * exp_[size_t{i + 1} * k + b];
      float sum = 0;
      for (uint32_t p = 0; p < k; ++p) {
        float z = 0;
        for (uint32_t b = 0; b < k; ++b) z += factor_[p * k + b] * weighed[b];
        sum += beta_[size_t{i} * k + p] = z;
      }
      for (uint32_t p = 0; p < k; ++p) beta_[size_t{i} * k + p] /= std::max(sum, 1e-30F);
    }
    scale_ *= 1 - rate * lambda;
    for (float& s : steps_) s *= static_cast<float>(1 - rate * lambda);
    update(n, gold, static_cast<float>(rate));
    if (scale_ < 1e-6) {
      for (float& w : weights_) w *= static_cast<float>(scale_);
      scale_ = 1;
    }
    return loss;
  }

  void update(uint32_t n, const uint8_t* gold, float rate) {
    const uint32_t k = labels_;
    const float up = -rate / static_cast<float>(scale_);
    for (uint32_t i = 0; i < n; ++i) {
      float gradient[Crf::kMaxLabels];
      float sum = 0;
      for (uint32_t b = 0; b < k; ++b) sum += gradient[b] = alpha_[size_t{i} * k + b] * beta_[size_t{i} * k + b];
      for (uint32_t b = 0; b < k; ++b) gradient[b] /= std::max(sum, 1e-30F);
      if (i == 0) {
        for (uint32_t b = 0; b < k; ++b) steps_[k * k + b] -= rate * gradient[b];
        steps_[k * k + gold[0]] += rate;
      } else {
        float total = 0;
        pair_.resize(allowed_.size());
        for (size_t j = 0; j < allowed_.size() && allowed_[j] < k * k; ++j) {
          const uint32_t a = allowed_[j] / k;
          const uint32_t b = allowed_[j] % k;
          total += pair_[j] =
              alpha_[size_t{i - 1} * k + a] * factor_[allowed_[j]] * exp_[size_t{i} * k + b] * beta_[size_t{i} * k + b];
        }
        for (size_t j = 0; j < allowed_.size() && allowed_[j] < k * k; ++j)
          steps_[allowed_[j]] -= rate * pair_[j] / std::max(total, 1e-30F);
        steps_[gold[i - 1] * k + gold[i]] += rate;
      }
      gradient[gold[i]] -= 1;
      float largest = 0;
      for (uint32_t b = 0; b < k; ++b) largest = std::max(largest, std::abs(gradient[b]));
      if (largest < 1e-3F) continue;
      for (uint32_t b = 0; b < k; ++b) gradient[b] *= up;
      for (size_t c = chosen_begin_[i]; c < chosen_begin_[i + 1]; ++c) {
        float* w = weights_.data() + size_t{chosen_[c]} * row_;
        for (uint32_t b = 0; b < row_; ++b) w[b] += gradient[b + 1];
      }
    }
  }

  // The features that this step sees.
  void choose(uint32_t begin, uint32_t n) {
    chosen_.clear();
    chosen_begin_.assign(1, 0);
    const auto limit = static_cast<uint64_t>(settings_.dropout * 65536);
    for (uint32_t i = begin; i < begin + n; ++i) {
      uint64_t bits = 0;
      uint32_t left = 0;
      for (size_t f = samples_.token_begin[i]; f < samples_.token_begin[i + 1]; ++f) {
        if (limit > 0) {
          if (left == 0) {
            bits = random_.next();
            left = 4;
          }
          const bool drop = (bits & 0xFFFF) < limit;
          bits >>= 16;
          --left;
          if (drop) continue;
        }
        chosen_.push_back(samples_.features[f]);
      }
      chosen_begin_.push_back(chosen_.size());
    }
  }

  const CrfSamples& samples_;
  const CrfSettings& settings_;
  uint32_t row_, labels_;
  RandomSource random_;
  std::vector<float> weights_, steps_, factor_, exp_, alpha_, beta_, pair_;
  double scale_ = 1;
  std::vector<uint32_t> allowed_, chosen_;
  std::vector<size_t> chosen_begin_;
};

}  // namespace

CrfWeights train_crf(const CrfSamples& samples, uint32_t types, size_t features, const CrfSettings& settings,
                     const std::function<bool(uint32_t)>& use, const std::function<void(uint32_t, double)>& progress) {
  std::vector<uint32_t> order;
  for (uint32_t s = 0; s < samples.size(); ++s)
    if (use(s)) order.push_back(s);
  return Trainer(samples, types, features, settings).run(std::move(order), progress);
}

void emission_of(const CrfSamples& samples, size_t sequence, const CrfWeights& model, uint32_t row,
                 std::vector<int16_t>& emission) {
  emission.clear();
  for (uint32_t i = samples.sequence_begin[sequence]; i < samples.sequence_begin[sequence + 1]; ++i) {
    float sums[Crf::kMaxLabels] = {};
    for (size_t f = samples.token_begin[i]; f < samples.token_begin[i + 1]; ++f)
      for (uint32_t b = 0; b < row; ++b) sums[b] += model.weights[size_t{samples.features[f]} * row + b];
    for (uint32_t b = 0; b < row; ++b)
      emission.push_back(static_cast<int16_t>(std::clamp(std::lround(sums[b] * Crf::kScale), -32768L, 32767L)));
  }
}

Crf to_crf(const CrfWeights& model, std::vector<EntityType> types) {
  std::vector<int32_t> steps;
  for (float s : model.steps) steps.push_back(static_cast<int32_t>(std::lround(s * Crf::kScale)));
  return {std::move(types), std::move(steps)};
}

}  // namespace newsnlp
