#include "name_clusters.h"

#include <algorithm>
#include <array>
#include <string>

#include "hash.h"
#include "list_rows.h"

namespace newsnlp {
namespace {

// "BoN": an acronym of a name with small words.
bool mixed_capitals(std::string_view name) {
  if (name.size() < 3 || name.size() > 6) return false;
  return std::count_if(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) > 1;
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

uint32_t NameClusters::nearest(Place place, uint64_t key) const {
  const uint32_t n = index_.first(mix(key, static_cast<uint64_t>(place)));
  return n == NameIndex::kEnd ? kNone : index_.value(n);
}

// "The fund", marked as a name: the body before it in whose name the word stands; else, of "the firm", the last one.
uint32_t NameClusters::called(const NameForms& forms, LinkNotes& notes, const Workspace& workspace, uint32_t mention,
                              uint64_t noun, NounKind kind) const {
  uint32_t last = kNone;
  for (uint32_t m = mention; m > 0 && mention - m < kMaxChecked; --m) {
    const uint32_t c = cluster_of[m - 1];
    if (c == kNone || clusters[c].type() != EntityType::Organization) continue;
    const auto words = forms.of(forms.forms[clusters[c].fullest]);
    if (std::any_of(words.begin(), words.end(), [&](const FormWord& w) {
          return w.key == noun || (kind == NounKind::Medium && notes.at(workspace, w.token).noun == kind);
        }))
      return c;
    if (last == kNone && kind == NounKind::Organization) last = c;
  }
  return last;
}

void NameClusters::add(Place place, uint64_t key, uint32_t cluster) {
  index_.put(mix(key, static_cast<uint64_t>(place)), cluster);
}

void NameClusters::build(const Layers& layers, std::span<const uint32_t> others, const NameForms& forms,
                         const OfficeNames& offices, LinkNotes& notes, const Workspace& workspace) {
  clusters.clear();
  cluster_of.assign(layers.mentions.size(), kNone);
  index_.clear(layers.mentions.size());
  const auto body = [&](uint32_t m) {
    return forms.forms[m].count > 0 &&
           (layers.mentions[m].type == EntityType::Organization || layers.mentions[m].type == EntityType::Location);
  };
  const auto join = [&](uint32_t m, uint32_t cluster) {
    NameCluster& c = clusters[cluster];
    cluster_of[m] = cluster;
    c.last = m;
    c.votes[static_cast<size_t>(layers.mentions[m].type)] += std::max(layers.mentions[m].score, 0.01F);
    if (forms.forms[m].name.size() > forms.forms[c.fullest].name.size()) c.fullest = m;
  };
  const auto open = [&](uint32_t m) {
    clusters.push_back({});
    clusters.back().fullest = m;
    clusters.back().seat = layers.mentions[m].type != EntityType::Misc && offices.seat(forms.forms[m].key);
    return static_cast<uint32_t>(clusters.size() - 1);
  };
  // Longer names first: what they are called in short may stand before them, in a headline.
  for (const uint32_t m : others) {
    const NameForm& form = forms.forms[m];
    if (form.count < 2 || !body(m)) continue;
    const uint64_t key = offices.canonical(form.key);
    const uint32_t whole = nearest(Place::Whole, key);
    uint32_t cluster = whole;
    const FormWord& last = forms.words[form.begin + form.count - 1];
    uint64_t plain = 0;  // key without "Co."
    if (form.count > 2 && notes.at(workspace, last.token).small == SmallWord::LegalForm)
      for (uint32_t w = 0; w + 1 < form.count; ++w) plain = mix(plain, forms.words[form.begin + w].key);
    if (cluster == kNone && plain != 0) cluster = nearest(Place::Whole, offices.canonical(plain));
    if (cluster == kNone) cluster = nearest(Place::Tail, form.key);
    if (cluster == kNone && !forms.words[form.begin].first_upper && !last.first_upper) continue;  // in the second pass
    if (cluster == kNone) cluster = open(m);
    join(m, cluster);
    if (cluster != whole) add(Place::Whole, key, cluster);
    if (plain != 0) add(Place::Whole, offices.canonical(plain), cluster);
    std::string initials, all;  // "Bank of Lapland": bl, bol
    for (const FormWord& w : forms.of(form)) {
      if (w.initial == 0) continue;
      all += w.initial;
      if (w.first_upper) initials += w.initial;
    }
    if (initials.size() > 1) add(Place::Acronym, hash_bytes(initials), cluster);
    if (all.size() > std::max<size_t>(2, initials.size())) add(Place::Acronym, hash_bytes(all), cluster);
    if (layers.mentions[m].type != EntityType::Organization) continue;
    add(Place::Last, forms.words[form.begin + form.count - 1].key, cluster);
    add(Place::First, forms.words[form.begin].key, cluster);
    // "The Central Bank of Norland": "the Central Bank".
    uint64_t head = 0;
    for (uint32_t w = 0; w < form.count && form.count <= kMaxTail; ++w) {
      const FormWord& word = forms.words[form.begin + w];
      if (w > 1 && notes.at(workspace, word.token).small == SmallWord::Of) {
        add(Place::Tail, head, cluster);
        break;
      }
      head = mix(head, word.key);
    }
    // "The West African Growers League": "the Growers League".
    for (uint32_t from = 1; from + 2 <= form.count && form.count <= kMaxTail; ++from) {
      uint64_t tail = 0;
      for (uint32_t w = from; w < form.count; ++w) tail = mix(tail, forms.words[form.begin + w].key);
      add(Place::Tail, tail, cluster);
    }
  }
  // "Federal Security Service (FSB)": what stands in brackets behind a name is its acronym, whatever the letters.
  const auto bracketed = [&](uint32_t m) -> uint32_t {
    if (m == 0 || !forms.forms[m].upper) return kNone;
    const IndexRange here = notes.mention_tokens[m];
    const IndexRange before = notes.mention_tokens[m - 1];
    if (here.empty() || before.end + 1 != here.begin || here.end >= layers.tokens.size()) return kNone;
    if (layers.of(layers.tokens[before.end]) != "(" || layers.of(layers.tokens[here.end]) != ")") return kNone;
    return body(m - 1) && forms.forms[m - 1].count > 1 ? cluster_of[m - 1] : kNone;
  };
  for (const uint32_t m : others) {
    const NameForm& form = forms.forms[m];
    if (cluster_of[m] != kNone) continue;
    const bool thing = layers.mentions[m].type == EntityType::Misc;
    const Place whole = thing ? Place::Thing : Place::Whole;
    const uint64_t key = offices.canonical(form.key);
    const uint32_t known = nearest(whole, key);
    uint32_t cluster = known;
    if (cluster == kNone && !thing && form.count == 1) {
      const uint64_t word = forms.words[form.begin].key;
      const WordFacts& facts = notes.at(workspace, forms.words[form.begin].token);
      cluster = bracketed(m);
      if (cluster == kNone && facts.noun != NounKind::None && !facts.has_upper)
        cluster = called(forms, notes, workspace, m, word, facts.noun);
      if (cluster == kNone && form.upper) cluster = nearest(Place::Acronym, word);
      if (cluster == kNone && layers.mentions[m].type == EntityType::Organization) {
        cluster = nearest(Place::Last, word);
        if (cluster == kNone && facts.noun != NounKind::Generic) cluster = nearest(Place::First, word);
      }
    }
    // "The brewers' association", marked as a name.
    if (cluster == kNone && form.count > 1 && !thing && !forms.words[form.begin].first_upper) {
      const FormWord& last = forms.words[form.begin + form.count - 1];
      const NounKind noun = notes.at(workspace, last.token).noun;
      if (!last.first_upper && noun != NounKind::None) cluster = called(forms, notes, workspace, m, last.key, noun);
    }
    if (cluster == kNone && form.count == 1 && !thing && mixed_capitals(layers.of(form.name)))
      cluster = nearest(Place::Acronym, forms.words[form.begin].key);
    if (cluster == kNone) cluster = open(m);
    join(m, cluster);
    if (cluster != known) add(whole, key, cluster);
  }
}

uint32_t NameClusters::by_key(uint64_t key, bool thing) const {
  return nearest(thing ? Place::Thing : Place::Whole, key);
}

}  // namespace newsnlp
