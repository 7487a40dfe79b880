#include "interview.h"

#include <algorithm>
#include <array>

#include "resolver_pronouns.h"

namespace newsnlp {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFF;
constexpr uint32_t kLines = 8;     // of the article, that may be bylines
constexpr uint32_t kTokens = 10;   // of such a line, to each side
constexpr size_t kMentions = 128;  // that are looked at
constexpr size_t kPersons = 8;     // that are counted before an interview
constexpr uint32_t kSubject = 3;   // who does or says something counts as often

enum class Label { None, Question, Answer };

Label label_at(const Layers& layers, uint32_t token) {
  if (token + 1 >= layers.tokens.size()) return Label::None;
  const std::string_view word = layers.of(layers.tokens[token]);
  const char next = layers.of(layers.tokens[token + 1]).front();
  if (next >= 'A' && next <= 'Z') {  // not "A. said"
    if (word == "Q.") return Label::Question;
    if (word == "A.") return Label::Answer;
  }
  if (layers.of(layers.tokens[token + 1]) != ":") return Label::None;
  if (word == "Q" || word == "Question") return Label::Question;
  return word == "A" || word == "Answer" ? Label::Answer : Label::None;
}

uint32_t person_at(const Layers& layers, size_t mention) {
  const Mention& m = layers.mentions[mention];
  return m.type == EntityType::Person ? m.entity : kNone;
}

// The tokens of the mention's line, as far as they are near.
IndexRange line_of(const Layers& layers, const Workspace& workspace, IndexRange name) {
  const uint32_t line = workspace.paragraph[name.begin];
  IndexRange r = name;
  while (r.begin > 0 && workspace.paragraph[r.begin - 1] == line && name.begin - r.begin < kTokens) --r.begin;
  while (r.end < layers.tokens.size() && workspace.paragraph[r.end] == line && r.end - name.end < kTokens) ++r.end;
  return r;
}

// Who is named most before the first label, mostly as a subject, the first of them where several are.
uint32_t introduced(const Layers& layers, const Workspace& workspace, const LinkNotes& notes) {
  struct Count {
    uint32_t entity, times;
  };
  std::array<Count, kPersons> counts;
  size_t size = 0;
  for (size_t m = 0; m < std::min(layers.mentions.size(), kMentions); ++m) {
    const IndexRange name = notes.mention_tokens[m];
    const uint32_t e = person_at(layers, m);
    if (name.empty() || e == kNone || is_byline(layers, workspace, notes, m)) continue;
    const Paragraph& paragraph = layers.paragraphs[workspace.paragraph[name.begin]];
    const uint32_t first = layers.sentences[paragraph.sentences.begin].tokens.begin;
    if (size > 0 && label_at(layers, first) != Label::None) break;
    const auto end = counts.begin() + static_cast<std::ptrdiff_t>(size);
    const auto known = std::find_if(counts.begin(), end, [&](const Count& c) { return c.entity == e; });
    const uint32_t weight = is_subject(function_of(layers, workspace, name)) ? kSubject : 1;
    if (known != end)
      known->times += weight;
    else if (size < counts.size())
      counts[size++] = {e, weight};
  }
  uint32_t best = kNone, times = 0;
  for (size_t i = 0; i < size; ++i)
    if (counts[i].times > times) best = counts[i].entity, times = counts[i].times;
  return best;
}

}  // namespace

bool is_byline(const Layers& layers, const Workspace& workspace, const LinkNotes& notes, size_t mention) {
  const IndexRange name = notes.mention_tokens[mention];
  if (name.empty() || workspace.paragraph[name.begin] == 0 || workspace.paragraph[name.begin] > kLines) return false;
  const IndexRange sentences = layers.paragraphs[workspace.paragraph[name.begin]].sentences;
  const IndexRange line{layers.sentences[sentences.begin].tokens.begin, layers.sentences[sentences.end - 1].tokens.end};
  if (line.size() > kTokens) return false;
  const auto word = [&](uint32_t t) { return workspace.types.lower(workspace.word[t]); };
  if (word(line.begin) == "by" || (name.begin == line.begin + 2 && word(line.begin + 1) == "by")) return true;
  for (uint32_t t = line.begin; t < line.end; ++t)
    if (word(t) == "correspondent" || word(t) == "reporter" || word(t) == "editor" || word(t) == "writer")
      return line.begin == name.begin;
  return false;
}

uint32_t author(const Layers& layers, const Workspace& workspace, const LinkNotes& notes) {
  for (size_t m = 0; m < std::min(layers.mentions.size(), kMentions); ++m) {
    const IndexRange name = notes.mention_tokens[m];
    if (name.empty()) continue;
    if (workspace.paragraph[name.begin] > kLines) break;
    if (person_at(layers, m) == kNone || workspace.paragraph[name.begin] == 0) continue;
    if (is_byline(layers, workspace, notes, m) || line_of(layers, workspace, name) == name)
      return layers.mentions[m].entity;
  }
  return kNone;
}

uint32_t labelled(const Layers& layers, const Workspace& workspace, const LinkNotes& notes, uint32_t token) {
  switch (label_at(layers, token)) {
    case Label::Question:
      return author(layers, workspace, notes);
    case Label::Answer:
      return introduced(layers, workspace, notes);
    default:
      return kNone;
  }
}

}  // namespace newsnlp
