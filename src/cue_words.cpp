#include "cue_words.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "hash.h"
#include "key_set.h"
#include "lemma.h"

namespace newsnlp {
namespace {

struct Row {
  std::string_view word;
  uint32_t flags;
  Junction junction;
};

using F = CueWord;
constexpr Row kWords[] = {
    {",", F::kComma, 1},
    {"and", F::kCoordinator, 2},
    {"or", F::kCoordinator, 3},
    {"nor", 0, 3},
    {"but", F::kBut, 4},
    {"that", F::kThat | F::kSubordinator | F::kRelative, 5},
    {"which", F::kRelative, 6},
    {"who", F::kRelative, 7},
    {"whom", 0, 7},
    {"whose", 0, 7},
    {"when", F::kSubordinator, 8},
    {"while", F::kSubordinator, 9},
    {"as", F::kTimeJunction, 10},
    {"after", F::kTimeJunction | F::kPlaceJunction, 11},
    {"before", F::kTimeJunction, 12},
    {"because", F::kSubordinator, 13},
    {"although", F::kSubordinator, 14},
    {"though", F::kSubordinator, 14},
    {"if", F::kSubordinator, 15},
    {"since", F::kTimeJunction, 16},
    {"until", F::kTimeJunction, 17},
    {"unless", 0, 18},
    {"whereas", 0, 19},
    {"where", F::kSubordinator, 20},
    {"how", F::kSubordinator, 21},
    {"why", F::kSubordinator, 0},
    {"whether", F::kSubordinator, 22},
    {"to", F::kTo | F::kPlaceJunction, 23},
    {";", F::kSemicolon, 25},
    {":", F::kColon, 26},
    {"(", 0, 27},
    {"in", F::kPlaceJunction, 28},
    {"on", F::kPlaceJunction, 29},
    {"at", F::kPlaceJunction, 30},
    {"during", F::kPlaceJunction, 31},
    {"for", 0, 32},
    {"with", 0, 33},
    {"by", F::kBy, 34},
    {"from", 0, 35},
    {"of", F::kOf, 36},
    {"about", 0, 37},
    {"than", 0, 38},
    {"despite", 0, 39},
    {"following", 0, 40},
    {"amid", 0, 41},
    {"not", 0, 41},
    {"saying", 0, 42},
    {"adding", 0, 42},
    {"according", 0, kAccordingJunction},
    {"so", 0, 44},
    {".", 0, 46},
    {"?", 0, 46},
    {"!", 0, 46},
    {"like", 0, 47},
    {"over", 0, 48},
    {"against", 0, 49},
    {"including", 0, 50},
    {"has", F::kAuxiliary, 0},
    {"have", F::kAuxiliary, 0},
    {"had", F::kAuxiliary, 0},
    {"is", F::kAuxiliary | F::kBe, 0},
    {"was", F::kAuxiliary | F::kBe, 0},
    {"are", F::kAuxiliary | F::kBe, 0},
    {"were", F::kAuxiliary | F::kBe, 0},
    {"be", F::kAuxiliary | F::kBe, 0},
    {"been", F::kAuxiliary | F::kBe, 0},
    {"being", F::kBe, 0},
    {"'s", F::kAuxiliary, 0},
    {"'ve", F::kAuxiliary, 0},
    {"did", F::kAuxiliary, 0},
    {"does", F::kAuxiliary, 0},
    {"do", F::kAuxiliary, 0},
    {"monday", F::kDay | F::kOccasion, 0},
    {"tuesday", F::kDay | F::kOccasion, 0},
    {"wednesday", F::kDay | F::kOccasion, 0},
    {"thursday", F::kDay | F::kOccasion, 0},
    {"friday", F::kDay | F::kOccasion, 0},
    {"saturday", F::kDay | F::kOccasion, 0},
    {"sunday", F::kDay | F::kOccasion, 0},
    {"year", F::kPeriod | F::kOccasion, 0},
    {"week", F::kPeriod | F::kOccasion, 0},
    {"month", F::kPeriod | F::kOccasion, 0},
    {"today", F::kPeriod, 0},
    {"yesterday", F::kPeriod, 0},
    {"tonight", F::kPeriod, 0},
    {"day", F::kOccasion, 0},
    {"night", F::kOccasion, 0},
    {"interview", F::kOccasion, 0},
    {"speech", F::kOccasion, 0},
    {"statement", F::kOccasion, 0},
    {"debate", F::kOccasion, 0},
    {"rally", F::kOccasion, 0},
    {"tweet", F::kOccasion, 0},
    {"conference", F::kOccasion, 0},
    {"mr.", F::kTitle, 0},
    {"mrs.", F::kTitle, 0},
    {"ms.", F::kTitle, 0},
    {"dr.", F::kTitle, 0},
    {"sen.", F::kTitle, 0},
    {"rep.", F::kTitle, 0},
    {"gov.", F::kTitle, 0},
    {"gen.", F::kTitle, 0},
    {"senator", F::kTitle, 0},
    {"president", F::kTitle, 0},
    {"secretary", F::kTitle, 0},
    {"judge", F::kTitle, 0},
    {"former", F::kTitle, 0},
};

constexpr Junction kDashJunction = 24;
constexpr Junction kHyphenJunction = 45;

bool is_dash(std::string_view w) {
  return w == "--" || w == "---" || w == "\u2014" || w == "\u2015" || w == "\u2013" || w == "\u2012";
}

uint32_t folded(uint64_t hash) {
  return static_cast<uint32_t>(hash >> 32);
}

// The last three bytes, cut back to a code point's begin.
std::string_view suffix(std::string_view w) {
  if (w.size() <= 3) return w;
  size_t at = w.size() - 3;
  while (at > 0 && (static_cast<unsigned char>(w[at]) & 0xC0) == 0x80) --at;
  return w.substr(at);
}

void add_lists(std::string_view form, uint64_t hash, CueWord& w) {
  static const auto kListed = [] {
    KeySet<2048> keys;
    for (const Row& r : kWords) keys.insert(hash_bytes(r.word));
    return keys;
  }();
  if (kListed.has(hash)) {
    const auto row = std::find_if(std::begin(kWords), std::end(kWords), [&](const Row& r) { return r.word == form; });
    if (row != std::end(kWords)) {
      w.flags |= row->flags;
      w.junction = row->junction;
      return;
    }
  }
  if (is_dash(form)) {
    w.flags |= F::kDash;
    w.junction = kDashJunction;
    w.word = folded(hash_bytes("--"));
  } else if (form == "-") {
    w.flags |= F::kHyphen;
    w.junction = kHyphenJunction;
  }
}

void add_cue(const CueLexicon& lexicon, const QuoteModel& model, uint64_t lemma, CueWord& w) {
  if (const CueLexicon::Entry* e = lexicon.find(lemma)) {
    if (e->kind == CueKind::Never) {
      w.flags |= F::kNever;
      return;
    }
    w.flags |= F::kCue | F::kListed | (e->own ? F::kOwn : 0U);
    if (e->kind != CueKind::Thought) w.flags |= F::kSpeech;
  }
  w.row = model.lemma_row(w.lemma);
  if (w.row != 0) {
    const LemmaRow& row = model.lemmas()[w.row - 1];
    if (row.cue != 0) w.flags |= F::kCue;
    if (row.cue == 0 && (w.flags & F::kOwn) == 0) w.flags &= ~static_cast<uint32_t>(F::kCue);
  }
}

CueWord make(const WordType& type, std::string_view form, const CueLexicon& lexicon, const QuoteModel& model,
             const WordClasses* classes) {
  CueWord w;
  w.word = folded(type.lower);
  w.shape = folded(type.shape);
  w.suffix = folded(hash_bytes(suffix(form)));
  w.class_256 = type.class_256;
  w.class_1024 = type.class_1024;
  if (type.is(WordType::kFirstUpper)) w.flags |= F::kCapital;
  if (type.flags & (WordType::kHasLetter | WordType::kHasDigit)) w.flags |= F::kAlnum;
  if (!type.is(WordType::kHasLower)) w.flags |= F::kFullUpper;
  add_lists(form, type.lower, w);
  const uint64_t lemma_hash = hash_bytes(lemma(form.substr(0, 64), lexicon, classes));
  w.lemma = folded(lemma_hash);
  if (model.is_role(w.word)) w.flags |= F::kRole;
  if (type.is(WordType::kFirstUpper) && model.is_first_name(w.word)) w.flags |= F::kFirstName;
  add_cue(lexicon, model, lemma_hash, w);
  return w;
}

}  // namespace

void CueWords::update(const WordTypes& types, const CueLexicon& lexicon, const QuoteModel& model,
                      const WordClasses* classes) {
  if (generation_ != types.generation() || owner_ != &model || words_.size() > types.size()) {
    words_.clear();
    generation_ = types.generation();
    if (owner_ != &model) {
      WordTypes marks(classes);
      const uint32_t mark = marks.intern("\"");
      double_mark_ = make(marks[mark], marks.lower(mark), lexicon, model, classes);
    }
    owner_ = &model;
  }
  for (auto id = static_cast<uint32_t>(words_.size()); id < types.size(); ++id)
    words_.push_back(make(types[id], types.lower(id), lexicon, model, classes));
}

}  // namespace newsnlp
