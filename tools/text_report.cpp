#include "text_report.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace newsnlp {
namespace {

constexpr size_t kStep = 4;        // columns a level of nesting
constexpr size_t kDeepest = 6;     // levels that are indented
constexpr size_t kCandidates = 3;  // shown by --explain
constexpr size_t kWidest = 100;    // columns; longer lines are hard to read
constexpr size_t kNarrowest = 40;

std::string percent(float score) {
  return std::to_string(std::lround(score * 100)) + "%";
}

std::string count(size_t n, const std::string& noun) {
  return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
}

// The speaker's name, else the words of the source.
std::string who(const Document& d, const Quote& q) {
  if (q.speaker) return std::string(d.text(d.entities()[*q.speaker].name));
  if (!q.source.empty()) return d.joined(q.source);
  return "nobody named";
}

size_t depth(const Document& d, uint32_t index) {
  size_t levels = 0;
  for (auto up = d.quotes()[index].nested_in; up && levels < kDeepest; up = d.quotes()[*up].nested_in) ++levels;
  return levels;
}

// Quotes in the order of reading: each is followed by those that stand inside it.
std::vector<uint32_t> reading_order(const Document& d) {
  const auto quotes = d.quotes();
  std::vector<std::vector<uint32_t>> inside(quotes.size());
  std::vector<uint32_t> stack;
  for (auto i = static_cast<uint32_t>(quotes.size()); i-- > 0;) {
    if (quotes[i].nested_in)
      inside[*quotes[i].nested_in].push_back(i);
    else
      stack.push_back(i);
  }
  std::vector<uint32_t> order;
  while (!stack.empty()) {
    const uint32_t i = stack.back();
    stack.pop_back();
    order.push_back(i);
    stack.insert(stack.end(), inside[i].begin(), inside[i].end());
  }
  return order;
}

// " · said · to reporters · direct, denied · via Euronews"
void add_how(Page& page, const Document& d, const Quote& q, bool separator) {
  const auto part = [&](const std::string& words, Style style = Style::Plain) {
    if (separator) page.add("·", Style::Dim);
    separator = true;
    page.add(words, style);
  };
  const bool by_other_words = q.resolution == Resolution::Pronoun || q.resolution == Resolution::Role;
  const std::string cue = d.joined(q.cue);
  const std::string source = d.joined(q.source);
  if (q.speaker && by_other_words && !source.empty() && source != who(d, q)) {
    // In the order of the text: "She added", "according to the newspaper".
    const bool cue_first = !cue.empty() && d.spans(q.cue)[0].begin < d.spans(q.source)[0].begin;
    part(cue.empty() ? source : cue_first ? cue + " " + source : source + " " + cue);
  } else if (!cue.empty()) {
    part(cue);
  }
  if (!q.addressee.empty()) part("to " + d.joined(q.addressee));
  part(std::string(to_string(q.type)), Style::Dim);
  if (!q.speech) part("not speech", Style::Warning);
  if (q.polarity == Polarity::Denied) part("denied", Style::Warning);
  if (q.certainty != Certainty::Asserted) part(std::string(to_string(q.certainty)), Style::Warning);
  if (!q.relay.empty()) part("via " + std::string(d.relay_name(q)));
}

std::string why_nobody(Abstention a) {
  switch (a) {
    case Abstention::NoCandidate:
      return "no speaker: nobody in the text fits";
    case Abstention::TooClose:
      return "no speaker: several people fit about as well";
    case Abstention::BelowThreshold:
      return "no speaker: the likeliest one is too unsure";
    default:
      return "no speaker: the source names nobody";
  }
}

}  // namespace

