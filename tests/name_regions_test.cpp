// Where names are looked for at all: what stands in brackets; everything else is outside without a look.
#include <gtest/gtest.h>

#include <string>

#include "name_article.h"
#include "newsnlp/model.h"
#include "segmenter.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

class Regions {
 public:
  Regions()
      : model_(Model::builtin()),
        segmenter_(*model_),
        classes_(model_->section("classes.bin")),
        resources_(model_->section("names.bin")),
        workspace_(&classes_),
        article_(resources_, Casing::Kept) {}

  /// `tag` is that of the second token.
  std::string mark(const std::string& text, Layout layout, Tag tag = Tag::None) {
    Layers layers;
    layers.text = text;
    segmenter_.segment(layers, workspace_, layout);
    layers.tokens[1].tag = tag;
    article_.read(layers, workspace_);
    std::string out;
    uint32_t at = 0;
    for (const NameArticle::Region& r : article_.regions()) {
      if (r.inner.empty()) continue;
      const uint32_t begin = layers.tokens[r.inner.begin].span.begin;
      const uint32_t end = layers.tokens[r.inner.end - 1].span.end;
      out += text.substr(at, begin - at) + "[" + text.substr(begin, end - begin) + "]";
      at = end;
    }
    return out + text.substr(at);
  }

 private:
  std::shared_ptr<const Model> model_;
  Segmenter segmenter_;
  WordClasses classes_;
  NameResources resources_;
  Workspace workspace_;
  NameArticle article_;
};

std::string plain(std::string marked) {
  std::erase_if(marked, [](char c) { return c == '[' || c == ']'; });
  return marked;
}

TEST(NameRegions, HoldWhatMayBelongToNames) {
  static const char* const kCases[] = {
      "the council met in the old hall, said a clerk.",
      "The council met in the old hall.",
      "However, nobody came.",
      "In the spring, I think, it will be better, and I'm sure.",
      "a letter to [Berlin], he said.",
      "The [Hague court] will hear [Marta Lindqvist].",
      "she met Mr. [Okafor] and his wife.",
      "they like the [new Harrow & Sons shop].",
      "an [anti-Harrow march] went on.",
      "from [Berlin], [Oslo and Rome]; [Turin] was late.",
  };
  Regions regions;
  for (const char* marked : kCases) EXPECT_EQ(regions.mark(plain(marked), Layout::Article), marked);
}

TEST(NameRegions, ArePartedByWordsThatNoNameGoesOnOver) {
  struct Row {
    const char* marked;
    Tag tag;  // of the second token
  };
  static const Row kRows[] = {
      {"[Harrow] told [Lindqvist].", Tag::VBD},
      {"[Harrow told Lindqvist].", Tag::None},
      {"[Harrow of Lindqvist].", Tag::IN},
      {"[Harrow and Lindqvist].", Tag::CC},
  };
  Regions regions;
  for (const Row& r : kRows) EXPECT_EQ(regions.mark(plain(r.marked), Layout::Article, r.tag), r.marked);
}

TEST(NameRegions, TablesOfGivenTokensMayBeginWithCommonWords) {
  Regions regions;
  EXPECT_EQ(regions.mark("Reading 2 Bury 1", Layout::SentencePerLine).front(), '[');
}

}  // namespace
}  // namespace newsnlp
