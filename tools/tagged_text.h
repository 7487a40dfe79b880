// Room: tools. Tagged articles on the product's own tokens: what the tagger learns from and is measured on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "conllu_corpus.h"
#include "layers.h"
#include "segmenter.h"
#include "workspace.h"

namespace newsnlp {

/// A given token and the tag that it was given. Spans are bytes of the text, in text order.
struct GivenTag {
  Span span;
  Tag tag = Tag::None;
};

/// The sentences of a document, one a line.
struct GivenText {
  std::string text;
  std::vector<GivenTag> given;
};

/// `spaced`: every token stands between single spaces; otherwise the spaces are the document's own.
GivenText lay_out(const ConlluDocument& document, bool spaced);

/// The tokens' own offsets (silver files) into the article that they were made of, from code points to bytes; tokens
/// outside the text are left out.
GivenText lay_out(const ConlluDocument& document, std::string article);

/// The tag that each token of `layers` shall learn: a token that is a given one or the last piece of one has its tag;
/// one that joins several has that of the last word in it. None where nothing is known.
std::vector<Tag> project(const std::vector<GivenTag>& given, const Layers& layers);

/// The token that speaks for each given token: its last piece. Workspace::kNone where no token overlaps it.
std::vector<uint32_t> last_pieces(const std::vector<GivenTag>& given, const Layers& layers);

/// One article, cut, with the tags to learn.
struct TaggedText {
  std::vector<uint32_t> word;           // type ids
  std::vector<uint32_t> sentence_ends;  // token behind each sentence
  std::vector<Tag> tag;                 // to learn; None: unknown
  std::vector<Tag> evident;             // tag that needs no model, or None
};

TaggedText cut(const GivenText& given, const Segmenter& segmenter, Workspace& workspace, Layout layout);

/// The documents of a file that `train pos` and `evaluate pos` read, cut into tokens. Silver files
/// ("polnear.train.silver.conllu.gz", "ww.…") need their articles under `resources`. With of > 0 the silver documents
/// of PolNeAR whose index is `fold` modulo `of` are left out. Throws Error.
std::vector<TaggedText> read_tagged(const std::string& path, const std::string& resources, const Segmenter& segmenter,
                                    Workspace& workspace, uint32_t fold, uint32_t of);

}  // namespace newsnlp
