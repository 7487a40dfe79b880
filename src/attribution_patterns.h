// Room: attribution patterns. RE2 patterns with slots that propose attributions; an editable list, matched on windows
// of symbols (symbol_window.h).
//
// The list, a definition a line; '#' begins a comment line:
//   verbs   SAY = say/said tell/told announce     one slot {SAY}: every form of these verbs (verb_forms.h)
//   words   FEED = twitter facebook "truth social"      one slot {FEED}: these words as they stand
//   pattern told = (?P<source>{WHO}) (?P<cue>told) {NP} (?P<content>that {REST})
//   certain turn = …                              the same; what it finds is taken without asking the model
// Several lines with one list name add up. A sentence is looked at when it holds a colon, a word of the list CALLS, or
// a quotation without a verb of a list; a person's own patterns are looked at for any quotation and any such verb. In a
// pattern a space stands between two symbols, words are in lower case, and groups are named source, cue, content and
// content2 (a second piece). Built-in slots:
//   {NP} noun phrase  {PERSON} {ORG} {PLACE} one that ends in such a name, {NAME} in any  {PRONOUN}  {DATE}
//   {WHO} a noun phrase with "of …", age and apposition, or a pronoun  {QUOTE} quotation  {VERB}  {DASH}  {WORD} a
//   symbol {TEXT} some symbols, as few as possible  {CLAUSE} the same without , ; :   {REST} all up to the end  {BREAK}
//   the end of a sentence or paragraph between a quotation and its neighbour
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "layers.h"
#include "pattern_sketch.h"
#include "pattern_words.h"
#include "symbol_window.h"
#include "workspace.h"

namespace newsnlp {

/// What a pattern found: ranges of tokens; empty where the pattern has no such group.
struct Proposal {
  IndexRange cue;
  IndexRange source;
  IndexRange content[2];
  uint32_t pattern = 0;
  bool certain = false;
};

/// What match() keeps from article to article: one a worker and list of patterns.
struct PatternScratch {
  PatternWords words;
  SymbolWindow window;
  std::vector<IndexRange> quotations;
  std::vector<uint64_t> candidates;  // patterns, as bits
  SymbolSets<uint64_t> sets;
  SymbolSets<WideBits> wide_sets;  // of long windows
};

/// Immutable after construction; may be used by any number of threads at once.
class AttributionPatterns {
 public:
  /// `file` names the list in messages. Lists of `base`, if given, may be used as slots, too. Throws ListError
  /// ("file:line:column: …" with the remedy) for a line that is none of the above, an unknown slot or group, and a
  /// pattern that RE2 refuses; the last of these only when a pattern is first used, which then finds nothing, if the
  /// patterns are `known` to be good: that saves the time to compile them all.
  AttributionPatterns(std::string_view text, const std::string& file, const AttributionPatterns* base = nullptr,
                      bool known = false);
  ~AttributionPatterns();
  AttributionPatterns(AttributionPatterns&&) noexcept;

  /// Appends what the patterns find, window by window in text order, within a window by pattern. Windows are a sentence
  /// (with the quotation that stands beside it), or the part of a sentence inside a quotation, and are only looked at
  /// when something calls for it, as above. At most 200 symbols and 64 proposals a window: linear
  /// time.
  void match(const Layers& layers, const Workspace& workspace, PatternScratch& scratch,
             std::vector<Proposal>& out) const;
  /// Makes what the patterns know of all types known.
  void update(const WordTypes& types, PatternWords& words) const;

  size_t size() const noexcept;
  std::string_view name(uint32_t pattern) const noexcept;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace newsnlp
