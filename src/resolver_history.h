// Room: resolver. What was said of each person so far, kept while an article is read from front to back.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "newsnlp/document.h"

namespace newsnlp {

/// What a mention does in its sentence, read from the words beside it.
enum class Function : uint8_t { Subject, Inverted, Object, Oblique, Possessor, Modifier, Other, Pronoun, Possessive };
constexpr size_t kFunctions = 9;
/// "Smith said", "said Smith", "he": what the next "he" goes on with.
constexpr bool is_subject(Function f) noexcept {
  return f == Function::Subject || f == Function::Inverted || f == Function::Pronoun;
}

/// One mention of a person, or a pronoun that was resolved to one.
struct Event {
  uint32_t token = 0;
  uint32_t sentence = 0;
  uint32_t paragraph = 0;
  Function function = Function::Other;
  bool quoted = false;       // inside a quotation
  bool speaker = false;      // in the source of a quote
  bool addressee = false;    // in the addressee of a quote
  bool full = false;         // a name of several words
  bool initial = false;      // begins its sentence
  bool subordinate = false;  // "When Smith arrived, …"
};

struct PersonHistory {
  static constexpr uint32_t kNever = 0xFFFFFFFF;

  Event last;
  uint32_t count = 0;
  uint32_t outside = 0;  // of them outside quotations
  uint32_t spoken = 0;   // of them in sources
  uint32_t last_subject = kNever, last_subject_sentence = kNever;
  uint32_t last_speaker = kNever, last_speaker_paragraph = kNever;
  uint32_t sentence = kNever,
           paragraph = kNever;  // of the last event outside quotations, with the first function there
  Function sentence_function = Function::Other, paragraph_function = Function::Other;
  bool opening = false;          // was named in the first paragraph
  bool he = false, she = false;  // was resolved to the person
};

class History {
 public:
  static constexpr size_t kRecent = 6;

  void clear(size_t entities);
  void add(uint32_t entity, const Event& event);
  /// The kRecent people mentioned last, the latest first.
  std::span<const uint32_t> recent() const noexcept { return {recent_.data(), recent_count_}; }
  const PersonHistory& of(uint32_t entity) const noexcept { return people_[entity]; }
  /// "He" or "she" was resolved to the person.
  void call(uint32_t entity, bool male) noexcept { (male ? people_[entity].he : people_[entity].she) = true; }
  uint32_t most_mentions() const noexcept { return most_; }

 private:
  std::vector<PersonHistory> people_;  // by entity
  std::array<uint32_t, kRecent> recent_{};
  size_t recent_count_ = 0;
  uint32_t most_ = 0;
};

}  // namespace newsnlp
