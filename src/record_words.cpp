#include "record_words.h"

#include <array>

#include "hash.h"
#include "model_file.h"
#include "newsnlp/error.h"
#include "unicode.h"
#include "verb_forms.h"

namespace newsnlp {
namespace {

constexpr std::array<std::string_view, static_cast<size_t>(WordKind::Count)> kNames = {"negation",
                                                                                       "nobody",
                                                                                       "negation_joke",
                                                                                       "denial_verb",
                                                                                       "denial_noun",
                                                                                       "refusal_verb",
                                                                                       "refusal_noun",
                                                                                       "turning_verb",
                                                                                       "confirm_verb",
                                                                                       "hedge_adverb",
                                                                                       "hedge_adjective",
                                                                                       "hedge_verb",
                                                                                       "belief_verb",
                                                                                       "seem_verb",
                                                                                       "may_modal",
                                                                                       "will_modal",
                                                                                       "would_modal",
                                                                                       "later_adverb",
                                                                                       "expect_word",
                                                                                       "plan_verb",
                                                                                       "be",
                                                                                       "have",
                                                                                       "thought_verb",
                                                                                       "speech_verb",
                                                                                       "memory_verb",
                                                                                       "naming_verb",
                                                                                       "find_verb",
                                                                                       "study_noun",
                                                                                       "told_verb",
                                                                                       "to_verb",
                                                                                       "call_verb",
                                                                                       "to_preposition",
                                                                                       "channel_noun",
                                                                                       "channel_preposition",
                                                                                       "speaking_verb",
                                                                                       "addressing_verb",
                                                                                       "date_word",
                                                                                       "quote_verb",
                                                                                       "report_verb",
                                                                                       "according",
                                                                                       "passing_participle",
                                                                                       "through",
                                                                                       "relay_noun",
                                                                                       "media_noun",
                                                                                       "media_piece",
                                                                                       "media_name",
                                                                                       "utter_verb",
                                                                                       "told_thing",
                                                                                       "consent_verb",
                                                                                       "hearing_body",
                                                                                       "said_time",
                                                                                       "time_modifier",
                                                                                       "day_part",
                                                                                       "circumstance_participle",
                                                                                       "clause_verb",
                                                                                       "sense_verb",
                                                                                       "judging_verb",
                                                                                       "participle_preposition",
                                                                                       "seen_participle",
                                                                                       "conduit_noun",
                                                                                       "said_verb",
                                                                                       "said_noun",
                                                                                       "paper_noun",
                                                                                       "time_unit"};

/// Calls use(line, number) for each line that is neither blank nor a comment.
template <class Use>
void each_line(std::string_view text, Use use) {
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty() && line.front() != '#') use(line, number);
  }
}

/// The letters and digits of a name, hashed.
uint64_t name_key(std::string_view lower) {
  std::string key;
  for (const char c : lower)
    if (c != ' ' && c != '-' && c != '\'' && c != '.') key += c;
  return hash_bytes(key);
}

}  // namespace

RecordWords::RecordWords(const Model& model) {
  each_line(text_section(model, "record_words.tsv"), [&](std::string_view line, size_t number) {
    const size_t tab = line.find('\t');
    const std::string_view name = line.substr(0, tab);
    size_t kind = 0;
    while (kind < kNames.size() && kNames[kind] != name) ++kind;
    if (kind == kNames.size() || tab == std::string_view::npos)
      throw ModelError("record_words.tsv:" + std::to_string(number) +
                       ": expected a kind of src/record_words.h, a tab, and words");
    const auto add = [&](std::string_view word) { this->add(hash_bytes(word), static_cast<WordKind>(kind)); };
    std::string_view words = line.substr(tab + 1);
    while (!words.empty()) {
      const size_t end = std::min(words.find(' '), words.size());
      const std::string word = lower(words.substr(0, end));
      words.remove_prefix(std::min(end + 1, words.size()));
      if (word.empty()) continue;
      if (!name.ends_with("_verb")) {
        add(word);
        continue;
      }
      for (const std::string& form : verb_forms(word)) add(form);
    }
  });
  each_line(text_section(model, "media.tsv"),
            [&](std::string_view line, size_t) { media_.insert(name_key(lower(line))); });
}

void RecordWords::add(uint64_t lower, WordKind kind) {
  if (2 * words_ > kinds_.size()) {
    std::vector<Slot> old(2 * kinds_.size());
    old.swap(kinds_);
    for (const Slot& slot : old)
      if (slot.word != 0) kinds_[place(slot.word)] = slot;
  }
  Slot& slot = kinds_[place(lower)];
  words_ += slot.word == 0 ? 1 : 0;
  slot.word = lower;
  slot.kinds.add(kind);
}

bool RecordWords::is_medium(std::string_view lower) const {
  return media_.contains(name_key(lower));
}

}  // namespace newsnlp
