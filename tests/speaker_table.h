// Room: tests. Short articles with marks, and what the linker and the resolver make of them.
//
//   <1 Ann Lee>      a mention; a digit: a person, a small letter: a body, a capital: a place. The same sign is the
//   same
//                    entity, another sign another one.
//   [she =1]         a source and whom it stands for; =g a group, =u somebody without a name, =- nobody
//   {“Yes.” =1}      a quotation without a source
#pragma once

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "layers.h"
#include "linker.h"
#include "newsnlp/model.h"
#include "processor_time.h"
#include "resolver.h"
#include "segmenter.h"
#include "tagger.h"
#include "word_classes.h"

namespace newsnlp {

struct MarkedArticle {
  struct Name {
    Span span;
    char sign = 0;
  };
  std::string text;
  std::vector<Name> names;
  std::vector<Name> sources;     // sign: whom it stands for
  std::vector<bool> has_source;  // of each of them: false for {…}
};

inline MarkedArticle read_marks(std::string_view marked) {
  MarkedArticle a;
  std::vector<uint32_t> open;
  const auto sign = [&](size_t i) { return i < marked.size() ? marked[i] : '\0'; };
  for (size_t i = 0; i < marked.size(); ++i) {
    const auto at = static_cast<uint32_t>(a.text.size());
    const char c = marked[i];
    if (c == '<') {
      a.names.push_back({{at, at}, sign(i + 1)});
      i += 2;
    } else if (c == '>') {
      a.names.back().span.end = at;
    } else if (c == '[' || c == '{') {
      open.push_back(at);
    } else if (c == ' ' && sign(i + 1) == '=' && (sign(i + 3) == ']' || sign(i + 3) == '}')) {
      a.sources.push_back({{open.back(), at}, marked[i + 2]});
      a.has_source.push_back(marked[i + 3] == ']');
      open.pop_back();
      i += 3;
    } else {
      a.text += c;
    }
  }
  return a;
}

class SpeakerTable {
 public:
  SpeakerTable()
      : model_(Model::builtin()),
        classes_(model_->section("classes.bin")),
        workspace_(&classes_),
        segmenter_(*model_),
        tagger_(*model_, Options()),
        linker_(*model_, Options()),
        resolver_(*model_, Options()) {}

  /// Layers of the article with the marked mentions and sources.
  Layers read(const MarkedArticle& a) {
    Layers layers = prepare(a);
    link_and_resolve(a, layers);
    return layers;
  }

  /// Processor time that the linker and the resolver take, the least of three runs.
  double seconds(const MarkedArticle& a) {
    double best = 1e9;
    for (int run = 0; run < 3; ++run) {
      Layers layers = prepare(a);
      best = std::min(best, processor_seconds([&] { link_and_resolve(a, layers); }));
    }
    return best;
  }

  /// What went wrong, a line each; `decisions` counts what was asked.
  std::vector<std::string> judge(std::string_view marked, size_t& decisions) {
    const MarkedArticle a = read_marks(marked);
    const Layers layers = read(a);
    std::vector<std::string> misses;
    if (const std::string broken = check_invariants(layers); !broken.empty()) misses.push_back("invariant: " + broken);
    std::map<char, uint32_t> of_sign;
    std::map<uint32_t, char> of_entity;
    for (size_t m = 0; m < a.names.size(); ++m) {
      const char sign = a.names[m].sign;
      const uint32_t entity = layers.mentions[m].entity;
      const auto [s, new_sign] = of_sign.emplace(sign, entity);
      const auto [e, new_entity] = of_entity.emplace(entity, sign);
      if (new_sign && new_entity) continue;  // the first of its kind decides nothing
      ++decisions;
      if (s->second != entity || e->second != sign)
        misses.push_back("linked wrongly: " + std::string(layers.of(a.names[m].span)));
    }
    for (size_t i = 0; i < a.sources.size(); ++i) {
      ++decisions;
      const Quote& q = layers.quotes[i];
      char got = '-';
      if (q.speaker) {
        const Entity& e = layers.entities[*q.speaker];
        const auto known = of_entity.find(*q.speaker);
        got = e.group ? 'g' : known != of_entity.end() ? known->second : 'u';
      }
      if (got != a.sources[i].sign)
        misses.push_back("speaker of \"" + std::string(layers.of(a.sources[i].span)) + "\": " + got);
    }
    return misses;
  }

 private:
  // Everything before the linker.
  Layers prepare(const MarkedArticle& a) {
    Layers layers;
    layers.text = a.text;
    segmenter_.segment(layers, workspace_, Layout::Article);
    tagger_.tag(layers, workspace_);
    for (const MarkedArticle::Name& n : a.names) {
      const bool digit = std::isdigit(static_cast<unsigned char>(n.sign)) != 0;
      const bool upper = std::isupper(static_cast<unsigned char>(n.sign)) != 0;
      layers.mentions.push_back({n.span,
                                 digit   ? EntityType::Person
                                 : upper ? EntityType::Location
                                         : EntityType::Organization,
                                 Mention::kNoEntity, 0.9F});
    }
    return layers;
  }
  // "The ferry was late, [it =a] said.": what stands before the comma; else the source stands for it.
  static Span content(const Layers& layers, Span source) {
    const std::string_view before = std::string_view(layers.text).substr(0, source.begin);
    const size_t end = before.find_last_not_of(" ”");
    if (end == std::string_view::npos || before[end] != ',') return source;
    for (const Sentence& s : layers.sentences)
      if (s.span.begin < end && source.begin < s.span.end && s.span.end - source.end < 12)
        return {s.span.begin, static_cast<uint32_t>(end)};
    return source;
  }
  void link_and_resolve(const MarkedArticle& a, Layers& layers) {
    linker_.link(layers, workspace_);
    for (size_t i = 0; i < a.sources.size(); ++i) {
      Quote q;
      q.content = layers.add_spans({content(layers, a.sources[i].span)});
      q.abstention = Abstention::NotAsked;
      if (a.has_source[i])
        q.source = layers.add_spans({a.sources[i].span});
      else
        q.type = QuoteType::Direct;
      if (i > 0 && a.has_source[i] && i + 1 < a.sources.size() && !a.has_source[i + 1]) q.type = QuoteType::Direct;
      if (i == 0) q.type = QuoteType::Direct;
      layers.quotes.push_back(q);
    }
    resolver_.resolve(layers, workspace_);
  }

  std::shared_ptr<const Model> model_;
  WordClasses classes_;
  Workspace workspace_;
  Segmenter segmenter_;
  Tagger tagger_;
  Linker linker_;
  Resolver resolver_;
};

}  // namespace newsnlp
