#include "set_phrases.h"

#include <algorithm>
#include <string>

#include "article_view.h"
#include "hash.h"
#include "model_file.h"
#include "newsnlp/error.h"
#include "verb_forms.h"
#include "workspace.h"

namespace newsnlp {

SetPhrases::SetPhrases(const Model& model) {
  std::string_view text = text_section(model, "set_phrases.txt");
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.front() != '#') add(line, number);
  }
}

void SetPhrases::add(std::string_view line, size_t number) {
  Phrase phrase;
  int starred = 0;
  while (!line.empty()) {
    const size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    if (word.empty()) continue;
    if (word.front() == '*') {
      ++starred;
      phrase.cue = static_cast<int>(phrase.words.size());
      phrase.words.push_back(kAnyForm);
      for (const std::string& form : verb_forms(word.substr(1))) {
        const uint64_t hash = hash_bytes(form);
        by_cue_.emplace(hash, static_cast<uint32_t>(phrases_.size()));
        seen_.set(place(static_cast<uint32_t>(hash >> 32)));
      }
    } else if (word.find('|') != std::string_view::npos) {
      phrase.words.push_back(kChoice);
      for (std::string_view rest = word; !rest.empty();) {
        const size_t bar = std::min(rest.find('|'), rest.size());
        phrase.choice.push_back(hash_bytes(rest.substr(0, bar)));
        rest.remove_prefix(std::min(bar + 1, rest.size()));
      }
    } else {
      phrase.words.push_back(word == "#" ? kNumber : word == ".." ? kPhrase : hash_bytes(word));
    }
  }
  if (starred != 1)
    throw ModelError("set_phrases.txt:" + std::to_string(number) +
                     ": expected one word behind a star, as in *tell/told the time");
  const auto cue = static_cast<size_t>(phrase.cue);
  if (cue > 0) phrase.before = phrase.words[cue - 1];
  if (cue + 1 < phrase.words.size()) phrase.behind = phrase.words[cue + 1];
  phrases_.push_back(std::move(phrase));
}

bool SetPhrases::hold(const Phrase& p, const Workspace& workspace, const ArticleView& view, int begin) const {
  int i = begin;
  for (int k = 0; k < static_cast<int>(p.words.size()); ++k, ++i) {
    if (i < 0 || i >= static_cast<int>(workspace.word.size())) return false;
    const uint64_t word = p.words[static_cast<size_t>(k)];
    if (k == p.cue) continue;
    if (word == kPhrase) {
      i = std::max(i, view.at(i).phrase_end) - 1;  // the next word is its last one
      continue;
    }
    const WordType& type = workspace.types[workspace.word[static_cast<size_t>(i)]];
    const bool same = word == kNumber   ? view.at(i).tag == Tag::CD
                      : word == kChoice ? std::find(p.choice.begin(), p.choice.end(), type.lower) != p.choice.end()
                                        : type.lower == word;
    if (!same) return false;
    if (k > p.cue && type.is(WordType::kHasUpper)) return false;  // “Yes,” said Grace
  }
  return true;
}

bool SetPhrases::hold(const Workspace& workspace, const ArticleView& view, int token) const {
  if (!seen_[place(view.at(token).word)]) return false;
  const auto lower = [&](int i) {
    return view.valid(i) ? workspace.types[workspace.word[static_cast<size_t>(i)]].lower : uint64_t{0};
  };
  const uint64_t before = lower(token - 1);
  const uint64_t behind = lower(token + 1);
  const auto [first, last] = by_cue_.equal_range(lower(token));
  return std::any_of(first, last, [&](const auto& entry) {
    const Phrase& p = phrases_[entry.second];
    const bool may = (p.before <= kChoice || p.before == before) && (p.behind <= kChoice || p.behind == behind);
    return may && hold(p, workspace, view, token - p.cue);
  });
}

}  // namespace newsnlp
