#include "evidence_lines.h"

#include <algorithm>
#include <cmath>

namespace newsnlp {
namespace {

std::string percent(float p) {
  return std::to_string(std::lround(p * 100)) + " %";
}

std::string words(const Layers& layers, int begin, int end) {
  const Span s{layers.tokens[static_cast<size_t>(begin)].span.begin, layers.tokens[static_cast<size_t>(end)].span.end};
  constexpr uint32_t kLongest = 60;
  if (s.size() <= kLongest) return "\"" + std::string(layers.of(s)) + "\"";
  return "\"" + std::string(layers.of(layers.tokens[static_cast<size_t>(begin)])) + " … " +
         std::string(layers.of(layers.tokens[static_cast<size_t>(end)])) + "\"";
}

// The noun phrase around a head whose edges were not read.
std::string phrase_words(const Layers& layers, const Workspace& workspace, int head) {
  const uint32_t phrase = workspace.noun_phrase[static_cast<size_t>(head)];
  if (phrase == Workspace::kNone) return words(layers, head, head);
  const IndexRange tokens = workspace.noun_phrases[phrase].tokens;
  return words(layers, static_cast<int>(tokens.begin), static_cast<int>(tokens.end) - 1);
}

struct Line {
  float weight;
  std::string text;
};

std::string marks(const Workspace& workspace, const Content& content) {
  size_t opens = 0;
  size_t closes = 0;
  content.each([&](int a, int b) {
    for (int j = a; j <= b; ++j) {
      opens += workspace.quotation[static_cast<size_t>(j)] == Quotation::Opens;
      closes += workspace.quotation[static_cast<size_t>(j)] == Quotation::Closes;
    }
  });
  if (opens == 0 && closes == 0) return {};
  return std::to_string(opens) + " opening and " + std::to_string(closes) + " closing quotation marks in the content";
}

}  // namespace

std::vector<std::string> evidence_lines(const Layers& layers, const Workspace& workspace, const CueReading& r,
                                        std::string_view pattern, float score) {
  std::vector<Line> lines;
  const Analysis& y = r.analysis();
  lines.push_back({2, "score " + percent(score) + (r.certain ? ", taken as certain" : "")});
  lines.push_back({r.cue_probability, "cue " + words(layers, r.cue_begin, r.cue_end) + ": " +
                                          percent(r.cue_probability) + " likely to introduce a report" +
                                          (r.own ? ", one of your own cues" : "")});
  if (!pattern.empty()) lines.push_back({0.95F, "pattern " + std::string(pattern)});
  if (std::string text = marks(workspace, y.content); !text.empty()) lines.push_back({0.9F, std::move(text)});
  const char* side = y.content.side == Side::Right ? "behind" : y.content.side == Side::Left ? "before" : "around";
  lines.push_back({y.mass, std::string("content ") + side + " the cue: " + percent(std::min(y.mass, 1.0F)) +
                               " of the cue's readings agree"});
  if (y.source_begin >= 0)
    lines.push_back({y.source_probability,
                     "source " + words(layers, y.source_begin, y.source_end) + ": " + percent(y.source_probability)});
  else
    lines.push_back({y.source_probability, "no source: " + percent(y.source_probability)});
  for (const Analysis& z : r.analyses) {
    if (z.source == y.source || z.source < 0) continue;
    lines.push_back({0.01F, "next best source " + phrase_words(layers, workspace, z.source) + ": " +
                                percent(z.source_probability)});
    break;
  }
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.weight > b.weight; });
  std::vector<std::string> out;
  out.reserve(lines.size());
  for (Line& l : lines) out.push_back(std::move(l.text));
  return out;
}

}  // namespace newsnlp
