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
    } else {
      phrase.words.push_back(word == "#" ? kNumber : hash_bytes(word));
    }
  }
  if (starred != 1)
    throw ModelError("set_phrases.txt:" + std::to_string(number) +
                     ": expected one word behind a star, as in *tell/told the time");
  phrases_.push_back(std::move(phrase));
}

bool SetPhrases::hold(const Workspace& workspace, const ArticleView& view, int token) const {
  if (!seen_[place(view.at(token).word)]) return false;
  const auto type = [&](int i) -> const WordType& { return workspace.types[workspace.word[static_cast<size_t>(i)]]; };
  const auto [first, last] = by_cue_.equal_range(type(token).lower);
  return std::any_of(first, last, [&](const auto& entry) {
    const Phrase& p = phrases_[entry.second];
    const int begin = token - p.cue;
    const int size = static_cast<int>(p.words.size());
    if (begin < 0 || begin + size > static_cast<int>(workspace.word.size())) return false;
    for (int i = 0; i < size; ++i) {
      const uint64_t word = p.words[static_cast<size_t>(i)];
      if (i == p.cue) continue;
      if (word == kNumber ? view.at(begin + i).tag != Tag::CD : type(begin + i).lower != word) return false;
      if (i > p.cue && type(begin + i).is(WordType::kHasUpper)) return false;  // “Yes,” said Grace
    }
    return true;
  });
}

}  // namespace newsnlp
