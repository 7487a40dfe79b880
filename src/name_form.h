// Room: linker. A mention's name as words without title, suffix, case and diacritics.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "link_notes.h"

namespace newsnlp {

/// "President Vladimir V. Putin Jr.": words vladimir, v, putin; title office; suffix; name "Vladimir V. Putin Jr.".
struct NameForm {
  static constexpr uint32_t kMaxWords = 12;  // of a longer name the first and last six count

  uint64_t key = 0;                       // of all words
  Span name;                              // without the titles
  uint32_t begin = 0;                     // of NameForms::words
  uint8_t count = 0;                      // words; 0: the mention is nothing but titles or signs
  Gender title_gender = Gender::Unknown;  // of a title inside or right before the mention
  bool titled = false;
  bool upper = false;   // one word of capitals: an acronym
  uint32_t suffix = 0;  // half of the key of "Jr.", also behind the mention; 0: none
  uint32_t civil = 0;   // half of the key of "Mrs", "Ms" or "Miss" beside the name; 0: none
  uint32_t office = 0;  // half of the key of the office title beside the name ("Judge"); 0: none
  uint32_t family = 0;  // "Kelly and Mark Probert": of Kelly's form, the word "Probert"; 0: none

  static constexpr uint32_t half(uint64_t key) { return static_cast<uint32_t>(key) | 1; }
};
static_assert(sizeof(NameForm) <= 40);

struct FormWord {
  uint64_t key = 0;
  uint32_t token = 0;
  char initial = 0;
  bool single = false;
  bool first_upper = false;
};

/// The forms of all mentions of one article; reused from article to article.
struct NameForms {
  std::vector<FormWord> words;
  std::vector<NameForm> forms;  // of each mention

  /// Linear in the tokens. Needs notes.mention_tokens.
  void read(const Layers& layers, const Workspace& workspace, LinkNotes& notes);
  std::span<const FormWord> of(const NameForm& form) const {
    return std::span<const FormWord>(words).subspan(form.begin, form.count);
  }

  uint64_t last_key(const NameForm& form) const { return words[form.begin + form.count - 1].key; }
};

/// WordFacts::key of a word, and NameForm::key of a name without title, given as text.
uint64_t word_key(std::string_view word);
uint64_t name_key(std::string_view name);

/// "Health Secretary Mona Greer", all of it marked as a name: the token behind the title; name.begin: there is none.
uint32_t behind_long_office(const Workspace& workspace, LinkNotes& notes, IndexRange name);
inline uint32_t behind_office(const Workspace& workspace, LinkNotes& notes, IndexRange name) {
  return name.size() < 3 ? name.begin : behind_long_office(workspace, notes, name);
}

/// Fills notes.mention_tokens. Linear.
void locate_mentions(const Layers& layers, const Workspace& workspace, LinkNotes& notes);

}  // namespace newsnlp