void TextReport::heading(Page& page, const Article& article, const Document& d) const {
  std::string title = article.record.title.value_or("");
  for (const Paragraph& p : d.paragraphs()) {
    if (!title.empty()) break;
    if (p.kind == ParagraphKind::Headline) title = d.text(p.span);
  }
  if (!title.empty()) page.add(title, Style::Bold).set(0, 0);
  std::set<uint32_t> speakers;
  for (const Quote& q : d.quotes())
    if (q.speaker) speakers.insert(*q.speaker);
  page.add((article.record.id == "-" ? "standard input" : article.record.id) + " · ", Style::Dim);
  if (d.quotes().empty()) {
    page.add("no quotes found", Style::Dim).set(0, 0);
    return;
  }
  page.add(count(d.quotes().size(), "quote") + ", " + count(speakers.size(), "speaker"), Style::Dim);
  page.set(0, 0, "how sure");
}

void TextReport::speaker_heading(Page& page, const Document& d, const Quote& q, size_t quotes) const {
  page.add(who(d, q), Style::Bold);
  std::string roles;
  if (q.speaker) {
    const IndexRange range = d.entities()[*q.speaker].roles;
    for (uint32_t i = range.begin; i < range.end; ++i)
      roles.append(roles.empty() ? "" : ", ").append(d.text(d.roles()[i].span));
  }
  if (!roles.empty()) page.add("(" + roles + ")");
  page.add("· " + count(quotes, "quote"), Style::Dim).set(0, kStep);
}

void TextReport::quote(Page& page, const Document& d, uint32_t index, size_t indent) const {
  const Quote& q = d.quotes()[index];
  if (!settings_.by_speaker) {
    page.add(who(d, q), Style::Bold);
    if (q.role) page.add("(" + std::string(d.text(d.roles()[*q.role].span)) + ")");
  }
  add_how(page, d, q, !settings_.by_speaker);
  page.set(indent, indent + 2, percent(q.score));
  page.add(d.joined(q.content)).set(indent + kStep, indent + kStep);
  if (!settings_.explain) return;
  const auto evidence = [&](const std::string& line) {
    page.add("- " + line, Style::Dim).set(indent + kStep, indent + kStep + 2);
  };
  for (const std::string& line : analyzer_.explain(d, index)) evidence(line);
  if (q.speaker)
    evidence("speaker: " + std::string(to_string(q.resolution)) + ", " + percent(q.speaker_score) + " sure");
  else
    evidence(why_nobody(q.abstention));
  std::string others;
  const auto candidates = d.candidates(index);
  for (size_t i = 0; i < std::min(kCandidates, candidates.size()); ++i)
    others.append(others.empty() ? "" : ", ")
        .append(d.text(d.entities()[candidates[i].entity].name))
        .append(" " + percent(candidates[i].score));
  if (!others.empty()) evidence("candidates: " + others);
}

void TextReport::in_text_order(Page& page, const Document& d) const {
  for (const uint32_t i : reading_order(d)) {
    page.blank_line();
    quote(page, d, i, kStep * depth(d, i));
  }
}

// Speakers in the order of their first quote; sources that name nobody count as one speaker if their words agree.
void TextReport::by_speaker(Page& page, const Document& d) const {
  std::map<std::string, size_t> seen;
  std::vector<std::vector<uint32_t>> groups;
  for (const uint32_t i : reading_order(d)) {
    const Quote& q = d.quotes()[i];
    const std::string key = q.speaker ? "#" + std::to_string(*q.speaker) : " " + who(d, q);
    const auto [at, fresh] = seen.emplace(key, groups.size());
    if (fresh) groups.emplace_back();
    groups[at->second].push_back(i);
  }
  for (const std::vector<uint32_t>& group : groups) {
    page.blank_line();
    speaker_heading(page, d, d.quotes()[group.front()], group.size());
    for (const uint32_t i : group) quote(page, d, i, kStep);
  }
}

std::string TextReport::article(const Article& article, const Document& document) const {
  std::unique_lock<std::mutex> lock;
  if (settings_.explain) lock = std::unique_lock(explaining_);
  Page page(std::clamp(settings_.width, kNarrowest, kWidest), settings_.colour);
  heading(page, article, document);
  settings_.by_speaker ? by_speaker(page, document) : in_text_order(page, document);
  return page.take();
}

}  // namespace newsnlp
