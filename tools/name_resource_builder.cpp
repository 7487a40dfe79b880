#include "name_resource_builder.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "layers.h"
#include "name_article.h"
#include "newsnlp/error.h"
#include "workspace.h"

namespace newsnlp {
namespace {

/// Columns of one list, and what is taken of it.
struct ListSource {
  const char* name;  // list; several sources may fill one
  const char* file;
  size_t column = 0;
  size_t least_words = 1;
  bool filtered = true;     // without single words that are mostly written in lower case
  size_t count_column = 0;  // with a count: only lines of at least …
  double least_count = 0;
  double most_count = 1e18;
  size_t most_lines = SIZE_MAX;
};

constexpr ListSource kLists[] = {
    {"first", "first_names_ssa.tsv", 0, 1, false, 1, 2000},
    {"first", "first_names_ssa.tsv", 0, 1, false, 2, 2000},
    {"first international", "first_names_gender_intl.tsv"},
    {"first international", "first_names_intl.txt"},
    {"last", "last_names_census1990.tsv", 0, 1, true, 0, 0, 1e18, 30000},
    {"politician", "fb_politicians.txt", 0, 2},
    {"city", "cities_geonames.tsv", 0, 1, false, 1, 100000},
    {"town", "cities_geonames.tsv", 0, 1, true, 1, 5000, 100000},
    {"province", "admin1_geonames.tsv"},
    {"country", "countries.tsv", 1, 1, false},
    {"country", "countries.tsv", 2, 1, false},
    {"country", "fb_countries.txt"},
    {"demonym", "countries.tsv", 4},
    {"demonym", "countries.tsv", 5},
    {"team", "fb_sports_teams.txt"},
    {"league", "fb_sports_leagues.txt"},
    {"university", "fb_universities.txt"},
    {"agency", "fb_government_agencies.txt"},
    {"paper", "fb_newspapers.txt"},
    {"paper", "fb_tv_networks.txt"},
    {"paper", "news_agencies_curated.txt", 0, 1, false},
    {"company", "companies_sp500.txt"},
    {"company", "companies_cspell.txt"},
    {"award", "fb_awards.txt"},
    {"award", "fb_holidays.txt"},
    {"product", "fb_products.txt"},
    {"programme", "fb_tv_programs.txt", 0, 2},
    {"brand", "fb_brands.txt"},
    {"brand", "fb_venture_companies.txt"},
    {"museum", "fb_museums.txt"},
};
constexpr const char* kKnown[] = {"person", "location", "group"};  // second column of wordnet_instances.tsv

std::string column(const std::string& line, size_t wanted) {
  size_t begin = 0;
  for (size_t c = 0; c < wanted; ++c) {
    begin = line.find('\t', begin);
    if (begin == std::string::npos) return {};
    ++begin;
  }
  return line.substr(begin, line.find('\t', begin) - begin);
}

class Builder {
 public:
  Builder(const std::string& folder, const Segmenter& segmenter, const WordClasses& classes)
      : folder_(folder), segmenter_(segmenter), workspace_(&classes) {}

  std::string build(const std::vector<NameArticleLabels>& articles) {
    count_capitals(articles);
    add_words();
    add_paths();
    add_lists();
    add_topics(articles);
    return bytes();
  }

 private:
  std::vector<std::string> lines(const std::string& file) const {
    std::ifstream in(folder_ + "/" + file);
    if (!in) throw Error(folder_ + "/" + file + ": cannot be read; give the folder of lexicons with --resources");
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (!line.empty()) out.push_back(line);
    }
    return out;
  }

  void segment(std::string text, Layout layout) {
    layers_ = {};
    layers_.text = std::move(text);
    workspace_.types.trim();
    segmenter_.segment(layers_, workspace_, layout);
  }
  const WordType& type(uint32_t token) const { return workspace_.types[workspace_.word[token]]; }

  void count_text(const std::string& text, Layout layout) {
    segment(text, layout);
    for (const Sentence& s : layers_.sentences) {
      uint32_t words = 0;
      uint32_t lower = 0;
      for (uint32_t i = s.tokens.begin; i < s.tokens.end; ++i) {
        words += type(i).is(WordType::kHasLetter);
        lower += type(i).is(WordType::kHasLetter) && !type(i).is(WordType::kHasUpper);
      }
      if (lower * 10 < words * 3) continue;
      bool start = true;
      for (uint32_t i = s.tokens.begin; i < s.tokens.end; ++i) {
        if (!type(i).is(WordType::kHasLetter)) {
          start = start || !type(i).is(WordType::kAllDigit);
          const std::string_view form = layers_.of(layers_.tokens[i]);
          if (form == "," || form == ";" || form == ")" || form == "%" || form == "/") start = false;
          continue;
        }
        CaseCounts& c = counts_[type(i).lower];
        if (!type(i).is(WordType::kFirstUpper))
          ++c.lower;
        else if (!start)
          ++c.capital;
        start = false;
      }
    }
  }

