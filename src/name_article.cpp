#include "name_article.h"

#include "hash.h"
#include "unicode.h"

namespace newsnlp {
namespace {

// Whether a word is hardly ever capitalised: the caseless model takes it for one without a capital.
bool is_common(const NameDigest& w) noexcept {
  return (w.is(NameWord::kWeak) && w.is(NameWord::kSmall)) ||
         (w.is(NameWord::kPlain) && w.is(NameWord::kLower) && w.is(NameWord::kAlnum) && !w.is(NameWord::kTitle));
}

}  // namespace

void NameArticle::read_words(const Layers& layers, Workspace& workspace) {
  start(workspace);
  read_.assign(layers.sentences.size(), 1);
  read_sentences(layers, workspace);
  class_counts_[0] = 0;
  topic_ = resources_.topic(class_counts_);
}

void NameArticle::find_names(const Layers& layers, Workspace& workspace, std::span<const uint8_t> folded,
                             IndexRange Region::*words) {
  find_regions(layers, workspace);
  need_slots(folded, 0, words);
  for (uint32_t s = 0; s < folded.size(); ++s)
    if (folded[s] != 0)
      for (uint32_t i = layers.sentences[s].tokens.begin; i < layers.sentences[s].tokens.end; ++i)
        if (!is_common(digests_[i])) need_slot(i);
  find_occurrences(layers);
  look_up_names();
  find_sequences();
}

void NameArticle::read(const Layers& layers, Workspace& workspace, std::span<const uint8_t> chosen,
                       const NameArticle& whole) {
  constexpr uint32_t kMostElsewhere = 3;  // sentences that tell what a name is; more tell no more
  start(workspace);
  read_.assign(chosen.begin(), chosen.end());
  for (uint32_t s = 0; s < chosen.size(); ++s) {
    if (chosen[s] == 0) continue;
    for (uint32_t i = layers.sentences[s].tokens.begin; i < layers.sentences[s].tokens.end; ++i) {
      const uint32_t slot = whole.slot_of(i);
      if (slot == kNone || !know(i, layers, workspace).is(NameWord::kCapital)) continue;
      uint32_t seen = 0;
      for (uint32_t t = whole.slots_[slot].first; t != kNone && seen < kMostElsewhere; t = whole.next_[t], ++seen)
        read_[sentence_[t]] = 1;
    }
  }
  topic_ = whole.topic_;
  read_sentences(layers, workspace);
  find_regions(layers, workspace);
  need_slots(chosen, 1, &Region::inner);
  find_occurrences(layers);
  look_up_names();
  find_sequences();
}

void NameArticle::start(const Workspace& workspace) {
  if (words_.reset(workspace.types.generation())) combinations_.clear();
  words_.make_room(workspace.types.size());
  types_ = workspace.word;
  sentence_ = workspace.sentence;
}

void NameArticle::read_sentences(const Layers& layers, Workspace& workspace) {
  const auto n = static_cast<uint32_t>(layers.tokens.size());
  const auto make_room = [](auto& v, size_t size) { v.resize(std::max(v.size(), size)); };
  make_room(digests_, n);
  for (const uint32_t token : hit_tokens_) hit_[token] = 0;
  hit_tokens_.clear();
  make_room(hit_, n + 1);
  make_room(next_, n);
  make_room(marks_, n + kTogether);
  make_room(picked_, n + 1);
  make_room(all_capitals_, layers.sentences.size());
  make_room(letters_, layers.sentences.size());
  class_counts_.assign(NameResources::kClasses + 1, 0);
  for (const Slot& slot : slots_) has_slot_[slot.form] = 0;
  slots_.clear();
  doubtful_.clear();
  sequences_.clear();
  compounds_.clear();
  initials_.clear(0);
  regions_.clear();
  find_stretches(layers);
  for (const IndexRange& stretch : stretches_) know_all(stretch, layers, workspace);
  for (uint32_t s = 0; s < layers.sentences.size(); ++s) {
    if (read_[s] == 0) continue;
    const Letters letters = letters_[s] = count_letters(layers.sentences[s].tokens);
    all_capitals_[s] = words_.casing() == Casing::Kept && letters.words >= 2 && letters.upper * 10 > letters.words * 7;
  }
}

void NameArticle::find_stretches(const Layers& layers) {
  stretches_.clear();
  for (uint32_t s = 0; s < layers.sentences.size(); ++s) {
    if (read_[s] == 0) continue;
    const IndexRange range = layers.sentences[s].tokens;
    if (!stretches_.empty() && stretches_.back().end == range.begin)
      stretches_.back().end = range.end;
    else
      stretches_.push_back(range);
  }
}

// Fills what is kept of all tokens of a stretch.
void NameArticle::know_all(IndexRange stretch, const Layers& layers, const Workspace& workspace) {
  constexpr size_t kAhead = 16;  // tokens
  const uint32_t* const types = types_.data();
  const NameDigest* const known = words_.digests();
  NameDigest* const digests = digests_.data();
  uint8_t* const marks = marks_.data();
  uint32_t* const class_counts = class_counts_.data();
  uint32_t all = NameWord::kKnown;
  const auto read = [&](size_t i) {
    const NameDigest& w = known[types[i]];
    digests[i] = w;
    const uint32_t bits = w.bits;
    marks[i] = static_cast<uint8_t>(bits / NameWord::kMarks);
    all &= bits;
    ++class_counts[bits >> NameDigest::kFlags];
  };
  const size_t end = stretch.end;
  const size_t last_asked = std::min(end, std::max(types_.size(), kAhead) - kAhead);
  size_t i = stretch.begin;
  for (; i < last_asked; ++i) {
    prefetch_behind(known, types[i + kAhead] * sizeof known[0]);
    read(i);
  }
  for (; i < end; ++i) read(i);
  if (all != 0) return;
  uint32_t* const unknown = picked_.data();
  uint32_t count = 0;
  for (uint32_t t = stretch.begin; t < stretch.end; ++t) {
    unknown[count] = t;
    count += digests[t].bits == 0 ? 1 : 0;
  }
  const auto type = [&](uint32_t token) -> const WordType& { return workspace.types[types[token]]; };
  for (uint32_t k = 0; k < count; ++k) words_.prefetch_first(type(unknown[k]));
  for (uint32_t k = 0; k < count; ++k) words_.prefetch_second(type(unknown[k]));
  for (uint32_t k = 0; k < count; ++k) {
    const uint32_t t = unknown[k];
    digests[t] = know(t, layers, workspace);
    marks[t] = static_cast<uint8_t>(digests[t].bits / NameWord::kMarks);
    ++class_counts[digests[t].class_256()];  // before, it counted as a mark
  }
}

NameArticle::Letters NameArticle::count_letters(IndexRange sentence) const noexcept {
  constexpr uint32_t kSmall = NameWord::kSmall / NameWord::kMarks;
  constexpr uint32_t kLarge = NameWord::kLarge / NameWord::kMarks;
  const auto count = [](uint64_t each) { return static_cast<uint32_t>(each * kEach >> 56); };
  Letters letters;
  for (uint32_t i = sentence.begin; i < sentence.end; i += kTogether) {
    const uint64_t ones = kEach >> (kTogether - std::min(sentence.end - i, kTogether)) * 8;
    const uint64_t small = marks(i) / kSmall & ones;
    const uint64_t large = marks(i) / kLarge & ones;
    letters.words += count(small | large);
    letters.with_upper += count(large);
    letters.upper += count(large & ~small);
  }
  return letters;
}

// Whether a word stands where a capital says little: no word of the sentence before it, or a mark like a colon.
bool NameArticle::opens(uint32_t i, IndexRange sentence) const noexcept {
  while (i-- > sentence.begin) {
    if (digests_[i].is(NameWord::kAlnum)) return false;
    if (digests_[i].is(NameWord::kOpens)) return true;
  }
  return true;
}

// Whether a weak capital stands alone where one must: with a plain word and no capital behind it.
bool NameArticle::says_nothing(uint32_t i, IndexRange sentence) const noexcept {
  constexpr uint32_t kPlainWord = NameWord::kPlain | NameWord::kAlnum;
  if (i + 2 < sentence.end && is(i + 2, NameWord::kActive)) return false;
  const uint32_t next = i + 1 < sentence.end ? digests_[i + 1].flags() : 0;
  if (digests_[i].is(NameWord::kPlain))
    return (next & NameWord::kPlain) != 0 && (i == sentence.begin || !is(i - 1, NameWord::kActive));
  return (next & kPlainWord) == kPlainWord && opens(i, sentence);
}

// A form whose tokens are wanted.
void NameArticle::need_slot(uint32_t token) {
  const NameDigest& w = digests_[token];
  if (!w.is(NameWord::kAlnum)) return;
  const uint32_t id = w.lower_id;
  if (id >= slot_of_.size()) {
    slot_of_.resize(id + 1 + id / 2);
    has_slot_.resize(slot_of_.size(), 0);
  }
  if (has_slot_[id] != 0) return;
  slots_.emplace_back().form = id & 0x7FFFFFFF;
  slot_of_[id] = static_cast<uint32_t>(slots_.size() - 1);
  has_slot_[id] = 1;
  if (!w.is(NameWord::kCapital)) doubtful_.push_back(id);
}

void NameArticle::need_slots(std::span<const uint8_t> choice, uint8_t wanted, IndexRange Region::*words) {
  for (const Region& r : regions_) {
    if (!choice.empty() && choice[sentence_[r.tokens.begin]] != wanted) continue;
    for (uint32_t i = (r.*words).begin; i < (r.*words).end; ++i)
      if (digests_[i].is(NameWord::kCapital) || digests_[i].is(NameWord::kDigit)) need_slot(i);
  }
}

// The tokens of each slot.
void NameArticle::find_occurrences(const Layers& layers) {
  has_slot_.resize(std::max(has_slot_.size(), words_.lower_forms()), 0);
  const NameDigest* const digests = digests_.data();
  const uint8_t* const has_slot = has_slot_.data();
  const uint32_t* const picked = picked_.data();
  uint32_t* next = picked_.data();
  for (const IndexRange stretch : stretches_)
    for (size_t i = stretch.begin; i < stretch.end; ++i) {
      *next = static_cast<uint32_t>(i);
      next += has_slot[digests[i].lower_id];
    }
  for (const uint32_t* at = picked; at != next; ++at) {
    const uint32_t i = *at;
    const NameDigest w = digests[i];
    Slot& slot = slots_[slot_of_[w.lower_id]];
    ++slot.count;
    next_[i] = kNone;
    (slot.last != kNone ? next_[slot.last] : slot.first) = i;
    slot.last = i;
    if (!w.is(NameWord::kCapital)) {
      ++slot.lower_case;
      continue;
    }
    slot.any_capital = 1;
    if (!w.is(NameWord::kUpper) && all_capitals_[sentence_[i]] == 0 && !opens(i, layers.sentences[sentence_[i]].tokens))
      ++slot.capital;
  }
  for (const uint32_t id : doubtful_)
    if (slots_[slot_of_[id]].any_capital == 0) has_slot_[id] = 0;
}

void NameArticle::find_compounds(const Layers& layers, Workspace& workspace) {
  const std::vector<Token>& tokens = layers.tokens;
  const auto joined = [&](uint32_t i) {  // a hyphen with no space around it, inside one sentence
    return i > 0 && i + 1 < tokens.size() && digests_[i].is(NameWord::kHyphen) &&
           tokens[i - 1].span.end == tokens[i].span.begin && tokens[i].span.end == tokens[i + 1].span.begin &&
           sentence_[i - 1] == sentence_[i + 1];
  };
  uint32_t done = 0;  // behind the last compound
  for (const uint32_t i : hyphens_) {
    if (i < done || !joined(i)) continue;
    const uint32_t begin = i - 1;
    uint32_t end = i + 2;
    while (end - begin < 15 && joined(end)) end += 2;
    joined_.assign(layers.text, tokens[begin].span.begin, tokens[end - 1].span.end - tokens[begin].span.begin);
    const uint32_t type = workspace.types.intern(joined_);
    for (uint32_t k = begin; k < end; ++k) marks_[k] |= NameWord::kCompound / NameWord::kMarks;
    words_.make_room(workspace.types.size());
    if (!words_.knows(type)) words_.describe(type, workspace.types, joined_);
    compounds_.push_back({begin, end, type});
    done = end;
  }
}

// Whether no name goes on over a token that is not active: of plain words only "of", "and", "the" and their like stand
// in names. Without tags nobody knows.
bool NameArticle::parts_names(uint32_t i, Tag tag) const noexcept {
  const NameDigest& w = digests_[i];
  if (w.is(NameWord::kParts)) return true;
  return w.is(NameWord::kPlain) && w.is(NameWord::kAlnum) && tag != Tag::None && tag != Tag::IN && tag != Tag::TO &&
         tag != Tag::CC && tag != Tag::DT && !is(i, NameWord::kCompound);
}

const NameArticle::Compound& NameArticle::find_compound(uint32_t token) const noexcept {
  return *std::partition_point(compounds_.begin(), compounds_.end(), [&](const Compound& c) { return c.end <= token; });
}

void NameArticle::find_regions(const Layers& layers, Workspace& workspace) {
  constexpr uint8_t kActive = NameWord::kActive / NameWord::kMarks;
  hyphens_.clear();
  for (uint32_t n = 0; n < layers.sentences.size(); ++n) {
    if (read_[n] == 0) continue;
    const IndexRange s = layers.sentences[n].tokens;
    for (uint32_t i = s.begin; (i = first_with(NameWord::kWeak | NameWord::kHyphen, i, s.end)) != s.end; ++i) {
      if (is(i, NameWord::kHyphen))
        hyphens_.push_back(i);
      else if (says_nothing(i, s))
        marks_[i] &= ~kActive;
    }
  }
  find_compounds(layers, workspace);
  const auto first_active = [&](uint32_t begin, uint32_t end) { return first_with(NameWord::kActive, begin, end); };
  for (const Compound& c : compounds_)
    if (first_active(c.begin, c.end) != c.end)
      for (uint32_t i = c.begin; i < c.end; ++i) marks_[i] |= kActive;
  const bool raw = workspace.layout == Layout::Article;  // given tokens are of tables now and then: "Reading 2 Bury 1"
  const auto is_outside = [&](uint32_t i, IndexRange sentence) -> uint32_t {
    if (is(i, NameWord::kPlain)) return !is(i, NameWord::kActive);
    return raw && i == sentence.begin && is(i, NameWord::kWeak) && !is(i, NameWord::kCompound);
  };
  for (uint32_t n = 0; n < layers.sentences.size(); ++n) {
    if (read_[n] == 0) continue;
    const Sentence& s = layers.sentences[n];
    uint32_t i = s.tokens.begin;
    while (true) {
      i = first_active(i, s.tokens.end);
      if (i == s.tokens.end) break;
      const uint32_t begin = i == s.tokens.begin ? i : i - 1;
      uint32_t last = i;  // last active token; a gap of two is bridged by the neighbours where a name may
      for (uint32_t k = i + 1; k < s.tokens.end && k <= last + 3; ++k) {
        if (is(k, NameWord::kActive))
          last = k;
        else if (parts_names(k, layers.tokens[k].tag))
          break;
      }
      const uint32_t end = std::min(last + 2, s.tokens.end);
      i = last + 1;
      const uint32_t first = begin + is_outside(begin, s.tokens);
      uint32_t behind = first == end ? end : end - is_outside(end - 1, s.tokens);
      if (first == behind) continue;
      if (first_active(first, behind) == behind) behind = first;
      regions_.push_back({{begin, end}, s.tokens, {first, behind}});
    }
  }
}

void NameArticle::look_up_names() {
  const Gazetteer& gazetteer = resources_.gazetteer();
  size_t room = 0;
  uint32_t done = 0;  // tokens
  for (const Region& r : regions_) {
    room += r.tokens.size() + 1;
    const uint32_t end = std::min(r.inner.end + 2, r.sentence.end);
    for (uint32_t i = std::max(done, std::max(r.inner.begin, r.sentence.begin + 2) - 2); i < end; ++i)
      words_.prefetch(types_[i]);
    done = end;
  }
  if (keys_.size() < room) {
    keys_.resize(room);
    first_.resize(room);
    keys_of_.resize(room);
  }
  uint64_t* const keys = keys_.data();
  uint32_t* const first = first_.data();
  uint32_t* const keys_of = keys_of_.data();
  const auto nowhere = static_cast<uint32_t>(types_.size());
  size_t size = 0;
  for (const Region& r : regions_) {
    const size_t begin = size;
    uint32_t any = 0;
    for (uint32_t i = r.tokens.begin; i < r.tokens.end; ++i, ++size) {
      const NameCore& w = core(i);
      keys[size] = w.key;
      first[size] = w.phrases;
      keys_of[size] = i;
      any |= w.phrases;
      if ((w.phrases & Gazetteer::kLonger) != 0 && i + 1 < r.tokens.end)
        gazetteer.prefetch(Gazetteer::extend(Gazetteer::extend(0, w.key), core(i + 1).key));
    }
    if (any == 0) {
      size = begin;  // the next region takes its place
      continue;
    }
    keys[size] = 0;
    first[size++] = 0;
    // Of a token between two regions the second one says all.
    if (begin >= 2 && keys_of[begin - 2] == r.tokens.begin) keys_of[begin - 2] = nowhere;
  }
  found_.clear();
  gazetteer.match({keys, size}, {first, size}, found_);
  for (const Gazetteer::Found& f : found_) {
    const uint32_t token = keys_of[f.token];
    if (token == nowhere) continue;
    hit_tokens_.push_back(token);
    hit_[token] = combinations_.number(f.hit);
  }
}

void NameArticle::note(Slot& slot, uint32_t sequence) {
  const auto length = [&](uint32_t s) { return s == kNone ? 0 : sequences_[s].end - sequences_[s].begin; };
  if (slot.longest == sequence || slot.second == sequence) return;
  if (length(sequence) > length(slot.longest)) {
    slot.second = slot.longest;
    slot.longest = sequence;
  } else if (length(sequence) > length(slot.second)) {
    slot.second = sequence;
  }
}

void NameArticle::find_sequences() {
  for (const Region& r : regions_) {
    if (all_capitals_[sentence_[r.tokens.begin]] != 0) continue;
    const uint32_t end = r.tokens.end;
    for (uint32_t i = r.tokens.begin; i < end;) {
      if (!digests_[i].is(NameWord::kCapital) || (i == r.sentence.begin && core(i).capitals <= 2)) {
        ++i;
        continue;
      }
      uint32_t j = i + 1;
      while (j < end) {
        if (digests_[j].is(NameWord::kCapital))
          ++j;
        else if (j + 1 < end && digests_[j + 1].is(NameWord::kCapital) &&
                 (digests_[j].is(NameWord::kConnector) ||
                  (digests_[j].is(NameWord::kAlnum) && digests_[j].is(NameWord::kDigit))))
          j += 2;
        else
          break;
      }
      if (j - i >= 2 && j - i <= 30) {
        const auto id = static_cast<uint32_t>(sequences_.size());
        sequences_.push_back({i, j});
        joined_.clear();
        for (uint32_t k = i; k < j; ++k) {
          if (const uint32_t slot = slot_of(k); slot != kNone) note(slots_[slot], id);
          if (digests_[k].is(NameWord::kCapital)) append_utf8(core(k).initial, joined_);
        }
        const uint64_t letters = hash_bytes(joined_);
        if (initials_.newest(letters, 0) == NameIndex::kNone) initials_.put(letters, 0, id);
      }
      i = j;
    }
  }
}

uint32_t NameArticle::spelled_out(uint32_t token) const noexcept {
  if (!digests_[token].is(NameWord::kUpper)) return kNone;
  const uint64_t letters = word(token).acronym;
  if (letters == 0) return kNone;
  static_assert(kNone == NameIndex::kNone);
  return initials_.newest(letters, 0);
}

}  // namespace newsnlp
