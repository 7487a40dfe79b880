// Room: resolver. Groups, and people and bodies without a name, that sources bring into the article.
#pragma once

#include <cstdint>
#include <vector>

#include "name_index.h"
#include "resolver_source.h"

namespace newsnlp {

class UnnamedEntities {
 public:
  static constexpr uint32_t kNone = 0xFFFFFFFF;

  /// What is kept from article to article, to allocate nothing.
  struct Scratch {
    NameIndex known;
  };

  UnnamedEntities(Layers& layers, const Workspace& workspace, LinkNotes& notes, Scratch& scratch)
      : layers_(layers), workspace_(workspace), notes_(notes), known_(scratch.known) {
    known_.clear(0);
  }

  /// Whom the same words, or "the" and the same noun, named before; else a new entity of this type.
  uint32_t entity_of(const SourceReading& source, EntityType type, bool group);
  /// Somebody without a name was a source whom goes_on() may give.
  bool was_last() const noexcept { return last_.token != kNone; }
  /// A single person without a name whom "he" or "she" at `token` goes on with: the source of a quote in the two
  /// sentences before, and nobody of that gender is named in between. kNone if there is none.
  uint32_t goes_on(uint32_t token, bool male) const;
  /// The source calls the entity so again.
  void call_again(const SourceReading& source, uint32_t entity);
  /// "A rival coach thinks … The coach added": who was called by this noun in one of the last sources, where no person
  /// with a name comes behind; else kNone.
  uint32_t called_last(const SourceReading& source) const;

 private:
  Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
  enum Place : uint8_t { kWords, kNoun };
  NameIndex& known_;  // the words, or head noun and number -> the latest entity
  struct Single {
    uint32_t token = kNone;  // its head
    uint32_t entity = kNone;
  };
  Single last_;
  Single called_;  // who was named last by a noun alone
};

}  // namespace newsnlp