  void count_capitals(const std::vector<NameArticleLabels>& articles) {
    for (const NameArticleLabels& a : articles) count_text(a.text, a.layout);
    std::ifstream more(folder_ + "/quotes/polnear/train.jsonl");
    std::ifstream left_out(folder_ + "/ner/us_politics/us_politics.dev.jsonl");
    std::set<std::string> closed;
    for (std::string line; std::getline(left_out, line);)
      closed.insert(nlohmann::json::parse(line)["id"].get<std::string>());
    for (std::string line; std::getline(more, line);) {
      const auto record = nlohmann::json::parse(line);
      if (closed.count(record["id"].get<std::string>()) == 0)
        count_text(record["text"].get<std::string>(), Layout::Article);
    }
  }

  void add_words() {
    std::unordered_map<uint64_t, NameWordFacts> words;
    for (const auto& [key, c] : counts_) {
      const uint32_t all = c.lower + c.capital;
      if (all < 2) continue;
      const double share = static_cast<double>(c.capital) / all;
      constexpr double kBounds[] = {0.005, 0.02, 0.1, 0.3, 0.7, 0.95};
      words[key].capitals = static_cast<uint8_t>(std::upper_bound(kBounds, std::end(kBounds), share) - kBounds);
    }
    for (const std::string& l : lines("lexicon/person_role_nouns_wordnet.tsv"))
      if (const std::string w = column(l, 0); w.find(' ') == std::string::npos)
        words[workspace_.types[workspace_.types.intern(w)].lower].role = true;
    for (const std::string& l : lines("lexicon/honorifics_titles_curated.tsv"))
      if (const std::string w = column(l, 0); w.find(' ') == std::string::npos)
        words[workspace_.types[workspace_.types.intern(w)].lower].title = true;
    content_.words.assign(words.begin(), words.end());
    std::sort(content_.words.begin(), content_.words.end(), [](auto& a, auto& b) { return a.first < b.first; });
  }

  void add_paths() {
    content_.paths.assign(size_t{4} * NameResources::kPathClasses, 0);
    for (const std::string& l : lines("word_classes/glove100_kmeans1024.tsv")) {
      const auto id = static_cast<size_t>(std::stoul(column(l, 1)));
      const std::string path = column(l, 2);
      if (id >= NameResources::kPathClasses) throw Error("word_classes/glove100_kmeans1024.tsv: class out of range");
      for (size_t k = 0; k < 4; ++k) {
        const size_t bits = 4 + 2 * k;
        if (path.size() < bits) continue;
        uint16_t code = 1;  // a leading one keeps beginnings of different lengths apart
        for (size_t b = 0; b < bits; ++b) code = static_cast<uint16_t>(code << 1 | (path[b] == '1'));
        content_.paths[4 * id + k] = code;
      }
    }
  }

  bool mostly_lower(uint64_t lower) const {
    const auto it = counts_.find(lower);
    return it != counts_.end() && it->second.lower >= 2 && it->second.lower > it->second.capital;
  }

  static constexpr size_t kLongestName = 4;  // tokens; longer ones cost more room than they help
  static_assert(kLongestName <= Gazetteer::kMaxWords);

  // Phrases go through the segmenter, so that they have the tokens that an article has.
  void add_phrases(uint32_t list, const std::vector<std::string>& phrases, size_t least_words, bool filtered) {
    std::string text;
    for (const std::string& p : phrases) text += p + '\n';
    segment(std::move(text), Layout::SentencePerLine);
    std::vector<uint64_t> lower;
    for (const Sentence& s : layers_.sentences) {
      if (s.tokens.size() < least_words || s.tokens.size() > kLongestName) continue;
      lower.clear();
      for (uint32_t i = s.tokens.begin; i < s.tokens.end; ++i) lower.push_back(type(i).lower);
      uint32_t unknown = 0;  // words without a class
      for (uint32_t i = s.tokens.begin; i < s.tokens.end; ++i)
        unknown += type(i).is(WordType::kHasLetter) && type(i).class_256 == 0;
      if ((lower.size() == 2 && unknown == 2) || (lower.size() > 2 && unknown > 0))
        continue;  // hardly ever in the news
      if (lower.size() == 1 && filtered && (mostly_lower(lower[0]) || s.span.size() < 2)) continue;
      Gazetteer::add(content_.phrases, lower, list);
    }
  }

