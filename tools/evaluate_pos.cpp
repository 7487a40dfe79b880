#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <utility>

#include "commands.h"
#include "newsnlp/json.h"
#include "newsnlp/model.h"
#include "tagged_text.h"
#include "tagger.h"
#include "unicode.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

constexpr size_t kTags = static_cast<size_t>(Tag::Count);

struct Tally {
  size_t right = 0;
  size_t all = 0;
  std::array<size_t, kTags> gold{};
  std::array<size_t, kTags> found{};
  std::array<size_t, kTags> both{};
  std::map<std::pair<Tag, Tag>, size_t> confusion;  // gold, found
  std::map<std::string, size_t> words;              // "word gold>found"

  void count(Tag expected, Tag tag, std::string_view word) {
    ++all;
    ++gold[static_cast<size_t>(expected)];
    ++found[static_cast<size_t>(tag)];
    if (tag == expected) {
      ++right;
      ++both[static_cast<size_t>(tag)];
      return;
    }
    ++confusion[{expected, tag}];
    ++words[lower(word) + "  " + std::string(to_string(expected)) + " > " + std::string(to_string(tag))];
  }
};

double percent(size_t part, size_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

// The `most` largest entries, by count and then by key.
template <class Key>
std::vector<std::pair<Key, size_t>> largest(const std::map<Key, size_t>& counts, size_t most) {
  std::vector<std::pair<Key, size_t>> list(counts.begin(), counts.end());
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  list.resize(std::min(list.size(), most));
  return list;
}

void print(const Tally& tally, size_t worst) {
  std::printf("tag      gold  precision  recall\n");
  for (size_t t = 1; t < kTags; ++t)
    if (tally.gold[t] + tally.found[t] > 0)
      std::printf("%-5s %7zu     %6.2f  %6.2f\n", to_string(static_cast<Tag>(t)).data(), tally.gold[t],
                  percent(tally.both[t], tally.found[t]), percent(tally.both[t], tally.gold[t]));
  std::printf("\ngold > found\n");
  for (const auto& [pair, n] : largest(tally.confusion, worst))
    std::printf("%7zu  %s > %s\n", n, to_string(pair.first).data(), to_string(pair.second).data());
  std::printf("\nwords, gold > found\n");
  for (const auto& [word, n] : largest(tally.words, worst)) std::printf("%7zu  %s\n", n, word.c_str());
}

}  // namespace

void evaluate_pos(const EvaluateJob& job) {
  const auto model = job.model.empty() ? Model::builtin() : Model::open(job.model);
  const WordClasses classes(model->section("classes.bin"));
  const Segmenter segmenter(*model);
  const Tagger tagger(*model, {});
  Workspace workspace(&classes);
  Tally tally;
  for (const std::string& path : job.gold) {
    const size_t right = tally.right;
    const size_t all = tally.all;
    for (const ConlluDocument& document : read_conllu(path)) {
      const GivenText given = lay_out(document, true);
      Layers layers;
      layers.text = given.text;
      segmenter.segment(layers, workspace, Layout::SentencePerLine);
      tagger.tag(layers, workspace);
      const std::vector<uint32_t> pieces = last_pieces(given.given, layers);
      for (size_t i = 0; i < pieces.size(); ++i)
        tally.count(given.given[i].tag, pieces[i] == Workspace::kNone ? Tag::None : layers.tokens[pieces[i]].tag,
                    std::string_view(given.text).substr(given.given[i].span.begin, given.given[i].span.size()));
    }
    std::printf("%s: accuracy %.2f of %zu tokens\n", path.c_str(), percent(tally.right - right, tally.all - all),
                tally.all - all);
  }
  if (job.worst > 0) print(tally, job.worst);
}

}  // namespace newsnlp
