// Room: attributor. The lemma of a word form: "said" -> "say", "denies" -> "deny", "tweeted" -> "tweet".
#pragma once

#include <string>
#include <string_view>

namespace newsnlp {

class CueLexicon;
class WordClasses;

/// The lemma of a lower-case form by endings and a short list of irregular verbs; where several are possible, one that
/// `cues` knows, then one that `classes` knows (may be null). Unknown forms are their own lemma. Called once a word
/// type.
std::string lemma(std::string_view form, const CueLexicon& cues, const WordClasses* classes);

}  // namespace newsnlp
