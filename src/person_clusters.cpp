#include "person_clusters.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "hash.h"

namespace newsnlp {
namespace {

constexpr int16_t kTitleEvidence = 8;

bool contradicts(Gender title, int16_t evidence) {
  return (title == Gender::Male && evidence <= -kShownGender) || (title == Gender::Female && evidence >= kShownGender);
}

// "Aleksandr" as "alexandr".
std::string with_x(std::string_view lower) {
  std::string out(lower);
  if (const size_t at = out.find("ks"); at != std::string::npos) out.replace(at, 2, "x");
  return out;
}

// One letter more, less, other or changed with its neighbour: "Forson", "Forso".
bool one_letter_apart(std::string_view a, std::string_view b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() - b.size() > 1) return false;
  size_t same = 0;
  while (same < b.size() && a[same] == b[same]) ++same;
  const std::string_view x = a.substr(same), y = b.substr(same);
  if (a.size() > b.size()) return x.substr(1) == y;
  if (y.size() > 1 && x[0] == y[1] && x[1] == y[0] && x.substr(2) == y.substr(2)) return true;
  return !y.empty() && x.substr(1) == y.substr(1);
}

// Spellings of one first name: a cut form (Alex, Alexander), or other letters at the end (Sergei, Sergey).
bool similar(std::string_view first, std::string_view second) {
  const std::string a = with_x(first), b = with_x(second);
  const size_t least = std::min(a.size(), b.size());
  size_t same = 0;
  while (same < least && a[same] == b[same]) ++same;
  return (same >= 3 && same == least) || (same >= 4 && same + 2 >= std::max(a.size(), b.size()));
}

}  // namespace

int16_t PersonClusters::first_name_evidence(const NameForm& form) const {
  if (form.count == 0) return 0;
  const int8_t sure = notes_->at(*workspace_, forms_->words[form.begin].token).first_name;
  const int size = std::abs(sure);
  // By how many are right on GAP's test and validation sets: 99 in a hundred of the surest, before a surname or alone;
  // 75 of those alone that are surnames as well ("Morgan"). Even numbers of the list say so.
  struct Step {
    int from, full, alone;
  };
  static constexpr Step kSteps[] = {{99, 4, 4}, {98, 3, 1}, {95, 4, 2}, {94, 3, 1}, {85, 3, 1}, {1, 1, 0}};
  const bool full = form.count > 1 || form.family != 0;
  int value = 0;
  for (const Step& step : kSteps)
    if (size >= step.from) {
      value = full ? step.full : step.alone;
      break;
    }
  return static_cast<int16_t>(sure < 0 ? -value : value);
}

bool PersonClusters::compatible(const NameForms& forms, const NameForm& form, const PersonCluster& cluster) const {
  const NameForm& other = forms.forms[cluster.fullest];
  if (form.suffix != cluster.suffix) return false;
  const auto a = forms.of(form);
  const auto b = forms.of(other);
  const auto first_names = [&](const FormWord& x, const FormWord& y) {
    if (x.initial != y.initial && !notes_->words->same_first_name(x.key, y.key)) return false;
    if (x.single || y.single) return x.initial == y.initial;
    if (notes_->words->same_first_name(x.key, y.key)) return true;
    const int16_t genders = static_cast<int16_t>(notes_->at(*workspace_, x.token).first_name > 0) -
                            static_cast<int16_t>(notes_->at(*workspace_, y.token).first_name > 0);
    const std::string_view first = workspace_->types.lower(workspace_->word[x.token]);
    const std::string_view second = workspace_->types.lower(workspace_->word[y.token]);
    const bool unknown =
        notes_->at(*workspace_, x.token).first_name == 0 || notes_->at(*workspace_, y.token).first_name == 0;
    constexpr size_t kLong = 6;  // letters of a name in which one may be wrong
    if (unknown && std::min(first.size(), second.size()) >= kLong && one_letter_apart(first, second)) return true;
    return genders == 0 && similar(first, second);
  };
  if (first_names(a[0], b[0])) {
    // Middle names that contradict each other: George W. and George H. W.
    if (a.size() < 3 || b.size() < 3) return true;
    for (size_t i = 1; i + 1 < a.size(); ++i)
      for (size_t k = 1; k + 1 < b.size(); ++k)
        if (a[i].key == b[k].key || ((a[i].single || b[k].single) && a[i].initial == b[k].initial && i == k) ||
            (i == k && misspelt(a[i], b[k])))
          return true;
    return false;
  }
  // One is the end of the other: López Obrador, Andrés Manuel López Obrador.
  const auto& shorter = a.size() < b.size() ? a : b;
  const auto& longer = a.size() < b.size() ? b : a;
  if (shorter.size() < 2 || shorter.size() == longer.size()) return false;
  for (size_t i = 0; i < shorter.size(); ++i)
    if (shorter[i].key != longer[longer.size() - shorter.size() + i].key) return false;
  return true;
}

