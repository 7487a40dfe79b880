#include "written.h"

#include <algorithm>
#include <array>

namespace newsnlp {
namespace {

constexpr uint32_t kNone = 0xFFFFFFFF;
constexpr uint32_t kLookedBack = 8;  // speakers
constexpr uint32_t kParagraphs = 2;
constexpr uint32_t kPhrase = 4;  // tokens from "in" to "statement"
constexpr uint32_t kNear = 48;   // tokens from the speaker to "in a statement"
constexpr uint32_t kAuthor = 8;  // and from "by" to the author

// What a person or a body says; of what somebody finds out more must be told.
enum class Paper { None, Said, Found };
Paper kind_of(std::string_view noun) {
  static constexpr auto kSaid =
      std::to_array<std::string_view>({"statement", "letter", "email", "e-mail", "message", "post", "tweet", "note",
                                       "memo", "complaint", "lawsuit", "filing", "petition"});
  static constexpr auto kFound = std::to_array<std::string_view>({"report", "study", "survey", "document", "poll"});
  if (std::find(kSaid.begin(), kSaid.end(), noun) != kSaid.end()) return Paper::Said;
  return std::find(kFound.begin(), kFound.end(), noun) != kFound.end() ? Paper::Found : Paper::None;
}

}  // namespace

uint32_t whose_paper(const Layers& layers, const Workspace& workspace, std::span<const Spoken> spoken,
                     const SourceReading& paper) {
  if (!paper.definite || paper.head != paper.phrase.begin + 1) return kNone;
  const auto word = [&](uint32_t t) { return workspace.types.lower(workspace.word[t]); };
  const std::string_view noun = word(paper.head);
  const Paper kind = kind_of(noun);
  if (kind == Paper::None) return kNone;
  // "in a statement", "a report by".
  const auto is_in = [&](uint32_t at, uint32_t begin) {
    for (uint32_t t = at; t > begin && at - t < kPhrase; --t)
      if (word(t - 1) == "in") return kind == Paper::Said || word(t) != "the";
    return false;
  };
  const auto is_by = [&](uint32_t at, uint32_t author) {
    for (uint32_t t = at + 1; t < author; ++t)
      if (word(t) == "by" || word(t) == "from") return author - t < kAuthor;
    return false;
  };
  const auto end =
      std::partition_point(spoken.begin(), spoken.end(), [&](const Spoken& s) { return s.token < paper.phrase.begin; });
  for (auto s = end; s != spoken.begin() && end - s < kLookedBack; --s) {
    const Spoken& last = *(s - 1);
    if (workspace.paragraph[paper.head] - workspace.paragraph[last.token] > kParagraphs) break;
    if (word(last.token) == noun) return last.entity;
    const IndexRange sentence = layers.sentences[workspace.sentence[last.token]].tokens;
    const uint32_t first = std::max(sentence.begin, last.token - std::min(last.token, kNear));
    for (uint32_t t = first; t < std::min({sentence.end, paper.phrase.begin, last.token + kNear}); ++t)
      if (word(t) == noun && (is_in(t, first) || is_by(t, last.token))) return last.entity;
  }
  return kNone;
}

bool is_own_paper(const Workspace& workspace, LinkNotes& notes, const SourceReading& paper) {
  if (!paper.possessive || paper.head != paper.phrase.begin + 1) return false;
  const PronounPerson owner = notes.at(workspace, paper.phrase.begin).person;
  return (owner == PronounPerson::He || owner == PronounPerson::She) &&
         kind_of(workspace.types.lower(workspace.word[paper.head])) == Paper::Said;
}

}  // namespace newsnlp
