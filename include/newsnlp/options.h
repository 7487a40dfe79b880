// Options: what a person may add to the model without retraining it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "newsnlp/document.h"

namespace newsnlp {

/// What a listed name does: Force makes every occurrence a mention, Help is evidence, Never forbids it.
enum class NameRule : uint8_t { Force, Help, Never };

struct NameEntry {
  std::string name;
  EntityType type = EntityType::Person;
  NameRule rule = NameRule::Help;
};

/// `alias` stands for `name` in every article: "the Iron Lady" for "Margaret Thatcher". An entity's name is a span of
/// the text, so an article that never has `name` shows the alias. `role` says whom "the baker" means, by its last
/// word; entities show the roles that the article itself gives. A name may stand for itself, to give it a role.
struct AliasEntry {
  std::string alias;
  std::string name;
  EntityType type = EntityType::Person;
  std::string role;
};

/// How a cue introduces its content: "said" (Speech), "believes" (Thought), "claim" (Noun), "according to"
/// (Preposition).
enum class CueKind : uint8_t { Speech, Thought, Noun, Preposition, Never };

struct CueEntry {
  std::string cue;  ///< lemma, one or more words
  CueKind kind = CueKind::Speech;
};

struct Options {
  size_t max_bytes = size_t{16} << 20;     ///< a larger text is a TextError; 2^31 - 1 at most counts
  std::optional<float> min_score;          ///< quotes below are left out; default: the model's best F1
  std::optional<float> min_speaker_score;  ///< below, the resolver abstains; default: the model's own
  std::vector<NameEntry> names;
  std::vector<AliasEntry> aliases;
  std::vector<CueEntry> cues;
  std::string patterns;  ///< attribution patterns, the text of a file like data/en/attribution_patterns.txt
};

/// Read the tab-separated lists of the command line. `file` names the text in messages. Lines that are blank or start
/// with '#' are passed over. Throw ListError ("file:line: …") at the first broken line.
std::vector<NameEntry> read_names(std::string_view tsv, const std::string& file);     // name, type, force|help|never
std::vector<AliasEntry> read_aliases(std::string_view tsv, const std::string& file);  // alias, name, type, role
std::vector<CueEntry> read_cues(std::string_view tsv,
                                const std::string& file);  // cue, speech|thought|noun|preposition|never

}  // namespace newsnlp
