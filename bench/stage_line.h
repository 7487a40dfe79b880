// Room: bench. The stages of an Analyzer, one after the other, so that each can be measured alone.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "attributor.h"
#include "layers.h"
#include "linker.h"
#include "newsnlp/model.h"
#include "recognizer.h"
#include "resolver.h"
#include "segmenter.h"
#include "tagger.h"
#include "word_breaks.h"
#include "word_classes.h"
#include "workspace.h"

namespace newsnlp {

class StageLine {
 public:
  static constexpr std::array<const char*, 8> kNames = {"UTF-8 check", "segmenter", "tagger",   "recognizer",
                                                        "attributor",  "linker",    "resolver", "document"};
  static constexpr size_t kStages = kNames.size();

  StageLine();

  /// Stage `stage` of one article; the stages before it have been run on the same `layers`. The last one makes a
  /// Document out of `layers` and drops it.
  void run(size_t stage, Layers& layers);
  Workspace& workspace() noexcept { return workspace_; }

 private:
  std::shared_ptr<const Model> model_;
  WordClasses classes_;
  Segmenter segmenter_;
  Tagger tagger_;
  Recognizer recognizer_;
  Linker linker_;
  Attributor attributor_;
  Resolver resolver_;
  Workspace workspace_;
};

/// The "text" of each line of a JSON Lines file. Throws Error.
std::vector<std::string> read_texts(const std::string& path);

/// Word segments that ICU finds in `text`, the conversion to UTF-16 included: the unit of every ratio.
class WordIteration {
 public:
  WordIteration();
  ~WordIteration();
  size_t count(const std::string& text) const;

 private:
  struct Prototype;
  std::unique_ptr<Prototype> prototype_;
};

/// The tokenizer of the segmenter alone: word segments without blanks, written into an array.
class WordSegments {
 public:
  WordSegments();
  size_t count(const std::string& text);

 private:
  struct List;
  struct Word {
    uint32_t begin = 0;
    uint32_t end = 0;
    Segment::Kind kind = Segment::kOther;
  };
  WordBreaks breaks_;
  std::vector<Word> words_;  // room for those of a text; reused
};

}  // namespace newsnlp
