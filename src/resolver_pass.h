// Room: resolver. Who speaks, quote by quote: what a source means by what the sources and mentions before it were.
#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "antecedents.h"
#include "link_notes.h"
#include "resolver_notes.h"
#include "resolver_pronouns.h"
#include "resolver_roles.h"
#include "resolver_source.h"
#include "resolver_unnamed.h"
#include "speaker_model.h"
#include "spoken.h"

namespace newsnlp {

/// One pass over the quotes of one article, made for it and run once. Pronouns are in resolver_pass_pronouns.cpp.
class ResolverPass {
 public:
  ResolverPass(Layers& layers, Workspace& workspace, const SpeakerModel& model, const RoleLists& lists, float threshold)
      : layers_(layers),
        workspace_(workspace),
        notes_(LinkNotes::of(workspace)),
        model_(model),
        threshold_(threshold),
        roles_(layers, workspace, notes_, lists, ResolverNotes::of(workspace).pronouns.marks,
               ResolverNotes::of(workspace).roles),
        unnamed_(layers, workspace, notes_, ResolverNotes::of(workspace).unnamed),
        grounds_(ResolverNotes::of(workspace).grounds),
        pronouns_(PronounReader(model, ResolverNotes::of(workspace).pronouns).read(layers, workspace, notes_)),
        sources_(ResolverNotes::of(workspace).pronouns.sources),
        spoken_(ResolverNotes::of(workspace).spoken),
        extra_roles_(ResolverNotes::of(workspace).extra_roles) {
    spoken_.clear();
    extra_roles_.clear();
  }

  void run();

 private:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  // Nearly sorted as it comes, and mostly short.
  static void sort(std::vector<std::pair<uint64_t, uint32_t>>& order);
  [[gnu::cold, gnu::noinline]] static void sort_many(std::vector<std::pair<uint64_t, uint32_t>>& order);
  void decide(uint32_t quote, Resolution how, std::span<const Candidate> candidates);

  // The first candidate has the ground's probability, the others share the rest by their weights.
  void decide(uint32_t quote, Resolution how, Ground ground, std::span<Candidate> candidates);
  void decide(uint32_t quote, Resolution how, Ground ground, uint32_t entity, float factor = 1);
  void source(uint32_t quote);

  // The speaker of the quote around this one; kNone where there is none.
  uint32_t speaker_around(uint32_t quote) const;
  // "I" in a quotation that no quote is known to hold.
  bool speaks_inside(uint32_t quote) const;
  void pronoun(uint32_t quote, const SourceReading& r);

  // "I argued then that …", outside of quotations.
  bool is_author(uint32_t token) const;
  bool is_which(uint32_t token) const { return workspace_.types.lower(workspace_.word[token]) == "which"; }

  // "He" is whom the last source or the sentence before means by a role, and so may the next one be.
  void goes_on(uint32_t quote, uint32_t entity);
  // The first token of what the quote around this one says, where it is a turn of a transcript, without marks; else
  // kNone.
  uint32_t turn_around(uint32_t quote, uint32_t head) const;
  // In a transcript "she" is nobody who speaks next to this turn.
  void leave_out_turns(uint32_t quote, std::vector<Candidate>& candidates) const;
  // "A guard told the paper that he had asked twice": the guard, where nobody else was named since.
  bool reports_himself(uint32_t quote, uint32_t around, uint32_t head, bool male) const;
  // "“My wife says …,” said Tom Fox", "he said that his wife …": whom `says` means by the noun; kNone: that is not
  // told.
  uint32_t kindred(uint32_t quote, uint32_t says, IndexRange phrase, uint32_t noun) const;
  // "I asked a doctor whether …, and | he said", "He told a supervisor … | The supervisor replied": the reading of whom
  // the report before `token` was made to; its kind is None where there is none. `mine`: of reports by "I".
  SourceReading hearer(uint32_t quote, uint32_t token, bool mine) const;
  // "The chancellor promised … Chancellor Ann Lee": she, where nobody else has just this title.
  uint32_t titled_later(const SourceReading& r) const;
  // "Al Moss's solicitor, Ann Lee, said … Her client denied it": him whom the role of who spoke last names.
  uint32_t client(uint32_t quote) const;
  // Surely not of the pronoun's gender.
  bool is_other(uint32_t entity, bool male) const;
  void he_or_she(uint32_t quote, const SourceReading& r);

  // "“You told us no,” the judge told Tom Fox": he; else who was named or spoke last before her; kNone: anybody.
  uint32_t addressed(uint32_t quote, uint32_t you) const;

  // "Ann Lee, who said", "Ann Lee (Lab), who", "Ann Lee of the Fish Board, who", "a deckhand who said", "the board,
  // which".
  void who(uint32_t quote, const SourceReading& r);
  // "It also said", "it added".
  bool goes_on_with(uint32_t pronoun) const;
  void they_or_it(uint32_t quote, const SourceReading& r, bool they);

  // The first token of the content, where it stands before the source's head; else the head.
  uint32_t before_content(uint32_t quote, uint32_t head) const;
  uint32_t entity_of(const Antecedent& a);
  // "The Front": a body named before whose last word it is; kNone: none.
  uint32_t last_word_of(const SourceReading& r) const;
  void role(uint32_t quote, const SourceReading& r);
  void body(uint32_t quote, const SourceReading& r);

  // A quotation without a source goes on with the speaker of the one before it, in its paragraph or the one above.
  void continued(uint32_t quote);

  // "“Yes or no?” Lee said. ¶ “No,” Fox said. ¶ “You lie.”": Lee, since quotations alone in their paragraphs take
  // turns. `before`: the last quote of the paragraph above; kNone: they do not.
  uint32_t answers(uint32_t quote, uint32_t before, uint32_t here) const;
  uint32_t paragraph_of(uint32_t byte) const;

  Layers& layers_;
  Workspace& workspace_;
  LinkNotes& notes_;
  const SpeakerModel& model_;
  float threshold_;
  RoleReader roles_;
  UnnamedEntities unnamed_;
  std::vector<Ground>& grounds_;             // of each quote
  std::span<const PronounAnswer> pronouns_;  // of the sources
  std::span<const IndexRange> sources_;      // of each quote: tokens
  std::vector<Spoken>& spoken_;
  uint32_t head_ = kNone;           // of the source that is being resolved
  uint32_t written_ = kNone;        // of the last source that is a document
  std::optional<uint32_t> writer_;  // author(), once it was asked
  std::vector<Role>& extra_roles_;
};

}  // namespace newsnlp