  void add_lists() {
    std::vector<std::string> names;
    const auto number = [&](const std::string& name) {
      const auto it = std::find(names.begin(), names.end(), name);
      if (it != names.end()) return static_cast<uint32_t>(it - names.begin());
      names.push_back(name);
      return static_cast<uint32_t>(names.size() - 1);
    };
    for (const ListSource& s : kLists) {
      std::vector<std::string> phrases;
      for (const std::string& l : lines(std::string("lexicon/") + s.file)) {
        if (phrases.size() >= s.most_lines) break;
        if (s.count_column > 0) {
          const double count = std::atof(column(l, s.count_column).c_str());
          if (count < s.least_count || count >= s.most_count) continue;
        }
        std::string phrase = column(l, s.column);
        if (phrase.empty()) continue;
        if (std::string_view(s.name) == "demonym") phrases.push_back(phrase + "s");
        phrases.push_back(std::move(phrase));
      }
      add_phrases(number(s.name), phrases, s.least_words, s.filtered);
    }
    for (const char* kind : kKnown) {
      std::vector<std::string> phrases;
      for (const std::string& l : lines("lexicon/wordnet_instances.tsv"))
        if (column(l, 1) == kind) phrases.push_back(column(l, 0));
      add_phrases(number(std::string("wordnet ") + kind), phrases, 1, true);
    }
    if (names.size() > Gazetteer::kMaxLists) throw Error("too many lists of names");
  }

  // Spherical k-means of the articles' word classes.
  void add_topics(const std::vector<NameArticleLabels>& articles) {
    constexpr uint32_t kTopics = 32;
    constexpr uint32_t kRounds = 25;
    constexpr uint32_t n = NameResources::kClasses;
    if (articles.size() < kTopics) return;
    const std::string so_far = bytes();
    const NameResources resources(std::as_bytes(std::span(so_far)));
    NameArticle reader(resources, Casing::Kept);
    std::vector<std::vector<float>> vectors;
    std::vector<double> articles_with(n, 0);
    for (const NameArticleLabels& a : articles) {
      segment(a.text, a.layout);
      reader.read_words(layers_, workspace_);
      std::vector<float> v(n);
      for (uint32_t c = 0; c < n; ++c) {
        v[c] = std::sqrt(static_cast<float>(reader.class_counts()[c + 1]));
        articles_with[c] += v[c] > 0;
      }
      vectors.push_back(std::move(v));
    }
    content_.class_weights.resize(n);
    for (uint32_t c = 0; c < n; ++c)
      content_.class_weights[c] = static_cast<float>(std::log((vectors.size() + 1.0) / (articles_with[c] + 1.0)));
    for (auto& v : vectors) {
      for (uint32_t c = 0; c < n; ++c) v[c] *= content_.class_weights[c];
      to_unit(v.data());
    }
    auto& centroids = content_.centroids;
    for (uint32_t t = 0; t < kTopics; ++t) {
      const auto& v = vectors[t * vectors.size() / kTopics];
      centroids.insert(centroids.end(), v.begin(), v.end());
    }
    for (uint32_t round = 0; round < kRounds; ++round) {
      std::vector<float> sums(centroids.size(), 0.0F);
      for (const auto& v : vectors) {
        uint32_t best = 0;
        float best_score = -1;
        for (uint32_t t = 0; t < kTopics; ++t) {
          float score = 0;
          for (uint32_t c = 0; c < n; ++c) score += v[c] * centroids[t * n + c];
          if (score > best_score) {
            best_score = score;
            best = t;
          }
        }
        for (uint32_t c = 0; c < n; ++c) sums[best * n + c] += v[c];
      }
      for (uint32_t t = 0; t < kTopics; ++t)
        if (to_unit(sums.data() + t * n)) std::copy_n(sums.data() + t * n, n, centroids.data() + t * n);
    }
  }
  static bool to_unit(float* v) {
    double square = 0;
    for (uint32_t c = 0; c < NameResources::kClasses; ++c) square += static_cast<double>(v[c]) * v[c];
    if (square <= 0) return false;
    for (uint32_t c = 0; c < NameResources::kClasses; ++c) v[c] = static_cast<float>(v[c] / std::sqrt(square));
    return true;
  }

  std::string bytes() const {
    SectionWriter out;
    NameResources::write(content_, out);
    return out.bytes();
  }

  std::string folder_;
  const Segmenter& segmenter_;
  Workspace workspace_;
  Layers layers_;
  std::unordered_map<uint64_t, CaseCounts> counts_;
  NameResources::Content content_;
};

}  // namespace

std::string build_name_resources(const std::string& resources, const std::vector<NameArticleLabels>& articles,
                                 const Segmenter& segmenter, const WordClasses& classes) {
  return Builder(resources, segmenter, classes).build(articles);
}

}  // namespace newsnlp
