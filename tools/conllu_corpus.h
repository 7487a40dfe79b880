// Room: tools. Treebanks in CoNLL-U.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "newsnlp/document.h"

namespace newsnlp {

struct ConlluToken {
  std::string form;
  std::string lemma;
  Tag tag = Tag::None;  // of the fifth column; None for a tag that the library does not have
  uint32_t head = 0;    // token of the sentence, from 1; 0: root
  std::string relation;
  std::string misc;         // the last column
  bool space_after = true;  // false inside a multiword token and where MISC says SpaceAfter=No
};

struct ConlluSentence {
  std::vector<ConlluToken> tokens;
};

struct ConlluDocument {
  std::string id;
  std::vector<ConlluSentence> sentences;
};

/// Reads a file, gzip or plain. A document begins at "# newdoc"; multiword ranges and empty nodes are no tokens.
/// Throws Error with file and line.
std::vector<ConlluDocument> read_conllu(const std::string& path);

/// "PRP$" -> Tag::PRPS; None for an unknown name.
Tag tag_of(std::string_view name);

/// "12:17" -> {12, 17}: the last column of the silver files, in code points of the article.
std::optional<Span> offsets_of(std::string_view misc);

}  // namespace newsnlp
