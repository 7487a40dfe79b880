#include "statement.h"

#include <algorithm>

namespace newsnlp {
namespace {

constexpr uint32_t kSeen = 160;  // tokens on each side of a cue that are looked at, contents and all

bool is_noun(Tag tag) noexcept {
  return tag >= Tag::NN && tag <= Tag::NNPS;
}

uint32_t size_of(const std::vector<IndexRange>& ranges) noexcept {
  uint32_t n = 0;
  for (const IndexRange& r : ranges) n += r.size();
  return n;
}

}  // namespace

void Statement::clear() noexcept {
  for (auto* list : {&content, &cue, &source}) list->clear();
  sentence = group = {};
  head = content_begin = 0;
  noun = passive = bare_participle = around_known = false;
}

void Statements::read(const Layers& layers, const Workspace& workspace, const RecordWords& words) {
  if (words_ != &words || generation_ != workspace.types.generation() || kinds_.size() > workspace.types.size())
    kinds_.clear();
  layers_ = &layers;
  workspace_ = &workspace;
  words_ = &words;
  generation_ = workspace.types.generation();
  for (auto type = static_cast<uint32_t>(kinds_.size()); type < workspace.types.size(); ++type)
    kinds_.push_back(words.kinds(workspace.types[type].lower));
  find_agency();
  size_ = layers.quotes.size();
  if (all_.size() < size_) all_.resize(size_);
  uint32_t near = 0;  // a token of the statement that was read last
  for (size_t i = 0; i < size_; ++i) {
    const Quote& q = layers.quotes[i];
    Statement& s = all_[i];
    s.clear();
    find_ranges(q.content, near, s.content);
    find_ranges(q.cue, near, s.cue);
    find_ranges(q.source, near, s.source);
    // Quotes come in the order of their first content token.
    s.content_begin = s.content.empty() ? 0 : s.content.front().begin;
    const auto& anchor = !s.cue.empty() ? s.cue : !s.source.empty() ? s.source : s.content;
    if (!anchor.empty()) s.sentence = layers.sentences[workspace.sentence[anchor.front().begin]].tokens;
    take_report_verb(s);
    find_group(s);
  }
  paint();
}

void Statements::find_agency() {
  constexpr int kParagraphs = 6;  // a byline and what happened in short may stand before the dateline
  agency_ = {};
  int seen = 0;
  for (const Paragraph& p : layers().paragraphs) {
    if (p.kind != ParagraphKind::Body || p.sentences.empty()) continue;
    agency_ = agency_of_dateline(p);
    if (!agency_.empty() || ++seen == kParagraphs) return;
  }
}

IndexRange Statements::agency_of_dateline(const Paragraph& paragraph) const noexcept {
  constexpr uint32_t kFar = 12;  // tokens of a dateline before its agency
  constexpr uint32_t kLongest = 4;
  const auto text = [&](uint32_t t) { return layers().of(layers().tokens[t]); };
  const uint32_t begin = layers().sentences[paragraph.sentences.begin].tokens.begin;
  const uint32_t end = layers().sentences[paragraph.sentences.end - 1].tokens.end;
  uint32_t open = begin;
  while (open < std::min(end, begin + kFar) && text(open) != "(") ++open;
  if (open >= end || text(open) != "(") return {};
  uint32_t close = open + 1;
  while (close < std::min(end, open + 2 + kLongest) && text(close) != ")") ++close;
  if (close + 1 >= end || text(close) != ")" || close < open + 2) return {};
  const std::string_view dash = text(close + 1);
  return dash == "-" || dash == "--" || dash == "–" || dash == "—" ? IndexRange{open + 1, close} : IndexRange{};
}

bool Statements::in_boilerplate(uint32_t token) const noexcept {
  const uint32_t sentence = workspace().sentence[token];
  const auto& paragraphs = layers().paragraphs;
  const auto p = std::partition_point(paragraphs.begin(), paragraphs.end(),
                                      [&](const Paragraph& x) { return x.sentences.end <= sentence; });
  return p != paragraphs.end() && p->kind == ParagraphKind::Boilerplate;
}

// Looks around `near` first: what belongs to a statement lies close together, and close to the last statement's.
uint32_t Statements::first_behind(uint32_t byte, uint32_t near) const noexcept {
  const std::vector<Token>& tokens = layers().tokens;
  const size_t size = tokens.size();
  size_t first = near;
  size_t reach = 16;
  if (first < size && tokens[first].span.end <= byte) {
    while (first + reach < size && tokens[first + reach - 1].span.end <= byte) reach *= 4;
  } else {
    while (reach < first && tokens[first - reach].span.end > byte) reach *= 4;
    first -= std::min(reach, first);
  }
  // Without a branch that nobody can foretell.
  for (size_t n = std::min(reach, size - first); n > 0;) {
    const size_t half = (n + 1) / 2;
    first += tokens[first + half - 1].span.end <= byte ? half : 0;
    n -= half;
  }
  return static_cast<uint32_t>(first);
}

IndexRange Statements::tokens_of(Span span, uint32_t near) const noexcept {
  const std::vector<Token>& tokens = layers().tokens;
  const uint32_t first = first_behind(span.begin, near);
  // The token there may begin before the span's end.
  uint32_t last = first_behind(span.end, first);
  if (last < tokens.size() && tokens[last].span.begin < span.end) ++last;
  return {first, last};
}

void Statements::find_ranges(IndexRange spans, uint32_t& near, std::vector<IndexRange>& out) const {
  for (uint32_t i = spans.begin; i < spans.end; ++i) {
    const IndexRange r = tokens_of(layers().spans[i], near);
    if (r.empty()) continue;
    out.push_back(r);
    near = r.begin;
  }
}

bool Statements::belongs_to(uint32_t token, const std::vector<IndexRange>& ranges) const noexcept {
  return std::any_of(ranges.begin(), ranges.end(), [&](const IndexRange& r) { return r.contains(token); });
}

// "is alleged | to have told her that …": the verb of the infinitive is what was done, and belongs to the cue.
void Statements::take_report_verb(Statement& s) const {
  if (s.cue.size() != 1 || s.content.empty() || s.content.front().begin != s.cue.front().end) return;
  IndexRange& cue = s.cue.front();
  const WordKinds last = kinds(cue.end - 1);
  if (!last.has(WordKind::HedgeVerb) && !last.has(WordKind::ExpectWord) && !last.has(WordKind::SeemVerb)) return;
  uint32_t t = s.content.front().begin;
  if (lower(t) != "to") return;
  ++t;
  const uint32_t end = s.content.front().end;
  while (t < end && (kinds(t).has(WordKind::Have) || tag(t) == Tag::RB)) ++t;
  if (t + 1 >= end || !is_verb(t)) return;
  if (!kinds(t).has(WordKind::ToldVerb) && !kinds(t).has(WordKind::ToVerb)) return;
  cue.end = s.content.front().begin = t + 1;
}

// "He's told me", "She's told reporters": has, not is.
bool Statements::has_told(uint32_t head, uint32_t auxiliary) const noexcept {
  if (lower(auxiliary) != "'s" || head + 1 >= token_count() || !kinds(head).has(WordKind::ToldVerb)) return false;
  const std::string_view w = lower(head + 1);
  const Tag g = tag(head + 1);
  return g == Tag::NNS || g == Tag::NNP || w == "me" || w == "us" || w == "him" || w == "them";
}

void Statements::find_group(Statement& s) const {
  if (s.cue.empty()) return;
  const IndexRange cue = s.cue.front();
  s.head = cue.end - 1;
  bool verb = false;
  for (uint32_t t = cue.begin; t < cue.end; ++t) {
    // "due to rule": behind "to" or a modal stands a verb, whatever its tag.
    const bool must = t > cue.begin && t + 1 == cue.end && (lower(t - 1) == "to" || tag(t - 1) == Tag::MD);
    if (!is_verb(t) && !must) continue;
    s.head = t;
    verb = true;
  }
  // "Many fear that": a word right behind a source that owns nothing is a verb, whatever its tag.
  const uint32_t before_cue = cue.begin == 0 ? 0 : cue.begin - 1;
  const bool owned = tag(before_cue) == Tag::POS || tag(before_cue) == Tag::PRPS || lower(before_cue) == "'";
  const bool behind_source = !s.source.empty() && s.source.back().end == cue.begin && !owned;
  s.noun = !verb && !behind_source &&
           std::any_of(s.cue.begin(), s.cue.end(), [&](const IndexRange& r) { return is_noun(tag(r.end - 1)); });
  s.group = {cue.begin, s.cue.back().end};
  if (s.noun) return;
  // Auxiliaries, adverbs and "not" in front belong to the verb whether the cue's span holds them or not.
  for (int steps = 0; steps < 8 && s.group.begin > s.sentence.begin; ++steps) {
    const uint32_t t = s.group.begin - 1;
    const Tag g = tag(t);
    const WordKinds k = kinds(t);
    const bool joins = g == Tag::MD || is_verb(t) || g == Tag::RB || g == Tag::TO || k.has(WordKind::Negation) ||
                       k.has(WordKind::HedgeAdverb) || k.has(WordKind::ExpectWord);
    if (!joins || quoted(t) != quoted(s.head) || belongs_to(t, s.content) || belongs_to(t, s.source)) break;
    s.group.begin = t;
  }
  if (tag(s.head) != Tag::VBN && tag(s.head) != Tag::VBD) return;
  uint32_t t = s.head;
  while (t > s.group.begin && (tag(t - 1) == Tag::RB || kinds(t - 1).has(WordKind::Negation))) --t;
  s.passive = t > s.group.begin && kinds(t - 1).has(WordKind::Be) && !has_told(s.head, t - 1);
  if (!s.passive && s.group.begin == s.head && t == s.head)
    s.bare_participle = s.head == s.sentence.begin || tag(s.head - 1) == Tag::Comma ||
                        layers().of(layers().tokens[s.head - 1]) == "," || quoted(s.head - 1) ||
                        lower(s.head - 1) == "when";
}

void Statements::paint() {
  content_owner_.assign(token_count(), 0);
  cue_owner_.assign(token_count(), 0);
  // Those that may overlap together, the largest first, of the same size in their order.
  order_.clear();
  uint32_t end = 0;  // of the contents in order_
  const auto paint_order = [&] {
    std::sort(order_.begin(), order_.end());
    for (const uint64_t key : order_) {
      const auto q = static_cast<uint32_t>(key);
      for (const IndexRange& r : all_[q].content)
        std::fill(content_owner_.begin() + r.begin, content_owner_.begin() + r.end, q + 1);
    }
    order_.clear();
  };
  for (size_t q = 0; q < size_; ++q) {
    const Statement& s = all_[q];
    if (s.content_begin >= end) paint_order();
    order_.push_back(uint64_t{UINT32_MAX - size_of(s.content)} << 32 | q);
    for (const IndexRange& r : s.content) end = std::max(end, r.end);
  }
  paint_order();
  for (uint32_t q = 0; q < size_; ++q)
    for (const IndexRange& r : all_[q].cue) std::fill(cue_owner_.begin() + r.begin, cue_owner_.begin() + r.end, q + 1);
}

IndexRange Statements::noun_phrase_at(uint32_t token) const noexcept {
  for (int skipped = 0; skipped < 2 && token < token_count(); ++skipped, ++token) {
    const uint32_t p = noun_phrase_of(token);
    if (p != Workspace::kNone) {
      const IndexRange r = workspace().noun_phrases[p].tokens;
      return {token, r.end};
    }
    const Tag g = tag(token);
    if (g == Tag::PRP || is_noun(g)) return {token, token + 1};
    if (g != Tag::PDT && g != Tag::DT) break;
  }
  return {};
}

IndexRange Statements::noun_phrase_before(uint32_t token) const noexcept {
  if (token == 0) return {};
  const uint32_t p = noun_phrase_of(token - 1);
  if (p != Workspace::kNone) return {workspace().noun_phrases[p].tokens.begin, token};
  if (tag(token - 1) == Tag::PRP || is_noun(tag(token - 1))) return {token - 1, token};
  return {};
}

IndexRange Statements::extended(IndexRange phrase) const noexcept {
  for (int steps = 0; steps < 3 && phrase.end + 1 < token_count(); ++steps) {
    const std::string_view w = lower(phrase.end);
    if (w != "of" && w != "and" && w != "'s") break;
    if (workspace().sentence[phrase.end] != workspace().sentence[phrase.begin]) break;
    const IndexRange more = noun_phrase_at(phrase.end + 1);
    if (more.empty() || more.begin != phrase.end + 1 || is_date(more)) break;
    // "told her and she left": what follows "and" is a subject.
    if (w == "and" && more.end < token_count() && (is_verb(more.end) || tag(more.end) == Tag::MD)) break;
    phrase.end = more.end;
  }
  return phrase;
}

bool Statements::is_title_word(uint32_t token) const noexcept {
  if (token == 0 || !capitalised(token) || !capitalised(token - 1)) return false;
  const std::string_view w = lower(token);
  return w == "today" || w == "tonight" || w == "tomorrow";
}

uint32_t Statements::head_of(IndexRange phrase) const noexcept {
  if (phrase.size() > 1 && is_title_word(phrase.end - 1)) return phrase.end - 1;
  const uint32_t p = noun_phrase_of(phrase.begin);
  if (p == Workspace::kNone) return phrase.end - 1;
  return std::min(std::max(workspace().noun_phrases[p].head, phrase.begin), phrase.end - 1);
}

bool Statements::is_date(IndexRange phrase) const noexcept {
  if (phrase.size() > 1 && is_title_word(phrase.end - 1)) return false;
  if (kinds(head_of(phrase)).has(WordKind::DateWord)) return true;
  const Span span = layers().tokens[head_of(phrase)].span;
  const auto it = std::partition_point(layers().mentions.begin(), layers().mentions.end(),
                                       [&](const Mention& m) { return m.span.end <= span.begin; });
  return it != layers().mentions.end() && it->span.overlaps(span) &&
         (it->type == EntityType::Date || it->type == EntityType::Time);
}

bool Statements::is_name_of(EntityType type, IndexRange phrase) const noexcept {
  const Span span = layers().tokens[head_of(phrase)].span;
  const auto it = std::partition_point(layers().mentions.begin(), layers().mentions.end(),
                                       [&](const Mention& m) { return m.span.end <= span.begin; });
  return it != layers().mentions.end() && it->span.overlaps(span) && it->type == type;
}

namespace {

/// "of" in names of newspapers: "del", "delle", "du"
bool is_foreign_of(std::string_view word) {
  return word == "de" || word == "del" || word == "della" || word == "delle" || word == "di" || word == "do" ||
         word == "da" || word == "du" || word == "des";
}

}  // namespace

bool Statements::is_medium(IndexRange phrase) const {
  const uint32_t own = phrase.begin + (phrase.size() > agency_.size() && lower(phrase.begin) == "the" ? 1 : 0);
  if (!agency_.empty() && phrase.end - own == agency_.size()) {
    bool same = true;
    for (uint32_t k = 0; k < agency_.size(); ++k) same &= lower(own + k) == lower(agency_.begin + k);
    if (same) return true;
  }
  if (phrase.size() > 1 && tag(phrase.end - 1) == Tag::POS) --phrase.end;
  const std::string_view title = lower(phrase.begin).substr(0, 3);
  if (title == "mr" || title == "mr." || title == "mrs" || title == "ms" || title == "ms.") return false;
  uint32_t head = head_of(phrase);
  const uint32_t last = head;
  // "Fox 35"
  if (head > phrase.begin && tag(head) == Tag::CD && capitalised(head - 1)) --head;
  for (uint32_t t = phrase.begin; t <= head; ++t) {
    // A media noun that is the head, or that stands right before the name: "the newspaper La Costa".
    if (kinds(t).has(WordKind::MediaNoun) && (t == head || capitalised(t + 1) || tag(t + 1) == Tag::CD)) return true;
    // "a Christian radio station", "the radio station Klassik Sund"
    if (t < head && kinds(t).has(WordKind::MediaNoun) && lower(t + 1) == "station" &&
        (t + 1 == head || capitalised(t + 2)))
      return true;
    // "El Correo del Valle"
    if (t > phrase.begin && t + 1 < head && kinds(t).has(WordKind::MediaName) && capitalised(t) && capitalised(t - 1) &&
        is_foreign_of(lower(t + 1)))
      return true;
    if (t > phrase.begin && lower(t) == "agency" && lower(t - 1) == "news") return true;
    // "the Lakeland Broadcasting Corporation"
    if (t > phrase.begin && t + 1 == head && lower(t) == "broadcasting" && capitalised(t)) return true;
    // "state media"; what is said to "the media" or on "social media" nobody passes on
    if (t > phrase.begin && lower(t) == "media" && tag(t - 1) != Tag::DT && lower(t - 1) != "social") return true;
  }
  // "the Anadolu agency"
  const bool agency = lower(head) == "agency";
  if (!capitalised(head) && !agency) return false;
  const bool article = lower(phrase.begin) == "the";
  if (!article && is_person_name(phrase)) return false;
  // Names are looked up without spaces, hyphens and apostrophes, as they may be cut into tokens in several ways.
  std::string name;
  for (uint32_t first = phrase.begin; first <= head; ++first) {
    if (!capitalised(first)) continue;
    name.clear();
    for (uint32_t t = first; t <= last && t < first + RecordWords::kMaxMediumTokens; ++t) {
      name += lower(t);
      if (words_->is_medium(name)) return true;
    }
  }
  // "the Courier", "Harbour Review"
  // "the Environment Agency" is none.
  return capitalised(head) && !agency && kinds(head).has(WordKind::MediaName) &&
         (article || (head > phrase.begin && capitalised(head - 1)));
}

bool Statements::in_own_marks(uint32_t token, const Statement& s) const noexcept {
  const bool reported_inside = !s.cue.empty() ? quoted(s.head) : !s.source.empty() && quoted(s.source.front().begin);
  if (!reported_inside) return quoted(token);
  const uint32_t outside = !s.cue.empty() ? s.head : s.source.front().begin;
  const auto& pairs = workspace().quotation_pairs;
  auto pair = std::partition_point(pairs.begin(), pairs.end(), [&](const QuotationPair& p) { return p.open <= token; });
  // The pairs around a token are the few that were opened last before it.
  for (int steps = 0; pair != pairs.begin() && steps < 8; ++steps) {
    --pair;
    if (token < pair->end && !(pair->open <= outside && outside < pair->end)) return true;
  }
  return false;
}

bool Statements::ends_region(uint32_t token, size_t quote, uint32_t level) const noexcept {
  if (cue_owner_[token] == 0 || cue_owner_[token] == quote + 1 || content_owner_[token] != level) return false;
  return !kinds(all_[cue_owner_[token] - 1].cue.front().begin).has(WordKind::According);
}

void Statements::look_around(size_t quote) const {
  Statement& s = all_[quote];
  if (s.around_known) return;
  s.around_known = true;
  s.before.clear();
  s.after.clear();
  if (s.cue.empty()) return;
  const uint32_t level = content_owner_[s.head];
  const uint32_t first = s.group.begin - std::min(s.group.begin - s.sentence.begin, kSeen);
  for (uint32_t t = s.group.begin; t > first && s.before.size() < kReach;) {
    --t;
    if (ends_region(t, quote, level)) break;
    if (content_owner_[t] == level) s.before.push_back(t);
  }
  std::reverse(s.before.begin(), s.before.end());
  const uint32_t next = s.noun ? s.cue.front().end : s.head + 1;
  const uint32_t last = std::min(s.sentence.end, next + kSeen);
  for (uint32_t t = next; t < last && s.after.size() < kReach; ++t) {
    if (ends_region(t, quote, level)) break;
    if (content_owner_[t] == level) s.after.push_back(t);
  }
}

const std::vector<uint32_t>& Statements::before(size_t quote) const {
  look_around(quote);
  return all_[quote].before;
}

const std::vector<uint32_t>& Statements::after(size_t quote) const {
  look_around(quote);
  return all_[quote].after;
}

}  // namespace newsnlp
