// evaluate ner: names of the whole product against labels, as score_ner.py counts them.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "commands.h"
#include "ner_corpus.h"
#include "newsnlp/analyzer.h"
#include "newsnlp/error.h"
#include "newsnlp/json.h"

namespace newsnlp {
namespace {

/// A name by comparable edges: trimmed bytes of raw text, or the given tokens that it covers.
struct Name {
  Span span;
  EntityType type;
  float score = 1;
  auto key() const { return std::tuple(span.begin, span.end, type); }
};

struct Counts {
  size_t right = 0;
  size_t gold = 0;
  size_t found = 0;
  void print(const char* name) const {
    const double p = found > 0 ? 100.0 * right / found : 0;
    const double r = gold > 0 ? 100.0 * right / gold : 0;
    std::printf("%-13s P %5.2f  R %5.2f  F1 %5.2f  (gold %zu, predicted %zu)\n", name, p, r,
                p + r > 0 ? 2 * p * r / (p + r) : 0, gold, found);
  }
};

std::vector<Name> by_text(std::string_view text, const std::vector<Name>& names) {
  std::map<std::tuple<uint32_t, uint32_t, EntityType>, Name> best;
  for (Name n : names) {
    n.span = trimmed(text, n.span);
    const auto [it, fresh] = best.try_emplace(n.key(), n);
    if (!fresh) it->second.score = std::max(it->second.score, n.score);
  }
  std::vector<Name> out;
  out.reserve(best.size());
  for (const auto& [key, n] : best) out.push_back(n);
  return out;
}

// A given token has the type of the name that overlaps it.
std::vector<Name> by_tokens(const std::vector<std::vector<Span>>& sentences, std::vector<Name> names) {
  std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.key() < b.key(); });
  std::vector<Name> out;
  size_t at = 0;
  uint32_t token = 0;
  for (const auto& sentence : sentences) {
    size_t last = names.size();
    for (const Span& t : sentence) {
      while (at < names.size() && names[at].span.end <= t.begin) ++at;
      if (at < names.size() && names[at].span.begin < t.end) {
        if (last == at)
          out.back().span.end = token + 1;
        else
          out.push_back({{token, token + 1}, names[at].type, names[at].score});
        last = at;
      } else {
        last = names.size();
      }
      ++token;
    }
  }
  return out;
}

struct Mistake {
  float weight;
  std::string text;
};

class Scoreboard {
 public:
  void add(const NameArticleLabels& article, const Document& document) {
    std::vector<Name> gold;
    for (const LabelledName& n : article.names) gold.push_back({n.span, n.type, 1});
    std::vector<Name> found;
    for (const Mention& m : document.mentions()) found.push_back({m.span, m.type, m.score});
    const bool given = article.layout == Layout::SentencePerLine;
    gold = given ? by_tokens(article.sentences, gold) : by_text(article.text, gold);
    found = given ? by_tokens(article.sentences, found) : by_text(article.text, found);
    std::vector<Span> tokens;
    for (const auto& s : article.sentences) tokens.insert(tokens.end(), s.begin(), s.end());
    const auto words = [&](const Name& n) {
      const Span s = given ? Span{tokens[n.span.begin].begin, tokens[n.span.end - 1].end} : n.span;
      return article.text.substr(s.begin, s.size());
    };
    for (const Name& n : gold) ++types_[n.type].gold;
    for (const Name& n : found) {
      ++types_[n.type].found;
      const auto same = std::find_if(gold.begin(), gold.end(), [&](const Name& g) { return g.span == n.span; });
      const bool right = same != gold.end() && same->type == n.type;
      types_[n.type].right += right;
      if (n.type <= EntityType::Misc) scores_.emplace_back(n.score, right);
      if (same != gold.end()) ++confusion_[same->type][n.type];
      if (right || n.type > EntityType::Misc) continue;
      const auto near = std::find_if(gold.begin(), gold.end(), [&](const Name& g) { return g.span.overlaps(n.span); });
      if (same != gold.end())
        ++wrong_type_;
      else
        ++(near != gold.end() ? wrong_edges_ : spurious_);
      std::string what = article.id + ": " + std::string(to_string(n.type)) + " \"" + words(n) + "\"";
      if (near != gold.end()) what += ", gold " + std::string(to_string(near->type)) + " \"" + words(*near) + "\"";
      mistakes_.push_back({n.score, what});
    }
    for (const Name& g : gold)
      if (std::none_of(found.begin(), found.end(), [&](const Name& n) { return n.span.overlaps(g.span); })) {
        if (g.type > EntityType::Misc) continue;
        ++missed_;
        mistakes_.push_back(
            {0.5F, article.id + ": missed " + std::string(to_string(g.type)) + " \"" + words(g) + "\""});
      }
  }