// "Zeya", "Zeyar": one name, with a letter wrong in one of them.
bool PersonClusters::misspelt(const FormWord& a, const FormWord& b) const {
  constexpr size_t kShort = 4;
  if (a.single || b.single || a.initial != b.initial) return false;
  const std::string_view x = workspace_->types.lower(workspace_->word[a.token]);
  const std::string_view y = workspace_->types.lower(workspace_->word[b.token]);
  return std::min(x.size(), y.size()) >= kShort && std::max(x.size(), y.size()) > kShort && one_letter_apart(x, y);
}

// "Cassiel Baah Forson", "Cassiel Baah Forso", in different sentences.
bool PersonClusters::surname_misspelt(const NameForm& form, const PersonCluster& cluster) const {
  const auto a = forms_->of(form);
  const auto b = forms_->of(forms_->forms[cluster.fullest]);
  if (a.size() != b.size() || form.suffix != cluster.suffix) return false;
  for (size_t i = 0; i + 1 < a.size(); ++i)
    if (a[i].key != b[i].key || a[i].single) return false;
  return misspelt(a.back(), b.back()) && workspace_->sentence[a[0].token] != workspace_->sentence[b[0].token];
}

uint32_t PersonClusters::find_full(const NameForms& forms, const NameForm& form) const {
  uint32_t checked = 0;
  for (uint32_t n = index_.first(form.key, Full); n != NameIndex::kEnd && checked < kMaxChecked;
       n = index_.next(n), ++checked)
    if (clusters[index_.value(n)].suffix == form.suffix) return index_.value(n);
  checked = 0;
  for (uint32_t n = index_.first(forms.last_key(form), Last); n != NameIndex::kEnd && checked < kMaxChecked;
       n = index_.next(n), ++checked)
    if (compatible(forms, form, clusters[index_.value(n)]) && !side_by_side(form, clusters[index_.value(n)]))
      return index_.value(n);
  checked = 0;
  for (uint32_t n = index_.first(forms.of(form).front().key, First); n != NameIndex::kEnd && checked < kMaxChecked;
       n = index_.next(n), ++checked)
    if (surname_misspelt(form, clusters[index_.value(n)])) return index_.value(n);
  return kNone;
}

// "Mary Ann Cole sued Mary Cole": two people, since one sentence gives both names in full.
bool PersonClusters::side_by_side(const NameForm& form, const PersonCluster& cluster) const {
  const auto a = forms_->of(form);
  const auto b = forms_->of(forms_->forms[cluster.last]);
  if (a.size() == b.size() || a.size() < 2 || b.size() < 2 || a.front().key != b.front().key) return false;
  if (workspace_->sentence[a[0].token] != workspace_->sentence[b[0].token]) return false;
  const auto& longer = a.size() > b.size() ? a : b;
  if (std::any_of(longer.begin(), longer.end(), [](const FormWord& w) { return w.single; })) return false;
  for (uint32_t t = b.back().token + 1; t < a.front().token; ++t) {
    const std::string_view word = workspace_->types.lower(workspace_->word[t]);
    if (word == "born" || word == "as" || word == "or" || word == "(") return false;  // "known as"
  }
  return true;
}

