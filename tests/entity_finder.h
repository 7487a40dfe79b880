// Room: tests. Texts with what the entity patterns of a model find in brackets: "On [DATE Nov. 3]".
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "entity_patterns.h"
#include "newsnlp/json.h"
#include "segmenter.h"
#include "workspace.h"

namespace newsnlp {

class EntityFinder {
 public:
  explicit EntityFinder(std::shared_ptr<const Model> model = Model::builtin())
      : model_(std::move(model)), segmenter_(*Model::builtin()), patterns_(*model_), workspace_(nullptr) {}

  /// The text with each mention in brackets.
  std::string mark(const std::string& text) {
    Layers layers;
    layers.text = text;
    segmenter_.segment(layers, workspace_);
    std::vector<FoundName> found;
    patterns_.match(layers, workspace_, memo_, found);
    std::string out;
    uint32_t at = 0;
    for (const FoundName& m : found) {
      const Span span{layers.tokens[m.tokens.begin].span.begin, layers.tokens[m.tokens.end - 1].span.end};
      EXPECT_LE(at, span.begin) << text;
      EXPECT_TRUE(m.score > 0 && m.score <= 1) << text;
      out += text.substr(at, span.begin - at) + "[" + std::string(to_string(m.type)) + " " +
             std::string(layers.of(span)) + "]";
      at = span.end;
    }
    return out + text.substr(at);
  }

 private:
  std::shared_ptr<const Model> model_;
  Segmenter segmenter_;
  EntityPatterns patterns_;
  Workspace workspace_;
  EntityPatterns::Memo memo_;
};

}  // namespace newsnlp