  void print(size_t worst) {
    Counts all;
    bool names = false;
    for (const auto& [type, c] : types_) names |= type <= EntityType::Misc && c.gold > 0;
    for (const auto& [type, c] : types_) {
      if (c.gold == 0 && type > EntityType::Misc) continue;
      c.print(std::string(to_string(type)).c_str());
      if (names && type > EntityType::Misc) continue;  // as score_ner.py: names only
      all.right += c.right;
      all.gold += c.gold;
      all.found += c.found;
    }
    all.print("all");
    std::printf("wrong type %zu, wrong edges %zu, spurious %zu, missed %zu\n", wrong_type_, wrong_edges_, spurious_,
                missed_);
    calibration();
    std::printf("right span, gold type by row, predicted by column:\n%-13s", "");
    for (const auto& [type, c] : types_)
      if (c.gold > 0) std::printf(" %12s", std::string(to_string(type)).c_str());
    std::printf("\n");
    for (const auto& [type, c] : types_) {
      if (c.gold == 0) continue;
      std::printf("%-13s", std::string(to_string(type)).c_str());
      for (const auto& [other, d] : types_)
        if (d.gold > 0) std::printf(" %12zu", confusion_[type][other]);
      std::printf("\n");
    }
    std::stable_sort(mistakes_.begin(), mistakes_.end(),
                     [](const Mistake& a, const Mistake& b) { return a.weight > b.weight; });
    for (size_t i = 0; i < std::min(worst, mistakes_.size()); ++i)
      std::printf("%.2f  %s\n", static_cast<double>(mistakes_[i].weight), mistakes_[i].text.c_str());
  }

 private:
  // Expected error over ten bins of equal mass, and the mean squared error.
  void calibration() {
    if (scores_.empty()) return;
    std::stable_sort(scores_.begin(), scores_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    double error = 0;
    double square = 0;
    for (size_t bin = 0; bin < 10; ++bin) {
      double difference = 0;
      for (size_t i = bin * scores_.size() / 10; i < (bin + 1) * scores_.size() / 10; ++i) {
        const double d = static_cast<double>(scores_[i].first) - (scores_[i].second ? 1 : 0);
        difference += d;
        square += d * d;
      }
      error += std::abs(difference);
    }
    std::printf("scores: calibration error %.4f, Brier %.4f\n", error / static_cast<double>(scores_.size()),
                square / static_cast<double>(scores_.size()));
  }

  std::map<EntityType, Counts> types_;
  std::map<EntityType, std::map<EntityType, size_t>> confusion_;
  std::vector<std::pair<float, bool>> scores_;
  std::vector<Mistake> mistakes_;
  size_t wrong_type_ = 0;
  size_t wrong_edges_ = 0;
  size_t spurious_ = 0;
  size_t missed_ = 0;
};

}  // namespace

void evaluate_ner(const EvaluateJob& job) {
  std::vector<std::vector<NameArticleLabels>> corpora;
  for (const std::string& file : job.gold) corpora.push_back(read_ner_corpus(file));
  const Analyzer analyzer(job.model.empty() ? Model::builtin() : Model::open(job.model));
  for (size_t i = 0; i < corpora.size(); ++i) {
    Scoreboard board;
    for (const NameArticleLabels& a : corpora[i]) board.add(a, analyzer.analyze(a.text, a.layout));
    std::printf("%s\n", job.gold[i].c_str());
    board.print(job.worst);
  }
}

}  // namespace newsnlp
