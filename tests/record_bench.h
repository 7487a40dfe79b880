// Room: tests. Articles with marked statements, for the record fields: analysed as far as the linker with the built-in
// model, with the marked cue, source and content put in as quotes.
#pragma once

#include <fstream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "attributor.h"
#include "layers.h"
#include "linker.h"
#include "newsnlp/newsnlp.h"
#include "recognizer.h"
#include "record_fields.h"
#include "segmenter.h"
#include "tagger.h"
#include "word_classes.h"
#include "workspace.h"

namespace newsnlp {

struct MarkedStatement {
  std::map<char, std::vector<Span>> spans;  // s source, c cue, q content, a addressee, r relay
  int nested_in = 0;                        // number of another statement; 0: none
};

/// "<s The mayor> <c told> <a reporters> <q that …>": the text without marks, and the statements by number. A mark is a
/// letter and, for all but the first statement, a digit.
struct MarkedText {
  std::string text;
  std::map<int, MarkedStatement> statements;

  explicit MarkedText(const std::string& marked) {
    struct Open {
      char letter;
      int number;
      size_t begin;
    };
    std::vector<Open> open;
    for (size_t i = 0; i < marked.size(); ++i) {
      if (marked[i] == '<') {
        const size_t space = marked.find(' ', i);
        const int number = space - i > 2 ? marked[i + 2] - '0' : 1;
        open.push_back({marked[i + 1], number, text.size()});
        i = space;
      } else if (marked[i] == '>') {
        if (open.empty()) throw std::logic_error("a mark closes that was not open: " + marked);
        const Open o = open.back();
        open.pop_back();
        statements[o.number].spans[o.letter].push_back(
            {static_cast<uint32_t>(o.begin), static_cast<uint32_t>(text.size())});
        for (const Open& outer : open)
          if (outer.letter == 'q' && o.letter == 'c') statements[o.number].nested_in = outer.number;
      } else {
        text += marked[i];
      }
    }
    if (!open.empty()) throw std::logic_error("a mark is not closed: " + marked);
  }
};

class RecordBench {
 public:
  RecordBench()
      : model_(Model::builtin()),
        classes_(model_->section("classes.bin")),
        segmenter_(*model_),
        tagger_(*model_, {}),
        recognizer_(*model_, {}),
        linker_(*model_, {}),
        fields_(*model_),
        workspace_(&classes_) {}

  /// Quote i is statements[i]; its fields are filled in.
  Layers fill(const std::string& text, const std::vector<MarkedStatement>& statements) {
    Layers layers;
    layers.text = text;
    segmenter_.segment(layers, workspace_);
    tagger_.tag(layers, workspace_);
    recognizer_.recognize(layers, workspace_);
    linker_.link(layers, workspace_);
    for (const MarkedStatement& m : statements) {
      Quote q;
      const auto field = [&](char letter) {
        const auto it = m.spans.find(letter);
        return it == m.spans.end() ? IndexRange{} : layers.add_spans(it->second);
      };
      q.content = field('q');
      q.cue = field('c');
      q.source = field('s');
      if (m.nested_in > 0) q.nested_in = static_cast<uint32_t>(m.nested_in - 1);
      layers.quotes.push_back(q);
    }
    fields_.fill(layers, workspace_, statements_);
    return layers;
  }

 private:
  std::shared_ptr<const Model> model_;
  WordClasses classes_;
  Segmenter segmenter_;
  Tagger tagger_;
  Recognizer recognizer_;
  Linker linker_;
  RecordFields fields_;
  Statements statements_;
  Workspace workspace_;
};

/// Whether two span lists name the same thing: both empty, or they overlap.
inline bool same_phrase(const std::vector<Span>& a, const std::vector<Span>& b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty();
  for (const Span x : a)
    for (const Span y : b)
      if (x.overlaps(y)) return true;
  return false;
}

struct RecordCase {
  std::string expected;
  std::string marked;
};

/// `folder`: below tests. "record_cases" was developed on; "closing" was written by someone who had not seen the code
/// and is kept for the closing measurement.
inline std::vector<RecordCase> read_record_cases(const std::string& name, const std::string& folder = "record_cases") {
  const std::string path = "tests/" + folder + "/" + name + ".tsv";
  std::ifstream in(std::string(NEWSNLP_SOURCE_DIR) + "/" + path);
  if (!in) throw std::runtime_error(path + " is missing");
  std::vector<RecordCase> cases;
  for (std::string line; std::getline(in, line);) {
    const size_t tab = line.find('\t');
    if (!line.empty() && line[0] != '#' && tab != std::string::npos)
      cases.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return cases;
}

}  // namespace newsnlp
