// Room: resolver. Names in sources: beside the noun, behind a comma, at the end, in front of it.
#include <algorithm>
#include <array>

#include "adjunct_words.h"
#include "long_titles.h"
#include "source_reader.h"

namespace newsnlp {

bool SourceReader::joined(uint32_t t, uint32_t end) const {
  if (t + 1 >= end || facts(t).small != SmallWord::And) return false;
  if (tag(t + 1) == Tag::DT || tag(t + 1) == Tag::PRPS || lower(t + 1).starts_with("other")) return true;
  const size_t m = mention_at_or_before(notes_, t + 1);
  return m < layers_.mentions.size() && notes_.mention_tokens[m].begin == t + 1;
}

bool SourceReader::joined_title(uint32_t t, uint32_t end) const {
  if (t + 2 >= end || facts(t).small != SmallWord::And || facts(t + 1).title == TitleKind::None) return false;
  const size_t m = mention_at_or_before(notes_, t + 2);
  return m < layers_.mentions.size() && notes_.mention_tokens[m].begin == t + 2;
}

uint32_t SourceReader::pair_end(uint32_t head, uint32_t end, size_t m) const {
  uint32_t t = head + 1;
  const bool named = m < layers_.mentions.size() && notes_.mention_tokens[m].end > head;
  if (named) t = notes_.mention_tokens[m].end;
  if (!joined(t, end) && !(named && joined_title(t, end))) return SourceReading::kNone;
  for (++t; t < end && (continues(t) || tag(t) == Tag::DT);) ++t;
  return t;
}

bool SourceReader::apposition(SourceReading& r, uint32_t end) const {
  uint32_t t = r.phrase.end;
  if (t + 1 >= end || !is_sign(t, ',')) return false;
  const bool plural = facts(r.head).plural || is_plural(tag(r.head));
  for (const uint32_t stop = std::min(end, ++t + 8); t < stop; ++t) {
    const size_t m = mention_at_or_before(notes_, t);
    if (m < layers_.mentions.size() && notes_.mention_tokens[m].begin == t &&
        layers_.mentions[m].entity != Mention::kNoEntity) {
      const EntityType type = layers_.mentions[m].type;
      const uint32_t after = notes_.mention_tokens[m].end;
      const bool owns = after + 1 < end && tag(after) == Tag::POS && !is_sign(after + 1, ',');  // not "Fennick's,"
      const bool modifies = after < end && (is_noun(tag(after)) || owns || joins(after, end));
      // "the operator, Zamwater,", "his wife, Lorraine,": a name that was taken for a place
      const bool ends = after == end || layers_.tokens[after].kind == TokenKind::Punctuation;
      const bool place =
          type == EntityType::Location && ends && after == t + 1 && !plural &&
          (facts(r.head).noun == NounKind::Kin ? facts(t).first_name != 0 : facts(r.head).is(WordList::Firm));
      if (!modifies && ((type == EntityType::Person && !plural) || type == EntityType::Organization || place)) {
        r.kind = SourceKind::Name;
        r.mention = static_cast<uint32_t>(m);
        return true;
      }
      if (!modifies) return false;
      t = after - 1;
      continue;
    }
    const bool retired = tag(t) == Tag::VBD && t + 1 < end && is_noun(tag(t + 1));
    const bool style = (tag(t) == Tag::RB || tag(t) == Tag::RBS) && facts(t).first_upper;  // "the Very Rev Ann Lee"
    if (tag(t) != Tag::DT && tag(t) != Tag::PRPS && !continues(t) && !retired && !style) return false;
  }
  return false;
}

bool SourceReader::named_last(SourceReading& r, uint32_t end) const {
  while (end > r.head + 1 && (layers_.tokens[end - 1].kind == TokenKind::Punctuation || tag(end - 1) == Tag::CD)) --end;
  const size_t m = mention_at_or_before(notes_, end - 1);
  if (m >= layers_.mentions.size() || notes_.mention_tokens[m].end != end ||
      layers_.mentions[m].type != EntityType::Person || layers_.mentions[m].entity == Mention::kNoEntity)
    return false;
  uint32_t t = notes_.mention_tokens[m].begin;
  while (t > r.head + 2 && facts(t - 1).title != TitleKind::None) --t;
  if (t <= r.head + 2) return false;
  const std::string_view word = lower(t - 1);
  if (word == "as" || word == "named" || word == "called") return take(r, m);
  if (word != "," || facts(t - 2).first_upper) return false;
  const WordFacts& before = facts(t - 2);
  const bool someone = before.noun == NounKind::Person || before.noun == NounKind::Kin;
  return !someone && before.title == TitleKind::None && take(r, m);
}

bool SourceReader::titled_person(SourceReading& r, uint32_t end, size_t m) const {
  const auto& names = notes_.mention_tokens;
  const bool inside = m < names.size() && names[m].end > r.head;
  if (inside && layers_.mentions[m].type == EntityType::Person) return false;
  size_t last = m < names.size() ? m + 1 : 0;
  if (last >= names.size() || names[last].begin >= end) return false;
  while (last < names.size() && names[last].begin < end && layers_.mentions[last].type != EntityType::Person) ++last;
  if (last >= names.size() || names[last].end > end || names[last].begin <= r.head + 1) return false;
  if (last + 1 < names.size() && names[last + 1].begin < end && layers_.mentions[last + 1].type <= EntityType::Misc)
    return false;
  if (layers_.mentions[last].entity == Mention::kNoEntity) return false;
  const uint32_t name_end = names[last].end;
  if (name_end < end && layers_.tokens[name_end].kind != TokenKind::Punctuation && !is_when(name_end, end))
    return false;
  uint32_t t = names[last].begin;
  const uint32_t first = inside ? std::min(names[m].end, t) : r.head + 1;
  if (inside && tag(t - 1) == Tag::POS && t - 1 <= first) return take(r, last);
  while (t > first && facts(t - 1).title == TitleKind::Civil) --t;
  if (t > first + 2 && is_sign(t - 1, ')')) t -= is_sign(t - 3, '(') ? 3 : 0;
  if (t <= first) return false;
  const auto is_role = [&](uint32_t x) {
    const WordFacts& f = facts(x);
    return !f.plural && !is_plural(tag(x)) && (f.noun == NounKind::Person || f.title == TitleKind::Office);
  };
  if (is_role(t - 1)) {
    --t;
  } else {
    t = long_title_head(layers_, workspace_, notes_, first, t);
    if (t == SourceReading::kNone) return false;
  }
  bool joined = false;
  for (; t > first; --t) {
    const uint32_t x = t - 1;
    joined |= facts(x).small == SmallWord::And;
    const bool based = tag(x) == Tag::VBN && is_sign(x - 1, '-');
    if (!is_noun(tag(x)) && tag(x) != Tag::JJ && tag(x) != Tag::POS && !is_sign(x, '-') && !is_sign(x, '(') &&
        !is_sign(x, ')') && facts(x).small != SmallWord::And && !based)
      return false;
  }
  const WordFacts& head = facts(r.head);
  const bool several = head.plural || is_plural(tag(r.head)) || head.noun == NounKind::Group ||
                       head.noun == NounKind::Organization || head.noun == NounKind::Institution;
  if (joined && (inside || (!head.has_upper && several))) return false;
  return take(r, last);
}

bool SourceReader::behind_body(SourceReading& r, uint32_t end, size_t m) const {
  if (m >= layers_.mentions.size() || layers_.mentions[m].type != EntityType::Organization) return false;
  uint32_t t = notes_.mention_tokens[m].end;
  if (t <= r.head + 1 || t >= end || !continues(t)) return false;
  uint32_t head = SourceReading::kNone;
  for (; t < end && continues(t) && !only_when(t, end); ++t)
    if (is_noun(tag(t))) head = t;
  if (head == SourceReading::kNone) return false;
  const size_t last = mention_at_or_before(notes_, head);
  const NounKind kind = facts(head).noun;
  const bool noun =
      kind == NounKind::Person || kind == NounKind::Kin || kind == NounKind::Group || kind == NounKind::Writing;
  if (!noun && notes_.mention_tokens[last].end <= head) return false;
  r.head = head;
  r.phrase.end = std::max(r.phrase.end, head + 1);
  return true;
}

bool SourceReader::inside_name(SourceReading& r, uint32_t t) const {
  const size_t m = mention_at_or_before(notes_, t);
  if (m >= layers_.mentions.size() || notes_.mention_tokens[m].begin == t || notes_.mention_tokens[m].end <= t ||
      layers_.mentions[m].type != EntityType::Person || layers_.mentions[m].entity == Mention::kNoEntity)
    return false;
  r.head = t;
  r.phrase = {t, t + 1};
  return take(r, m);
}

bool SourceReader::called_medium(SourceReading& r, size_t m) const {
  const WordFacts& head = facts(r.head);
  if (head.has_upper || m >= layers_.mentions.size() || layers_.mentions[m].entity == Mention::kNoEntity) return false;
  const bool agency = lower(r.head) == "agency";
  if ((head.noun != NounKind::Medium && !agency) || is_plural(tag(r.head))) return false;
  const uint32_t behind = notes_.mention_tokens[m].end;
  const bool beside = behind == r.head || (behind + 1 == r.head && lower(behind) == "news");
  return beside && layers_.mentions[m].type == EntityType::Organization && take(r, m);
}

bool SourceReader::behind_kind(SourceReading& r) const {
  uint32_t first = r.head + 1;
  if (first != r.phrase.end) return false;
  while (first > r.phrase.begin && facts(first - 1).first_upper && layers_.tokens[first - 1].kind == TokenKind::Word)
    --first;
  if (first > r.head || first < r.phrase.begin + 1 || facts(first - 1).has_upper) return false;
  const NounKind kind = facts(first - 1).noun;
  const bool body = kind == NounKind::Organization || kind == NounKind::Institution || kind == NounKind::Medium;
  if (!body && !facts(first - 1).is(WordList::Firm)) return false;
  r.phrase.begin = first;
  r.definite = r.possessive = false;
  r.kind = SourceKind::Body;
  return true;
}

bool SourceReader::before_kind(SourceReading& r, size_t m) const {
  static constexpr auto kKinds =
      std::to_array<std::string_view>({"union", "party", "chain", "airline", "charity", "retailer", "supermarket"});
  if (!r.definite || r.head < r.phrase.begin + 2 || r.head + 1 != r.phrase.end || facts(r.head).has_upper) return false;
  if (std::find(kKinds.begin(), kKinds.end(), lower(r.head)) == kKinds.end()) return false;
  for (uint32_t t = r.phrase.begin + 1; t < r.head; ++t)
    if (!facts(t).first_upper || facts(t).is(WordList::Nation) || facts(t).is(WordList::People)) return false;
  if (m < layers_.mentions.size() && notes_.mention_tokens[m].end > r.phrase.begin + 1) {
    if (layers_.mentions[m].type != EntityType::Organization || layers_.mentions[m].entity == Mention::kNoEntity)
      return false;
    return notes_.mention_tokens[m].end == r.head && take(r, m);
  }
  r.phrase = {r.phrase.begin + 1, r.head};
  r.head = r.phrase.end - 1;
  r.definite = r.possessive = false;
  r.kind = SourceKind::Body;
  return true;
}

bool SourceReader::take(SourceReading& r, size_t mention) const {
  r.kind = SourceKind::Name;
  r.mention = static_cast<uint32_t>(mention);
  return true;
}

bool SourceReader::long_title(SourceReading& r, uint32_t end) const {
  if (r.head + 3 >= end || !facts(r.head + 1).is(WordList::Preposition)) return false;
  while (end > r.head + 1 && layers_.tokens[end - 1].kind == TokenKind::Punctuation) --end;
  const size_t m = mention_at_or_before(notes_, end - 1);
  if (m >= layers_.mentions.size() || layers_.mentions[m].type != EntityType::Person) return false;
  const IndexRange name = notes_.mention_tokens[m];
  if (name.begin <= r.head + 2 || layers_.mentions[m].entity == Mention::kNoEntity) return false;
  if (name.end < end && !is_sign(name.end, ',') && !is_when(name.end, end)) return false;
  uint32_t first = name.begin;  // "(Graz) Ann Lee", "(GCC) Dr. Ann Lee"
  while (first > r.head + 5 && facts(first - 1).title == TitleKind::Civil) --first;
  const bool place = first > r.head + 5 && is_sign(first - 1, ')') && is_sign(first - 3, '(');
  return is_long_title(layers_, workspace_, notes_, r.head, place ? first - 3 : name.begin) && take(r, m);
}

void SourceReader::author_of(SourceReading& r, uint32_t end) {
  static constexpr auto kOwned = std::to_array<std::string_view>({"poll", "survey", "lawsuit", "complaint"});
  if (const uint32_t by = behind_by(r.head, end); by != SourceReading::kNone) {
    const SourceReading author = read({by, end});
    const bool named = author.kind == SourceKind::Name &&
                       (lower(by - 1) == "by" || layers_.mentions[author.mention].type != EntityType::Location);
    const bool alone =
        author.head + 1 == author.phrase.end || tag(author.head + 1) == Tag::VBN;  // "from the board dated"
    if (named || (author.kind == SourceKind::Body && author.definite && alone)) return r = author, void();
  }
  if (std::find(kOwned.begin(), kOwned.end(), lower(r.head)) == kOwned.end()) return;
  const size_t m = mention_at_or_before(notes_, r.head);
  if (m >= layers_.mentions.size() || notes_.mention_tokens[m].begin < r.phrase.begin) return;
  const EntityType type = layers_.mentions[m].type;
  if (type != EntityType::Person && type != EntityType::Organization) return;
  r.kind = SourceKind::Name;
  r.mention = static_cast<uint32_t>(m);
}

uint32_t SourceReader::behind_by(uint32_t head, uint32_t end) const {
  static constexpr auto kMade = std::to_array<std::string_view>(
      {"written", "published", "issued", "released", "signed", "filed", "sent", "prepared", "compiled", "produced",
       "submitted", "posted", "drafted", "conducted", "dated"});
  std::string_view deed;
  for (uint32_t t = head + 1; t + 1 < end; ++t) {
    const std::string_view word = lower(t);
    if (tag(t) == Tag::VBN || tag(t) == Tag::VBD) deed = word;
    if (tag(t) == Tag::VBZ || tag(t) == Tag::WDT || tag(t) == Tag::WP) break;
    if (word != "from" && word != "by") continue;
    const bool made = deed.empty() || std::find(kMade.begin(), kMade.end(), deed) != kMade.end();
    return made ? t + 1 : SourceReading::kNone;
  }
  return SourceReading::kNone;
}

bool SourceReader::name_in_front(SourceReading& r, IndexRange source) const {
  constexpr uint32_t kBetween = 4;  // tokens that the source left behind
  const uint32_t first = layers_.sentences[workspace_.sentence[source.begin]].tokens.begin;
  if (source.begin < first + 2 || tag(source.begin) == Tag::PRPS) return false;
  const auto modifies = [&](uint32_t t) {
    return is_noun(tag(t)) || tag(t) == Tag::JJ || facts(t).small == SmallWord::And;
  };
  uint32_t t = source.begin;
  while (t > first + 1 && source.begin - t < kBetween && !is_sign(t - 1, ',') && modifies(t - 1)) --t;
  if (t < first + 2 || !is_sign(t - 1, ',')) return false;
  const size_t m = mention_at_or_before(notes_, t - 2);
  if (m >= layers_.mentions.size() || notes_.mention_tokens[m].end != t - 1 ||
      layers_.mentions[m].type != EntityType::Person || layers_.mentions[m].entity == Mention::kNoEntity)
    return false;
  uint32_t begin = notes_.mention_tokens[m].begin;
  while (begin > first && modifies(begin - 1)) --begin;
  const bool fronted = tag(first) == Tag::IN || tag(first) == Tag::WRB || tag(first) == Tag::VBG ||
                       tag(first) == Tag::VBN || tag(first) == Tag::TO;
  const bool opens = begin == first || tag(begin - 1) == Tag::CloseQuote || (is_sign(begin - 1, ',') && !fronted);
  if (!opens) return false;
  const auto size = static_cast<uint32_t>(layers_.tokens.size());
  for (uint32_t x = source.end; x < std::min(size, source.end + 3); ++x)
    if (is_sign(x, ',')) return false;
  return take(r, m);
}

uint32_t SourceReader::before_honour(uint32_t head) const {
  const uint32_t size = layers_.tokens[head].span.size();
  const bool letters = facts(head).all_upper && size >= 2 && size <= 4;
  if (head < 1 || (!letters && facts(head).title != TitleKind::Suffix)) return head;
  const size_t m = mention_at_or_before(notes_, head);
  if (m >= layers_.mentions.size() || notes_.mention_tokens[m].end != head ||
      layers_.mentions[m].type != EntityType::Person)
    return head;
  const IndexRange name = notes_.mention_tokens[m];
  const bool titled = name.begin > 0 && facts(name.begin - 1).title == TitleKind::Civil;
  return name.size() > 1 || titled || !letters ? head - 1 : head;
}

uint32_t SourceReader::behind_title(uint32_t head, uint32_t end) const {
  if (facts(head).title != TitleKind::Civil || head + 1 >= end) return head;
  const size_t m = mention_at_or_before(notes_, head + 1);
  if (m >= layers_.mentions.size() || layers_.mentions[m].type != EntityType::Person) return head;
  const IndexRange name = notes_.mention_tokens[m];
  return name.begin == head + 1 ? std::min(name.end, end) - 1 : head;
}

bool SourceReader::name(SourceReading& r, uint32_t head, size_t m) const {
  if (m >= layers_.mentions.size() || notes_.mention_tokens[m].end <= head) return false;
  const Mention& mention = layers_.mentions[m];
  if (mention.entity == Mention::kNoEntity) return false;
  // "The 29-year-old Dane", whatever it was found as.
  if (r.definite && notes_.mention_tokens[m].size() == 1 && mention.type != EntityType::Organization &&
      !is_plural(tag(head)) && (facts(head).is(WordList::Countryman) || nationality(facts(head)) == 1)) {
    r.kind = SourceKind::Role;
    return true;
  }
  if (mention.type == EntityType::Misc) {  // "Russians", "the French"; "the Norwegian" is somebody known
    const int people = nationality(facts(head));
    if (is_plural(tag(head)) || (people == 2 && r.definite)) r.kind = SourceKind::Group;
    if (r.kind == SourceKind::None && people == 1) r.kind = SourceKind::Role;
    if (r.kind != SourceKind::None) return true;
  }
  r.kind = SourceKind::Name;
  r.mention = static_cast<uint32_t>(m);
  return true;
}

SourceReading SourceReader::any_mention(SourceReading r, IndexRange source) const {
  for (size_t m = mention_at_or_before(notes_, source.end - 1);
       m < layers_.mentions.size() && notes_.mention_tokens[m].begin >= source.begin; --m) {
    if (layers_.mentions[m].entity != Mention::kNoEntity && layers_.mentions[m].type != EntityType::Misc) {
      r.kind = SourceKind::Name;
      r.mention = static_cast<uint32_t>(m);
    }
    if (m == 0) break;
  }
  return r;
}

}  // namespace newsnlp
