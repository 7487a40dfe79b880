#include "name_clusters.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "hash.h"
#include "list_rows.h"

namespace newsnlp {
namespace {

// "BoN": an acronym of a name with small words.
bool mixed_capitals(std::string_view name) {
  if (name.size() < 3 || name.size() > 6) return false;
  int capitals = 0;
  for (const char c : name) capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
  return capitals > 1;
}

}  // namespace

EntityType NameCluster::type() const noexcept {
  if (seat) return EntityType::Organization;
  size_t best = 1;
  for (size_t t = 0; t < 4; ++t)
    if (votes[t] > votes[best]) best = t;
  return static_cast<EntityType>(best);
}

OfficeNames::OfficeNames(const Model& model) {
  each_list_row(model, "offices.tsv", 3, [&](const std::vector<std::string_view>& f) {
    const uint64_t key = name_key(f[0]);
    seen_.set(key % kSeen);
    rows_.emplace(key, Row{name_key(f[1]), f[2] == "seat"});
    return f[2] == "seat" || f[2] == "same";
  });
}

const OfficeNames::Row* OfficeNames::look_up(uint64_t key) const {
  const auto at = rows_.find(key);
  return at == rows_.end() ? nullptr : &at->second;
}

bool NameClusters::is_body(const Article& a, uint32_t mention) const {
  const EntityType type = a.layers.mentions[mention].type;
  return a.forms.forms[mention].count > 0 && (type == EntityType::Organization || type == EntityType::Location);
}

void NameClusters::join(const Article& a, uint32_t mention, uint32_t cluster) {
  NameCluster& c = clusters[cluster];
  const Mention& m = a.layers.mentions[mention];
  cluster_of[mention] = cluster;
  c.votes[static_cast<size_t>(m.type)] += std::max(m.score, 0.01F);
  if (a.forms.forms[mention].name.size() > a.forms.forms[c.fullest].name.size()) c.fullest = mention;
}

uint32_t NameClusters::open(const Article& a, uint32_t mention) {
  NameCluster c;
  c.fullest = mention;
  c.seat = a.layers.mentions[mention].type != EntityType::Misc && a.offices.seat(a.forms.forms[mention].key);
  clusters.push_back(c);
  return static_cast<uint32_t>(clusters.size() - 1);
}

// "The fund", marked as a name: the body before it in whose name the word stands; else, of "the firm", the last one.
uint32_t NameClusters::called(const Article& a, uint32_t mention, uint64_t noun, NounKind kind) const {
  uint32_t last = kNone;
  for (uint32_t m = mention; m > 0 && mention - m < kMaxChecked; --m) {
    const uint32_t c = cluster_of[m - 1];
    if (c == kNone || clusters[c].type() != EntityType::Organization) continue;
    for (const FormWord& w : a.forms.of(a.forms.forms[clusters[c].fullest]))
      if (w.key == noun || (kind == NounKind::Medium && a.notes.at(a.workspace, w.token).noun == kind)) return c;
    if (last == kNone && kind == NounKind::Organization) last = c;
  }
  return last;
}

// "Bank of Lapland": bl, bol.
void NameClusters::add_acronyms(std::span<const FormWord> words, uint32_t cluster) {
  std::array<char, 2 * NameForm::kMaxWords> capitals, all;
  size_t capitals_size = 0, size = 0;
  for (const FormWord& w : words) {
    if (w.initial == 0 || size == all.size()) continue;
    all[size++] = w.initial;
    if (w.first_upper) capitals[capitals_size++] = w.initial;
  }
  const auto add = [&](const char* letters, size_t count) {
    index_.put(hash_bytes(std::string_view(letters, count)), Acronym, cluster);
  };
  const bool longer = size > std::max<size_t>(2, capitals_size);
  for (int i = capitals_size > 1 ? 0 : 1; i < (longer ? 2 : 1); ++i)
    add(i == 0 ? capitals.data() : all.data(), i == 0 ? capitals_size : size);
}

void NameClusters::add_short_forms(const Article& a, uint32_t mention, uint32_t cluster) {
  const auto words = a.forms.of(a.forms.forms[mention]);
  index_.put(words.back().key, Last, cluster);
  index_.put(words.front().key, First, cluster);
  if (words.size() > kMaxTail) return;
  // "The Central Bank of Norland": "the Central Bank".
  uint64_t head = mix(mix(0, words[0].key), words[1].key);
  for (size_t w = 2; w < words.size(); ++w) {
    if (a.notes.at(a.workspace, words[w].token).small == SmallWord::Of) {
      index_.put(head, Tail, cluster);
      break;
    }
    head = mix(head, words[w].key);
  }
  // "The West African Growers League": "the Growers League".
  for (size_t from = 1; from + 2 <= words.size(); ++from) {
    uint64_t tail = 0;
    for (size_t w = from; w < words.size(); ++w) tail = mix(tail, words[w].key);
    index_.put(tail, Tail, cluster);
  }
}

// A body's name of several words.
void NameClusters::add_long(const Article& a, uint32_t mention) {
  const NameForm& form = a.forms.forms[mention];
  const uint64_t key = a.offices.canonical(form.key);
  const uint32_t whole = index_.newest(key, Whole);
  uint32_t cluster = whole;
  const auto words = a.forms.of(form);
  uint64_t plain = 0;  // key without "Co."
  if (words.size() > 2 && a.notes.at(a.workspace, words.back().token).small == SmallWord::LegalForm) {
    for (size_t w = 0; w + 1 < words.size(); ++w) plain = mix(plain, words[w].key);
    plain = a.offices.canonical(plain);
  }
  if (cluster == kNone && plain != 0) cluster = index_.newest(plain, Whole);
  if (cluster == kNone) cluster = index_.newest(form.key, Tail);
  if (cluster == kNone) {
    if (!words.front().first_upper && !words.back().first_upper) return;  // in the second pass
    cluster = open(a, mention);
  }
  join(a, mention, cluster);
  if (cluster != whole) index_.put(key, Whole, cluster);
  if (plain != 0) index_.put(plain, Whole, cluster);
  add_acronyms(words, cluster);
  if (a.layers.mentions[mention].type == EntityType::Organization) add_short_forms(a, mention, cluster);
}

// "Federal Security Service (FSB)", "Latin Energy Board (Olade)": what stands in brackets behind a name is its acronym,
// whatever the letters.
uint32_t NameClusters::bracketed(const Article& a, uint32_t mention) const {
  if (mention == 0) return kNone;
  const IndexRange here = a.notes.mention_tokens[mention];
  const IndexRange before = a.notes.mention_tokens[mention - 1];
  const auto& tokens = a.layers.tokens;
  if (here.empty() || before.end + 1 != here.begin || here.end >= tokens.size()) return kNone;
  if (a.layers.of(tokens[before.end]) != "(" || a.layers.of(tokens[here.end]) != ")") return kNone;
  return is_body(a, mention - 1) && a.forms.forms[mention - 1].count > 1 ? cluster_of[mention - 1] : kNone;
}

// What a name that is new says of one that was there before; kNone: nothing.
uint32_t NameClusters::short_name(const Article& a, uint32_t mention) const {
  const NameForm& form = a.forms.forms[mention];
  const FormWord& last = a.forms.words[form.begin + form.count - 1];
  const WordFacts& facts = a.notes.at(a.workspace, last.token);
  if (form.count > 1) {
    // "The brewers' association", marked as a name.
    if (a.forms.words[form.begin].first_upper || last.first_upper || facts.noun == NounKind::None) return kNone;
    return called(a, mention, last.key, facts.noun);
  }
  const bool body = a.layers.mentions[mention].type == EntityType::Organization;
  uint32_t cluster = form.upper || body ? bracketed(a, mention) : kNone;
  if (cluster == kNone && facts.noun != NounKind::None && !facts.has_upper)
    cluster = called(a, mention, last.key, facts.noun);
  if (cluster == kNone && form.upper) cluster = index_.newest(last.key, Acronym);
  if (cluster == kNone && body) {
    cluster = index_.newest(last.key, Last);
    if (cluster == kNone && facts.noun != NounKind::Generic) cluster = index_.newest(last.key, First);
  }
  if (cluster == kNone && mixed_capitals(a.layers.of(form.name))) cluster = index_.newest(last.key, Acronym);
  return cluster;
}

void NameClusters::build(const Layers& layers, std::span<const uint32_t> others, const NameForms& forms,
                         const OfficeNames& offices, LinkNotes& notes, const Workspace& workspace) {
  const Article a{layers, forms, offices, notes, workspace};
  clusters.clear();
  LinkNotes::fill(cluster_of, layers.mentions.size());
  index_.clear(others.size());
  // Longer names first: what they are called in short may stand before them, in a headline.
  for (const uint32_t m : others)
    if (forms.forms[m].count > 1 && is_body(a, m)) add_long(a, m);
  for (const uint32_t m : others) {
    if (cluster_of[m] != kNone) continue;
    const bool thing = layers.mentions[m].type == EntityType::Misc;
    const uint64_t key = offices.canonical(forms.forms[m].key);
    const Place place = thing ? Thing : Whole;
    const uint32_t known = index_.newest(key, place);
    uint32_t cluster = known;
    if (cluster == kNone && !thing) cluster = short_name(a, m);
    if (cluster == kNone) cluster = open(a, m);
    join(a, m, cluster);
    if (cluster != known) index_.put(key, place, cluster);
  }
}

}  // namespace newsnlp