// "The prince": who was called Prince Edmund last.
uint32_t PersonClusters::by_office(uint32_t office, uint32_t mention) const {
  uint32_t best = kNone;
  const auto size = static_cast<uint32_t>(clusters.size());
  for (uint32_t c = size; c > 0 && size - c < kMaxChecked; --c) {
    const PersonCluster& p = clusters[c - 1];
    if (p.office == office && p.last < mention && (best == kNone || p.last > clusters[best].last)) best = c - 1;
  }
  return best;
}

// "The younger Ashdown", but not "Carver Jr."
bool PersonClusters::behind_generation(const NameForm& form) const {
  const uint32_t token = forms_->words[form.begin].token;
  if (form.count != 1 || token == 0) return false;
  const SmallWord before = notes_->at(*workspace_, token - 1).small;
  return before == SmallWord::Younger || before == SmallWord::Elder;
}

// "(His father), Tom Fox": the word before the fullest name.
std::string_view PersonClusters::word_before(const PersonCluster& cluster) const {
  uint32_t t = forms_->words[forms_->forms[cluster.fullest].begin].token;
  if (t > 1 && notes_->at(*workspace_, t - 1).small == SmallWord::Comma) --t;
  return t == 0 ? std::string_view() : workspace_->types.lower(workspace_->word[t - 1]);
}

// "Mrs Fox": rather "his widow, Ann Fox," than "her daughter, Kelly Fox,".
int PersonClusters::is_married(const NameForm& form, const PersonCluster& cluster) const {
  if (form.civil != NameForm::half(hash_bytes("mrs")) || cluster.civil != 0) return 0;
  const std::string_view word = word_before(cluster);
  if (word == "wife" || word == "widow" || word == "mother" || word == "grandmother") return 6;
  return word == "daughter" || word == "sister" || word == "granddaughter" || word == "niece" ? -6 : 0;
}

// "Moss said she had no time": the gender of who says so.
Gender PersonClusters::says_of_self(const NameForm& form) const {
  const uint32_t t = forms_->words[form.begin].token;
  if (form.count != 1 || t + 2 >= workspace_->word.size()) return Gender::Unknown;
  const std::string_view verb = workspace_->types.lower(workspace_->word[t + 1]);
  if (verb != "said" && verb != "says") return Gender::Unknown;
  const PronounPerson person = notes_->at(*workspace_, t + 2).person;
  return person == PronounPerson::She ? Gender::Female : person == PronounPerson::He ? Gender::Male : Gender::Unknown;
}

// "His father, Tom Fox": 64 where Fox is "the elder Fox", -64 where he is "the younger Fox".
int PersonClusters::kin_age(const NameForm& form, const PersonCluster& cluster) const {
  static constexpr auto kElder =
      std::to_array<std::string_view>({"father", "mother", "uncle", "aunt", "grandfather", "grandmother"});
  static constexpr auto kYounger =
      std::to_array<std::string_view>({"son", "daughter", "nephew", "niece", "grandson", "granddaughter"});
  const std::string_view word = word_before(cluster);
  const bool elder = std::find(kElder.begin(), kElder.end(), word) != kElder.end();
  if (!elder && std::find(kYounger.begin(), kYounger.end(), word) == kYounger.end()) return 0;
  const uint32_t before = forms_->words[form.begin].token - 1;
  return elder == (notes_->at(*workspace_, before).small == SmallWord::Elder) ? 64 : -64;
}

