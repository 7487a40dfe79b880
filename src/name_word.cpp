#include "name_word.h"

#include <algorithm>
#include <array>

#include "hash.h"
#include "unicode.h"
#include "word_type.h"

namespace newsnlp {
namespace {

constexpr size_t kMaxLook = 256;  // bytes; a longer word is taken for a number

// Digits become 0, apostrophes ', double quotation marks ".
void unify(std::string_view form, std::string& out) {
  out.clear();
  if (form == "``" || form == "''") {
    out = '"';
    return;
  }
  const auto is_plain = [](char c) { return static_cast<unsigned char>(c) < 0x80 && (c < '0' || c > '9'); };
  if (std::all_of(form.begin(), form.end(), is_plain)) {
    out = form;
    return;
  }
  for (size_t i = 0; i < form.size();) {
    const size_t begin = i;
    const char32_t c = next_code_point(form, i);
    if (c >= '0' && c <= '9')
      out += '0';
    else if (c == 0x2018 || c == 0x2019 || c == 0x02BC)
      out += '\'';
    else if (c == 0x201C || c == 0x201D)
      out += '"';
    else
      out.append(form, begin, i - begin);
  }
}

char sign_of(char32_t c) {
  switch (char_class(c)) {
    case CharClass::Upper:
      return 'X';
    case CharClass::Lower:
    case CharClass::Letter:
    case CharClass::Mark:
      return 'x';
    case CharClass::Digit:
      return 'd';
    default:
      return c < 0x80 ? static_cast<char>(c) : '?';
  }
}

char sign(char32_t c) {
  static const std::array<char, 0x80> kAscii = [] {
    std::array<char, 0x80> signs;
    for (char32_t a = 0; a < 0x80; ++a) signs[a] = sign_of(a);
    return signs;
  }();
  return c < 0x80 ? kAscii[c] : sign_of(c);
}

void affixes(std::string_view word, NameWord& w) {
  std::array<size_t, 4> ends{};
  size_t count = 0;
  for (size_t i = 0; i < word.size() && count < 4;) {
    next_code_point(word, i);
    ends[count++] = i;
  }
  for (size_t k = 0; k < count; ++k) w.prefix[k] = hash_bytes(word.substr(0, ends[k]));
  size_t at = word.size();
  for (size_t k = 0; k < count; ++k) {
    do --at;
    while (at > 0 && (static_cast<unsigned char>(word[at]) & 0xC0) == 0x80);
    w.suffix[k] = hash_bytes(word.substr(at));
  }
}

// Marks and clitics that no name begins or ends with; not "Kia (K.K.)", "A$", "Disney+", "Lloyd's".
bool never_at_edges(std::string_view form) {
  static constexpr std::string_view kMarks[] = {
      ",",   ".",   ";",  ":",      "!",       "?",        "(",        "[",       "\"",      "''",     "'",
      "`",   "-",   "--", "\u2018", "\u2019",  "\u201C",   "\u201D",   "\u2013",  "\u2014",  "\u2026", "'m",
      "'re", "'ve", "'d", "'ll",    "\u2019m", "\u2019re", "\u2019ve", "\u2019d", "\u2019ll"};
  return std::find(std::begin(kMarks), std::end(kMarks), form) != std::end(kMarks);
}

bool stands_between(std::string_view form) {
  return form == "," || form == ";" || form == ":" || form == "?" || form == "!" || form == "--";
}

bool connects(std::string_view lower) {
  return lower == "of" || lower == "&" || lower == "de" || lower == "van" || lower == "al" || lower == "bin";
}

}  // namespace

bool NameWords::reset(uint32_t generation) {
  if (generation == generation_) return false;
  generation_ = generation;
  words_.clear();
  cores_.clear();
  digests_.clear();
  shapes_.clear();
  lower_ids_.clear();
  shape_ids_.clear();
  return true;
}

void NameWords::make_room(size_t types) {
  // Texts whose case says nothing are few, and so are the words that are folded.
  const bool soon = casing_ == Casing::Kept;
  words_.make_room(types, soon);
  cores_.make_room(types + 1, soon);
  cores_[0].lower = NameCore::kEdge;
  digests_.make_room(types, soon);
}

void NameWords::describe(uint32_t type, const WordTypes& types, std::string_view form) {
  const NameWord& w = words_[type] = description(form, types[type], types.lower(type));
  cores_[type + 1] = {w.lower, w.key, w.phrases, w.initial, w.shape_id, w.classes[0], w.capitals};
  if (w.shape_id >= shapes_.size()) shapes_.resize(w.shape_id + 1);
  shapes_[w.shape_id] = w.collapsed;
  digests_[type].lower_id = w.lower_id;
  digests_[type].bits = w.flags | (w.is(NameWord::kAlnum) ? uint32_t{w.classes[0]} << NameDigest::kFlags : 0);
}

NameWord NameWords::description(std::string_view form, const WordType& type, std::string_view lower_form) {
  const bool folded = casing_ == Casing::Folded;
  const std::string_view looked = folded ? lower_form : form;
  unify(looked.size() > kMaxLook ? "0" : looked, unified_);
  lower_.clear();
  append_lower(unified_, lower_);
  NameWord w;
  w.form = hash_bytes(unified_);
  w.lower = hash_bytes(lower_);
  w.key = type.lower;
  w.classes = {type.class_256, type.class_1024, type.class_3000};
  w.path = resources_.path(type.class_1024);
  shape_.clear();
  collapsed_.clear();
  for (size_t i = 0; i < unified_.size();) {
    const char32_t c = next_code_point(unified_, i);
    if (w.initial == 0) w.initial = c;
    const char s = sign(c);
    if (shape_.size() < 2 || shape_.back() != s || shape_[shape_.size() - 2] != s) shape_ += s;
    if (collapsed_.empty() || collapsed_.back() != s) collapsed_ += s;
  }
  w.shape = hash_bytes(shape_);
  w.collapsed = hash_bytes(collapsed_);
  affixes(unified_, w);

  const NameWordFacts facts = resources_.facts(type.lower);
  w.capitals = facts.capitals;
  const CharClass first = w.initial == 0 ? CharClass::Other : char_class(w.initial);
  const bool letter = first == CharClass::Upper || first == CharClass::Lower || first == CharClass::Letter;
  const bool capital = folded ? letter && facts.capitals >= 4 : type.is(WordType::kFirstUpper);
  const auto set = [&](NameWord::Flag f, bool on) {
    if (on) w.flags |= f;
  };
  set(NameWord::kCapital, capital);
  set(NameWord::kUpper, !folded && type.is(WordType::kAllUpper) && unified_.size() > 1);
  set(NameWord::kAlnum, letter || first == CharClass::Digit);
  set(NameWord::kDigit, type.is(WordType::kHasDigit));
  set(NameWord::kRole, facts.role);
  set(NameWord::kTitle, facts.title);
  set(NameWord::kHyphen, form == "-" || form == "\xE2\x80\x90" || form == "\xE2\x80\x91");
  set(NameWord::kConnector, connects(lower_));
  set(NameWord::kActive, folded ? letter && facts.capitals >= 2 : type.is(WordType::kHasUpper));
  set(NameWord::kOpens, unified_ == "\"" || unified_ == ":" || unified_ == "'" || unified_ == "-" || unified_ == "--" ||
                            unified_ == "\xE2\x80\x94" || unified_ == "\xE2\x80\x93");
  set(NameWord::kSmall, type.is(WordType::kHasLower));
  set(NameWord::kLarge, type.is(WordType::kHasUpper));
  set(NameWord::kLower, type.is(WordType::kHasLetter) && !type.is(WordType::kHasUpper));
  set(NameWord::kKnown, true);
  if (!folded) {
    const bool common = letter && facts.capitals <= 1 && !w.is(NameWord::kDigit);
    const bool titled = facts.title && form.ends_with('.');  // "Mr."
    if (titled) w.flags &= ~NameWord::kActive;
    set(NameWord::kPlain, common ? !w.is(NameWord::kActive) : titled || form == "I" || never_at_edges(form));
    set(NameWord::kParts, stands_between(form));
    set(NameWord::kWeak, (common && capital && !w.is(NameWord::kUpper)) || form == "I");
  }
  if (folded) {
    w.shape = mix(w.shape, w.capitals);
    w.collapsed = mix(w.collapsed, w.capitals);
  }
  static const uint64_t kName = hash_bytes("Xx");
  static const uint64_t kLower = hash_bytes("x");
  set(NameWord::kXx, w.collapsed == kName);
  set(NameWord::kX, w.collapsed == kLower);
  if (w.is(NameWord::kUpper)) {
    shape_.clear();
    for (char c : unified_)
      if (c != '.') shape_ += c;
    w.acronym = hash_bytes(shape_);
  }
  if (w.is(NameWord::kAlnum) && (w.is(NameWord::kCapital) || w.is(NameWord::kDigit) || folded))
    w.phrases = resources_.gazetteer().find(Gazetteer::extend(0, w.key));
  w.shape_id = shape_ids_.number(w.collapsed) + 1;
  w.lower_id = lower_ids_.number(w.lower);
  return w;
}

}  // namespace newsnlp
