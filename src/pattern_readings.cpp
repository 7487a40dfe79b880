#include "pattern_readings.h"

#include <algorithm>
#include <optional>

#include "attribution_candidates.h"
#include "cue_reader.h"
#include "cue_readings.h"

namespace newsnlp {
namespace {

constexpr float kProposed = 0.2F;  // probability of a proposed content
constexpr float kProposedCue = 0.04F;
constexpr float kAlike = 0.8F;
constexpr float kCertain = 0.9F;
constexpr size_t kPlace = 4;  // of a proposed analysis among the cue's own

TokenRange inclusive(IndexRange r) {
  return {static_cast<int>(r.begin), static_cast<int>(r.end) - 1};
}

int head_of(const ArticleView& v, TokenRange source) {
  for (int t = source.begin; t <= source.end; ++t)
    if (is_source_head(v, t) && (t == source.end || v.at(t + 1).tag != Tag::POS)) return t;
  return source.end;
}

// The cue's token; a proposal without a cue stands at the sign beside its content.
std::optional<int> anchor_of(const ArticleView& v, const Proposal& p) {
  if (!p.cue.empty()) {
    const TokenRange cue = inclusive(p.cue);
    return cue_anchor(v, cue.begin, cue.end);
  }
  if (!p.certain || p.content[0].empty()) return std::nullopt;
  const TokenRange content = inclusive(p.content[0]);
  const TokenRange source = p.source.empty() ? TokenRange{-1, -1} : inclusive(p.source);
  const int sign = source.begin > content.end ? content.end + 1 : content.begin - 1;
  if (!v.valid(sign) || (sign >= source.begin && sign <= source.end)) return std::nullopt;
  return sign;
}

// False if a content encloses the cue.
bool analysis_of(const ArticleView& v, const Proposal& p, int cue, Analysis& y) {
  Content& k = y.content;
  for (const IndexRange r : p.content) {
    if (r.empty()) continue;
    const TokenRange c = inclusive(r);
    if (c.end < cue) {
      k.left_begin = k.left() ? std::min(k.left_begin, c.begin) : c.begin;
      k.left_end = std::max(k.left_end, c.end);
    } else if (c.begin > cue) {
      k.right_begin = k.right() ? std::min(k.right_begin, c.begin) : c.begin;
      k.right_end = std::max(k.right_end, c.end);
    } else {
      return false;
    }
  }
  if (!k.left() && !k.right()) return false;
  k.side = !k.left() ? Side::Right : k.right() ? Side::Both : Side::Left;
  k.probability = kProposed;
  y.mass = kProposed;
  y.source_probability = 0.5F;
  if (!p.source.empty()) {
    const TokenRange source = inclusive(p.source);
    y.source = head_of(v, source);
    y.source_begin = source.begin;
    y.source_end = source.end;
  }
  return true;
}

void merge(const ArticleView& v, const Proposal& p, const Analysis& y, CueReading& r) {
  if (!r.certain || p.certain) r.pattern = p.pattern;
  const auto same = std::find_if(r.analyses.begin(), r.analyses.end(), [&](const Analysis& z) {
    return z.source == y.source && overlap(v, z.content, y.content) >= kAlike;
  });
  auto at = same;
  if (same == r.analyses.end())
    at = r.analyses.insert(r.analyses.begin() + static_cast<ptrdiff_t>(std::min(kPlace, r.analyses.size())), y);
  if (!p.certain || r.certain) return;
  r.certain = true;
  r.score = kCertain;
  r.best = static_cast<uint32_t>(at - r.analyses.begin());
}

}  // namespace

void add_proposals(const ArticleView& v, const std::vector<Proposal>& proposals, std::vector<CueReading>& readings) {
  const size_t known = readings.size();
  const auto by_cue = [](const CueReading& r, int cue) { return r.cue < cue; };
  for (const Proposal& p : proposals) {
    Analysis y;
    const std::optional<int> cue = anchor_of(v, p);
    if (!cue || v.at(*cue).is(CueWord::kNever) || !analysis_of(v, p, *cue, y)) continue;
    const auto end = readings.begin() + static_cast<ptrdiff_t>(known);
    auto it = std::lower_bound(readings.begin(), end, *cue, by_cue);
    if (it == end || it->cue != *cue)
      it = std::find_if(end, readings.end(), [&](const CueReading& r) { return r.cue == *cue; });
    if (it != readings.end()) {
      merge(v, p, y, *it);
      continue;
    }
    CueReading r;
    r.cue = *cue;
    r.cue_begin = p.cue.empty() ? *cue : static_cast<int>(p.cue.begin);
    r.cue_end = p.cue.empty() ? *cue : static_cast<int>(p.cue.end) - 1;
    r.cue_probability = kProposedCue;
    r.pattern = p.pattern;
    r.certain = p.certain;
    r.score = p.certain ? kCertain : kProposedCue * y.mass;
    r.analyses.push_back(y);
    readings.push_back(std::move(r));
  }
  put_in_text_order(readings);
}

}  // namespace newsnlp