uint32_t PersonClusters::best_of(Place place, uint64_t key, const NameForm& form, uint32_t mention,
                                 bool& contradicted) const {
  uint32_t best = kNone;
  int64_t best_rank = 0;
  bool best_seen = false;
  const bool several = index_.next(index_.first(key, place)) != NameIndex::kEnd;
  const Gender self = several ? says_of_self(form) : Gender::Unknown;
  const bool contrasted = form.suffix != 0 && behind_generation(form);
  uint32_t checked = 0;
  for (uint32_t n = index_.first(key, place); n != NameIndex::kEnd && checked < kMaxChecked;
       n = index_.next(n), ++checked) {
    const PersonCluster& c = clusters[index_.value(n)];
    if (contradicts(form.title_gender, c.gender)) {
      contradicted = true;
      continue;
    }
    if (form.suffix != 0 && c.suffix != 0 && form.suffix != c.suffix) continue;  // "Carver Jr."
    if (form.family != 0 && forms_->last_key(forms_->forms[c.fullest]) != forms_->words[form.family].key) continue;
    // Mentions so far count, and a name just given counts more: "Ann Lee … Lee".
    const bool seen = c.last < mention;
    const int64_t distance = seen ? mention - c.last : 1000;
    const int64_t recency = distance <= 2 ? 3 : distance <= 5 ? 2 : distance <= 12 ? 1 : 0;
    const int64_t agrees = seen && form.title_gender != Gender::Unknown && c.gender != 0 ? 8 : 0;  // "Mr Lee"
    const int64_t office = form.office != 0 && form.office == c.office ? 8 : 0;                    // "Judge Stone"
    const int64_t suffix = form.suffix != 0 && form.suffix == c.suffix ? 16 : 0;
    // An article that calls one "Mrs Lee" means another by "Ms Lee".
    const int64_t civil = form.civil == 0 ? 0 : c.civil == 0 ? is_married(form, c) : form.civil == c.civil ? 4 : -16;
    const int64_t other = self == Gender::Unknown             ? 0
                          : contradicts(self, c.gender)       ? -16
                          : std::abs(c.gender) < kShownGender ? 0
                                                              : 6;
    // Who is called by the surname alone goes on to be; who is called by the full name again is told apart by it.
    const int64_t used = place != Last ? 0 : c.bare ? 3 : c.apart ? -6 : c.first ? -8 : 0;
    // "The younger Ashdown" is who is not Ashdown elsewhere, or somebody's son.
    const int64_t rank = contrasted && c.suffix == 0 ? kin_age(form, c) - static_cast<int64_t>(c.count)
                                                     : 1 + suffix + civil + other + used + (seen ? 1 : 0) + agrees +
                                                           office + 2 * std::min<int64_t>(c.count, 6) + 2 * recency;
    // Of those who were not named before, as in a headline, the first one, who stands last in the index.
    if (best != kNone && (rank < best_rank || (rank == best_rank && (seen || best_seen)))) continue;
    best = index_.value(n), best_rank = rank, best_seen = seen;
  }
  return best;
}

uint32_t PersonClusters::find_single(const NameForms& forms, uint32_t mention) const {
  const NameForm& form = forms.forms[mention];
  const uint64_t key = forms.words[form.begin].key;
  const FormWord& word = forms.words[form.begin];
  if (notes_->at(*workspace_, word.token).title == TitleKind::Office && word.token > 0 &&
      notes_->at(*workspace_, word.token - 1).small == SmallWord::The)
    if (const uint32_t found = by_office(NameForm::half(key), mention); found != kNone) return found;
  bool contradicted = false;
  for (const uint8_t place : {Last, First, Other}) {
    const uint32_t found = best_of(static_cast<Place>(place), key, form, mention, contradicted);
    if (found != kNone) return found;
    if (contradicted) return kNone;  // Mrs. Smith, when there is John Smith: somebody else
  }
  uint32_t formal = kNone;  // "Liz" is Elizabeth Hobbs
  notes_->words->each_formal(key, [&](uint64_t name) {
    if (formal == kNone) formal = best_of(First, name, form, mention, contradicted);
  });
  return formal;
}

