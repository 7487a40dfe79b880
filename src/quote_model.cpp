#include "quote_model.h"

#include <algorithm>

namespace newsnlp {
namespace {

constexpr uint32_t kVersion = 5;
constexpr size_t kMaxLemmas = 0xFFFE;

bool by_lemma(const LemmaRow& a, const LemmaRow& b) {
  return a.lemma < b.lemma;
}

bool contains(std::span<const uint32_t> sorted, uint32_t key) {
  return std::binary_search(sorted.begin(), sorted.end(), key);
}

}  // namespace

QuoteModel::QuoteModel(std::span<const std::byte> section) {
  if (section.empty()) return;
  SectionReader in(section, "quotes.bin");
  in.require(in.number<uint32_t>() == kVersion, "its version is another");
  roles_ = in.array<uint32_t>();
  first_names_ = in.array<uint32_t>();
  in.require(std::is_sorted(roles_.begin(), roles_.end()), "the roles are not sorted");
  in.require(std::is_sorted(first_names_.begin(), first_names_.end()), "the first names are not sorted");
  lemmas_ = in.array<LemmaRow>();
  in.require(!lemmas_.empty() && lemmas_.size() <= kMaxLemmas, "the number of lemmas is out of range");
  in.require(std::is_sorted(lemmas_.begin(), lemmas_.end(), by_lemma), "the lemmas are not sorted");
  for (LinearRanker& r : rankers_) r = LinearRanker(in);
  for (auto& table : calibration_) {
    table = in.array<uint16_t>();
    in.require(table.size() == kSteps, "a calibration table has another size");
  }
  for (float& best : best_score_) {
    best = in.number<float>();
    in.require(best >= 0 && best <= 1, "a best score is no probability");
  }
}

uint16_t QuoteModel::lemma_row(uint32_t lemma) const noexcept {
  const auto it = std::lower_bound(lemmas_.begin(), lemmas_.end(), LemmaRow{lemma, 0, {}, {}, {}}, by_lemma);
  return it == lemmas_.end() || it->lemma != lemma ? uint16_t{0} : static_cast<uint16_t>(it - lemmas_.begin() + 1);
}

bool QuoteModel::is_role(uint32_t word) const noexcept {
  return contains(roles_, word);
}

bool QuoteModel::is_first_name(uint32_t word) const noexcept {
  return contains(first_names_, word);
}

float QuoteModel::calibrated(float p, ScoreKind kind) const noexcept {
  const std::span<const uint16_t> table = calibration_[static_cast<size_t>(kind)];
  if (table.empty()) return p;
  const float at = std::clamp(p, 0.0F, 1.0F) * static_cast<float>(kSteps - 1);
  const auto low = std::min(static_cast<size_t>(at), kSteps - 2);
  const float part = at - static_cast<float>(low);
  const float value = static_cast<float>(table[low]) * (1 - part) + static_cast<float>(table[low + 1]) * part;
  return value / 65535.0F;
}

QuoteModel::Parts QuoteModel::parts() const {
  Parts parts;
  parts.roles.assign(roles_.begin(), roles_.end());
  parts.first_names.assign(first_names_.begin(), first_names_.end());
  parts.lemmas.assign(lemmas_.begin(), lemmas_.end());
  for (size_t k = 0; k < kRankers; ++k) {
    parts.weights[k].assign(rankers_[k].weights().begin(), rankers_[k].weights().end());
    parts.scales[k] = rankers_[k].scale();
  }
  for (size_t k = 0; k < kScoreKinds; ++k) parts.calibration[k].assign(calibration_[k].begin(), calibration_[k].end());
  parts.best_score = best_score_;
  return parts;
}

std::string QuoteModel::write(Parts parts) {
  std::sort(parts.roles.begin(), parts.roles.end());
  std::sort(parts.first_names.begin(), parts.first_names.end());
  std::sort(parts.lemmas.begin(), parts.lemmas.end(), by_lemma);
  for (auto& table : parts.calibration)
    for (size_t i = table.size(); i < kSteps; ++i) table.push_back(static_cast<uint16_t>(i * 65535 / (kSteps - 1)));
  SectionWriter out;
  out.number(kVersion);
  out.array(parts.roles);
  out.array(parts.first_names);
  out.array(parts.lemmas);
  for (size_t k = 0; k < kRankers; ++k) LinearRanker(parts.weights[k], parts.scales[k]).write(out);
  for (const auto& table : parts.calibration) out.array(table);
  for (const float best : parts.best_score) out.number(best);
  return out.bytes();
}

}  // namespace newsnlp
