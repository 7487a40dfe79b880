#include "lemma.h"

#include <array>
#include <utility>

#include "cue_lexicon.h"
#include "hash.h"
#include "key_set.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;
constexpr Pair kIrregular[] = {
    {"said", "say"},
    {"says", "say"},
    {"told", "tell"},
    {"wrote", "write"},
    {"written", "write"},
    {"spoke", "speak"},
    {"spoken", "speak"},
    {"thought", "think"},
    {"knew", "know"},
    {"known", "know"},
    {"felt", "feel"},
    {"found", "find"},
    {"saw", "see"},
    {"seen", "see"},
    {"made", "make"},
    {"gave", "give"},
    {"given", "give"},
    {"took", "take"},
    {"taken", "take"},
    {"is", "be"},
    {"was", "be"},
    {"were", "be"},
    {"are", "be"},
    {"been", "be"},
    {"being", "be"},
    {"has", "have"},
    {"had", "have"},
    {"having", "have"},
    {"went", "go"},
    {"swore", "swear"},
    {"sworn", "swear"},
    {"showed", "show"},
    {"shown", "show"},
    {"sought", "seek"},
    {"heard", "hear"},
    {"held", "hold"},
    {"kept", "keep"},
    {"called", "call"},
    {"did", "do"},
    {"does", "do"},
    {"done", "do"},
    {"shot", "shoot"},
    {"understood", "understand"},
    {"foresaw", "foresee"},
    {"lied", "lie"},
    {"lying", "lie"},
    {"laid", "lay"},
    {"forbade", "forbid"},
    {"sang", "sing"},
};

constexpr std::array<std::string_view, 4> kEndings = {"ing", "ed", "es", "s"};

bool doubled(std::string_view stem) {
  return stem.size() > 2 && stem[stem.size() - 1] == stem[stem.size() - 2];
}

}  // namespace

std::string lemma(std::string_view form, const CueLexicon& cues, const WordClasses* classes) {
  static const auto kKnown = [] {
    KeySet<1024> keys;
    for (const Pair& pair : kIrregular) keys.insert(hash_bytes(pair.first));
    return keys;
  }();
  if (kKnown.has(hash_bytes(form)))
    for (const auto& [irregular, base] : kIrregular)
      if (form == irregular) return std::string(base);
  if (cues.contains(form)) return std::string(form);
  const auto known = [&](const std::string& w) {
    return classes != nullptr && classes->find(hash_bytes(w)).class_1024 != 0;
  };
  if (form.size() > 4 && (form.ends_with("ies") || form.ends_with("ied"))) {
    std::string base = std::string(form.substr(0, form.size() - 3)) + "y";
    if (cues.contains(base) || known(base)) return base;
  }
  for (const std::string_view ending : kEndings) {
    if (form.size() <= ending.size() + 1 || !form.ends_with(ending)) continue;
    std::string stem(form.substr(0, form.size() - ending.size()));
    if (cues.contains(stem)) return stem;
    if (ending[0] == 's') continue;
    if (cues.contains(stem + "e")) return stem + "e";
    if (doubled(stem) && cues.contains(stem.substr(0, stem.size() - 1))) return stem.substr(0, stem.size() - 1);
  }
  for (const std::string_view ending : {kEndings[0], kEndings[1], kEndings[3]}) {
    if (form.size() <= ending.size() + 1 || !form.ends_with(ending)) continue;
    std::string stem(form.substr(0, form.size() - ending.size()));
    if (ending[0] != 's') {
      if (known(stem + "e")) return stem + "e";
      if (stem.size() > 3 && doubled(stem) && stem.back() != 's' && stem.back() != 'l')
        return stem.substr(0, stem.size() - 1);
    }
    const bool plural = ending[0] != 's' || (stem.back() != 's' && stem.back() != 'i' && stem.back() != 'u');
    if (plural && known(stem)) return stem;
  }
  return std::string(form);
}

}  // namespace newsnlp