void PersonClusters::enter(const NameForms& forms, const NameForm& form, uint32_t cluster) {
  const auto words = forms.of(form);
  index_.put(form.key, Full, cluster);
  index_.put(words.back().key, Last, cluster);
  if (form.family != 0) {
    index_.put(words.back().key, First, cluster);
    index_.put(forms.words[form.family].key, Last, cluster);
  }
  if (words.size() < 2) return;
  index_.put(words.front().key, First, cluster);
  if (words.size() == 2) return;
  if (!words[1].single) index_.put(mix(mix(0, words[0].key), words[1].key), Full, cluster);  // "Abu Bakr Saleh"
  for (size_t i = 1; i + 1 < words.size(); ++i)
    if (!words[i].single) index_.put(words[i].key, Other, cluster);
}

uint32_t PersonClusters::open(uint32_t mention, const NameForm& form) {
  PersonCluster c;
  c.fullest = mention;
  c.suffix = form.suffix;
  c.single = form.count < 2;
  c.last = mention;
  clusters.push_back(c);
  return static_cast<uint32_t>(clusters.size() - 1);
}

void PersonClusters::join(const NameForms& forms, uint32_t mention, uint32_t cluster) {
  const NameForm& form = forms.forms[mention];
  PersonCluster& c = clusters[cluster];
  cluster_of[mention] = cluster;
  ++c.count;
  c.last = mention;
  if (form.count > forms.forms[c.fullest].count) c.fullest = mention;
  if (c.office == 0) c.office = form.office;
  if (c.civil == 0) c.civil = form.civil;
  if (form.title_gender != Gender::Unknown) {
    const int evidence = c.gender + (form.title_gender == Gender::Male ? kTitleEvidence : -kTitleEvidence);
    c.gender = static_cast<int16_t>(std::clamp(evidence, -64, 64));
  }
}

// Somebody else of the surname was named before.
bool PersonClusters::has_namesake(const NameForms& forms, const NameForm& form, uint32_t cluster) const {
  uint32_t checked = 0;
  for (uint32_t n = index_.first(forms.last_key(form), Last); n != NameIndex::kEnd && checked < kMaxChecked;
       n = index_.next(n), ++checked)
    if (index_.value(n) != cluster && clusters[index_.value(n)].count > 0) return true;
  return false;
}

void PersonClusters::build(const Layers& layers, std::span<const uint32_t> persons, const NameForms& forms,
                           LinkNotes& notes, const Workspace& workspace) {
  forms_ = &forms;
  workspace_ = &workspace;
  notes_ = &notes;
  clusters.clear();
  LinkNotes::fill(cluster_of, layers.mentions.size());
  index_.clear(persons.size());
  for (const uint32_t m : persons) {
    const NameForm& form = forms.forms[m];
    if (form.count < 2) continue;
    uint32_t cluster = find_full(forms, form);
    if (cluster == kNone) {
      cluster = open(m, form);
      clusters[cluster].gender = first_name_evidence(form);
    }
    join(forms, m, cluster);
    enter(forms, form, cluster);
  }
  for (PersonCluster& c : clusters) c.count = 0, c.last = c.fullest;
  for (const uint32_t m : persons) {
    const NameForm& form = forms.forms[m];
    if (form.count >= 2) {
      PersonCluster& c = clusters[cluster_of[m]];
      c.apart |= c.count > 0 && c.last + 1 < m && has_namesake(forms, form, cluster_of[m]);
      ++c.count;
      c.last = m;
      continue;
    }
    uint32_t cluster = find_single(forms, m);
    const bool fresh = cluster == kNone;
    if (fresh) cluster = open(m, form);
    join(forms, m, cluster);
    if (PersonCluster& c = clusters[cluster]; !c.bare) {
      c.bare = forms.last_key(form) == forms.last_key(forms.forms[c.fullest]);
      c.first |= !c.bare;
    }
    if (!fresh) continue;
    if (!form.titled) clusters[cluster].gender = first_name_evidence(form);  // "Maria": a first name, perhaps
    enter(forms, form, cluster);
  }
}

}  // namespace newsnlp
