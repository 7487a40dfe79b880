#include "cue_lexicon.h"

#include "hash.h"
#include "lemma.h"
#include "newsnlp/error.h"
#include "unicode.h"

namespace newsnlp {

CueLexicon::CueLexicon(const Model& model, const Options& options) {
  const auto section = model.section("cues.tsv");
  const std::string_view text(reinterpret_cast<const char*>(section.data()), section.size());
  try {
    for (const CueEntry& e : read_cues(text, "cues.tsv")) add(e, false);
  } catch (const ListError& e) {  // the model's own list, not a person's
    throw ModelError(std::string("the model is damaged: ") + e.what() + "; use a model that newsnlp wrote");
  }
  for (size_t i = 0; i < options.cues.size(); ++i) {
    if (find_invalid_utf8(options.cues[i].cue) != std::string_view::npos)
      throw ListError("cues:" + std::to_string(i + 1) + ": the cue is not valid UTF-8; convert it first");
    add(options.cues[i], true);
  }
}

void CueLexicon::add(const CueEntry& entry, bool own) {
  const std::string cue = lower(entry.cue);
  if (cue.find(' ') == std::string::npos) {
    entries_[hash_bytes(cue)] = {entry.kind, own};
    return;
  }
  if (!own) return;  // the model has learned the phrases of its own list
  Phrase phrase;
  phrase.kind = entry.kind;
  for (size_t at = 0; at < cue.size();) {
    const size_t end = std::min(cue.find(' ', at), cue.size());
    if (end > at)
      phrase.lemmas.push_back(hash_bytes(lemma(std::string_view(cue).substr(at, end - at), *this, nullptr)));
    at = end + 1;
  }
  if (!phrase.lemmas.empty()) phrases_.push_back(std::move(phrase));
}

const CueLexicon::Entry* CueLexicon::find(uint64_t lemma) const noexcept {
  const auto it = entries_.find(lemma);
  return it == entries_.end() ? nullptr : &it->second;
}

bool CueLexicon::contains(std::string_view lemma) const noexcept {
  return entries_.contains(hash_bytes(lemma));
}

}  // namespace newsnlp
