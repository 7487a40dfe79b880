#include "resolver_source.h"

#include <algorithm>
#include <array>

#include "adjunct_words.h"
#include "long_titles.h"

namespace newsnlp {
namespace {

constexpr uint32_t kMaxTokens = 48;

bool is_noun(Tag t) {
  return t == Tag::NN || t == Tag::NNS || t == Tag::NNP || t == Tag::NNPS;
}
bool is_plural(Tag t) {
  return t == Tag::NNS || t == Tag::NNPS;
}

// "The Norwegian": 1, "the French": 2, else 0.
int nationality(const WordFacts& facts) {
  return facts.is(WordList::Nation) ? 1 : facts.is(WordList::People) ? 2 : 0;
}

class Reader {
 public:
  Reader(const Layers& layers, const Workspace& workspace, LinkNotes& notes)
      : layers_(layers), workspace_(workspace), notes_(notes) {}

  SourceReading read(IndexRange source) {
    SourceReading r;
    uint32_t t = source.begin;
    while (t < source.end && skippable(t)) ++t;
    t = behind_time(t, source.end);
    if (t == source.end) return r;
    const WordFacts& first = facts(t);
    if ((tag(t) == Tag::WDT && lower(t) == "which") ||
        (first.pronoun != PronounKind::None && !is_acronym(t) &&
         (first.pronoun != PronounKind::Possessive || t + 1 == source.end || tag(t) == Tag::PRP ||
          !continues(t + 1)))) {
      r.head = t;
      r.kind = joined(t + 1, source.end) ? SourceKind::Group : SourceKind::Pronoun;  // "she and her sister"
      r.phrase = {t, r.kind == SourceKind::Group ? pair_end(t, source.end, mention_at_or_before(notes_, t)) : t + 1};
      return r;
    }
    r.definite = first.is(WordList::Definite);
    r.possessive = (tag(t) == Tag::PRPS || first.pronoun == PronounKind::Possessive) && !is_acronym(t);
    find_head(r, t, source.end);
    if (r.head == SourceReading::kNone && first.pronoun != PronounKind::None && is_acronym(t)) {
      r.head = t;  // "WHO warns of a new virus"
      r.kind = SourceKind::Body;
      r.phrase = {t, t + 1};
      const size_t m = mention_at_or_before(notes_, t);
      if (m < layers_.mentions.size() && notes_.mention_tokens[m].end > t) name(r, t, m);
      return r;
    }
    if (r.head == SourceReading::kNone) return any_mention(r, source);
    if (!r.definite) r.head = before_honour(behind_title(r.head, source.end));
    const size_t mention = mention_at_or_before(notes_, r.head);
    if (const uint32_t end = pair_end(r.head, source.end, mention); end != SourceReading::kNone) {
      r.kind = SourceKind::Group;
      r.phrase.end = end;
      return r;
    }
    if (titled_person(r, source.end, mention)) return r;
    // "the Hull District Commander, Superintendent Ann Lee": an office, whatever it was found as
    const bool office = mention < layers_.mentions.size() && notes_.mention_tokens[mention].end == r.head + 1 &&
                        layers_.mentions[mention].type != EntityType::Person && is_office(r.head);
    if (office && apposition(r, source.end)) return r;
    if (name(r, r.head, mention) || called_medium(r, mention)) return r;
    if (apposition(r, source.end) || long_title(r, source.end) || behind_kind(r)) return r;
    r.kind = kind_of(facts(r.head), r);
    if (r.kind == SourceKind::Role && r.phrase.end + 2 < source.end &&
        (is_sign(r.phrase.end, ',') || is_sign(r.phrase.end, '(') ||
         facts(r.phrase.end).person == PronounPerson::Who) &&
        named_last(r, source.end))
      return r;
    while (r.kind == SourceKind::Group && r.phrase.begin > source.begin && tag(r.phrase.begin - 1) == Tag::RB &&
           !says_now(lower(r.phrase.begin - 1)))
      --r.phrase.begin;  // "about one in six"
    if (r.kind == SourceKind::Writing) author_of(r, source.end);
    if (r.kind == SourceKind::Role && source.begin > 2) name_in_front(r, source);
    return r;
  }

 private:
  const WordFacts& facts(uint32_t t) const { return notes_.at(workspace_, t); }
  Tag tag(uint32_t t) const { return layers_.tokens[t].tag; }
  bool is_sign(uint32_t t, char sign) const {
    const Span span = layers_.tokens[t].span;
    return span.size() == 1 && layers_.text[span.begin] == sign;
  }
  std::string_view lower(uint32_t t) const { return workspace_.types.lower(workspace_.word[t]); }
  bool skippable(uint32_t t) const {
    if (layers_.tokens[t].kind == TokenKind::Punctuation) return true;
    return tag(t) == Tag::CC || tag(t) == Tag::IN || tag(t) == Tag::TO || (tag(t) == Tag::RB && lower(t) != "no");
  }
  // "US", "IT", "WHO": a pronoun's letters in capitals, where words beside them are none.
  bool is_acronym(uint32_t t) const {
    if (!facts(t).all_upper || facts(t).single) return false;
    const IndexRange sentence = layers_.sentences[workspace_.sentence[t]].tokens;
    for (uint32_t x = t - std::min(t - sentence.begin, 3U); x < std::min(sentence.end, t + 4); ++x)
      if (layers_.tokens[x].kind == TokenKind::Word && !facts(x).all_upper && x != t) return true;
    return false;
  }
  // "Last week the jury": the phrase begins behind what only says when.
  uint32_t behind_time(uint32_t t, uint32_t end) const {
    const uint32_t stop = std::min(end, t + 4);
    for (uint32_t x = t; x + 1 < stop; ++x)
      if (facts(x).is(WordList::Time) && tag(x) != Tag::POS) {
        const Tag next = tag(x + 1);
        const bool opens = next == Tag::DT || next == Tag::PRPS || next == Tag::PRP;
        return opens ? x + 1 : t;
      }
    return t;
  }
  // "on Tuesday", "late on Monday", "last week": no part of a noun phrase.
  bool is_when(uint32_t t, uint32_t end) const {
    for (const uint32_t stop = std::min(end, t + 3); t < stop; ++t) {
      if (facts(t).is(WordList::Time)) return true;
      const std::string_view w = lower(t);
      if (w != "on" && w != "late" && w != "early" && w != "last") return false;
    }
    return false;
  }
  // "Mayor Ann Lee | yesterday", "the Harbour Agency | last week": nothing of the noun phrase stands behind it.
  bool only_when(uint32_t t, uint32_t end) const {
    const bool modifier = lower(t) == "last" || lower(t) == "late" || lower(t) == "early";
    if (!facts(t).is(WordList::Time) && !(modifier && t + 1 < end && facts(t + 1).is(WordList::Time))) return false;
    if (!is_noun(tag(t - 1)) && tag(t - 1) != Tag::VBN) return false;
    const size_t m = mention_at_or_before(notes_, t);
    const bool named = m < layers_.mentions.size() && layers_.mentions[m].type <= EntityType::Misc;
    if (named && notes_.mention_tokens[m].begin < t && notes_.mention_tokens[m].end > t) return false;  // Sunday Mail
    if (facts(t).first_upper && facts(t - 1).first_upper && !(named && notes_.mention_tokens[m].end == t))
      return false;  // Super Tuesday
    for (t += modifier ? 1 : 0; t < end && facts(t).is(WordList::Time);) ++t;
    return t == end || !(continues(t) || joins(t, end));
  }
  bool is_office(uint32_t t) const { return facts(t).noun == NounKind::Person || facts(t).title == TitleKind::Office; }
  // Another name or noun phrase is joined here with "and": "and her lawyer", but not "and founder".
  bool joined(uint32_t t, uint32_t end) const {
    if (t + 1 >= end || facts(t).small != SmallWord::And) return false;
    if (tag(t + 1) == Tag::DT || tag(t + 1) == Tag::PRPS) return true;
    const size_t m = mention_at_or_before(notes_, t + 1);
    return m < layers_.mentions.size() && notes_.mention_tokens[m].begin == t + 1;
  }
  // "The Harbour Agency and Mayor Tom Fox".
  bool joined_title(uint32_t t, uint32_t end) const {
    if (t + 2 >= end || facts(t).small != SmallWord::And || facts(t + 1).title == TitleKind::None) return false;
    const size_t m = mention_at_or_before(notes_, t + 2);
    return m < layers_.mentions.size() && notes_.mention_tokens[m].begin == t + 2;
  }
  // "Kelly and Mark Probert", "Ann Lee and her lawyer", "Norway and Sweden": the end of the pair.
  uint32_t pair_end(uint32_t head, uint32_t end, size_t m) const {
    uint32_t t = head + 1;
    const bool named = m < layers_.mentions.size() && notes_.mention_tokens[m].end > head;
    if (named) t = notes_.mention_tokens[m].end;
    if (!joined(t, end) && !(named && joined_title(t, end))) return SourceReading::kNone;
    for (++t; t < end && (continues(t) || tag(t) == Tag::DT);) ++t;
    return t;
  }
  // The name behind the comma: "His spokeswoman, Ann Lee", "its director, Sir Alan Moss", "the owners, Vale Motors".
  bool apposition(SourceReading& r, uint32_t end) const {
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
  // "A woman who gave only her first name, Darla,", "a driver who wants to be known as Ann Lee": the person at the end
  // of the source. Not "the lawyer who spoke for the minister, Ann Lee".
  bool named_last(SourceReading& r, uint32_t end) const {
    while (end > r.head + 1 && (layers_.tokens[end - 1].kind == TokenKind::Punctuation || tag(end - 1) == Tag::CD))
      --end;
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
  // "Trade and Tourism Minister Ann Lee", "Graz University chemist Dr Ann Lee", "jurist and professor at the university
  // Ann Lee", "the Bureau of Ports' Ann Lee": she, the only person of the source, with a noun for a person before her
  // name. `m`: the mention at or before the head. Not "the police and Mayor Ann Lee".
  bool titled_person(SourceReading& r, uint32_t end, size_t m) const {
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
  // "Japan's Kyodo news agency", "the Plain Courier newspaper": the body named before the noun.
  bool called_medium(SourceReading& r, size_t m) const {
    const WordFacts& head = facts(r.head);
    if (head.has_upper || m >= layers_.mentions.size() || layers_.mentions[m].entity == Mention::kNoEntity)
      return false;
    const bool agency = lower(r.head) == "agency";
    if ((head.noun != NounKind::Medium && !agency) || is_plural(tag(r.head))) return false;
    const uint32_t behind = notes_.mention_tokens[m].end;
    const bool beside = behind == r.head || (behind + 1 == r.head && lower(behind) == "news");
    return beside && layers_.mentions[m].type == EntityType::Organization && take(r, m);
  }
  // "The trade body Plastics Forward": the name that was not found, behind the noun that says what it is.
  bool behind_kind(SourceReading& r) const {
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
  bool take(SourceReading& r, size_t mention) const {
    r.kind = SourceKind::Name;
    r.mention = static_cast<uint32_t>(mention);
    return true;
  }
  // "The leader of the opposition Ann Lee": she. A clause and what says when may follow.
  bool long_title(SourceReading& r, uint32_t end) const {
    if (r.head + 3 >= end || !facts(r.head + 1).is(WordList::Preposition)) return false;
    while (end > r.head + 1 && layers_.tokens[end - 1].kind == TokenKind::Punctuation) --end;
    const size_t m = mention_at_or_before(notes_, end - 1);
    if (m >= layers_.mentions.size() || layers_.mentions[m].type != EntityType::Person) return false;
    const IndexRange name = notes_.mention_tokens[m];
    if (name.begin <= r.head + 2 || layers_.mentions[m].entity == Mention::kNoEntity) return false;
    if (name.end < end && !is_sign(name.end, ',') && !is_when(name.end, end)) return false;
    const bool place = name.begin > r.head + 5 && is_sign(name.begin - 1, ')') && is_sign(name.begin - 3, '(');
    return is_long_title(layers_, workspace_, notes_, r.head, name.begin - (place ? 3 : 0)) && take(r, m);
  }
  // "a Kiwi Pulse poll", "Ann Lee's lawsuit", "a letter from her lawyer, Tom Fox": the body or person that it is of.
  void author_of(SourceReading& r, uint32_t end) {
    static constexpr auto kOwned = std::to_array<std::string_view>({"poll", "survey", "lawsuit", "complaint"});
    if (const uint32_t by = behind_by(r.head, end); by != SourceReading::kNone) {
      const SourceReading author = read({by, end});
      const bool named = author.kind == SourceKind::Name &&
                         (lower(by - 1) == "by" || layers_.mentions[author.mention].type != EntityType::Location);
      if (named || (author.kind == SourceKind::Body && author.definite && author.head == author.phrase.end - 1))
        return r = author, void();
    }
    if (std::find(kOwned.begin(), kOwned.end(), lower(r.head)) == kOwned.end()) return;
    const size_t m = mention_at_or_before(notes_, r.head);
    if (m >= layers_.mentions.size() || notes_.mention_tokens[m].begin < r.phrase.begin) return;
    const EntityType type = layers_.mentions[m].type;
    if (type != EntityType::Person && type != EntityType::Organization) return;
    r.kind = SourceKind::Name;
    r.mention = static_cast<uint32_t>(m);
  }
  // "a report by", "a letter, dated May, from", "the note, issued by": the token behind it; not "a report seen by".
  uint32_t behind_by(uint32_t head, uint32_t end) const {
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
  // "Nivesh Karki, | the firm's director | told …", "Ann Lee, heritage and | land worker | said": who begins the
  // clause. Not "Ann Lee, the mayor said, was ill".
  bool name_in_front(SourceReading& r, IndexRange source) const {
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
  // The noun phrase of `t - 1` goes on at t.
  bool continues(uint32_t t) const {
    switch (tag(t)) {
      case Tag::NN:
      case Tag::NNS:
      case Tag::NNP:
      case Tag::NNPS:
      case Tag::JJ:
      case Tag::JJR:
      case Tag::JJS:
      case Tag::CD:
      case Tag::POS:
      case Tag::HYPH:
      case Tag::VBN:
      case Tag::VBG:
      case Tag::DT:
      case Tag::PRPS:
      case Tag::PDT:
      case Tag::None:
      case Tag::Dollar:
        return layers_.tokens[t].kind != TokenKind::Punctuation || is_sign(t, '-') || tag(t) == Tag::POS;
      default:
        return is_sign(t, '-') || is_sign(t, '&');
    }
  }

  // The hyphen of "brother-in-law", "the London-based firm".
  bool joins(uint32_t t, uint32_t end) const {
    return t > 0 && t + 1 < end && is_sign(t, '-') && layers_.tokens[t - 1].span.end == layers_.tokens[t].span.begin &&
           layers_.tokens[t].span.end == layers_.tokens[t + 1].span.begin;
  }
  // "Ann Lee KC", "Dr Ann Lee, MD": letters in capitals behind a person's name are no part of it. The last token of
  // the name; else `head`.
  uint32_t before_honour(uint32_t head) const {
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
  // "Ms Large", "Mr Brave": the name behind a title that is tagged as another word.
  uint32_t behind_title(uint32_t head, uint32_t end) const {
    if (facts(head).title != TitleKind::Civil || head + 1 >= end) return head;
    const size_t m = mention_at_or_before(notes_, head + 1);
    if (m >= layers_.mentions.size() || layers_.mentions[m].type != EntityType::Person) return head;
    const IndexRange name = notes_.mention_tokens[m];
    return name.begin == head + 1 ? std::min(name.end, end) - 1 : head;
  }

  // A mark that is tagged as a closing one: "the lawyers’ union".
  bool is_possessor(uint32_t t) const {
    return t > 0 && layers_.tokens[t - 1].span.end == layers_.tokens[t].span.begin && lower(t - 1).ends_with('s') &&
           layers_.tokens[t].span.size() != 2;
  }
  // Marks around words of the phrase, "the ‘Sele’ captain", and the possessor's, "the lawyers’ union".
  bool is_mark_inside(uint32_t t, uint32_t end, bool& open) const {
    if (layers_.tokens[t].kind != TokenKind::Punctuation || t + 1 >= end) return false;
    if (!is_noun(tag(t + 1)) && tag(t + 1) != Tag::JJ) return false;
    const bool was_open = open;
    open = !was_open && tag(t) == Tag::OpenQuote;
    return open || (tag(t) == Tag::CloseQuote && (was_open || is_possessor(t)));
  }
  // The mark of Markdown before a name: "mayor [Ann Lee](…)", "The **Harbour Union**".
  bool is_markup(uint32_t t, uint32_t end) const {
    return (is_sign(t, '[') || is_sign(t, '*') || is_sign(t, '_')) && t + 1 < end && facts(t + 1).first_upper;
  }
  // "Church spokesman | the | Rev. Ann Lee".
  bool before_reverend(uint32_t t, uint32_t end) const {
    if (t + 2 >= end || facts(t + 1).title == TitleKind::None) return false;
    const std::string_view title = lower(t + 1);
    return title.starts_with("rev") || title.starts_with("hon");
  }
  // "The more moderate Lee", "the most senior officer".
  bool grades(uint32_t t) const { return tag(t) == Tag::RBR || tag(t) == Tag::RBS; }
  // "The accused", "the injured".
  bool is_participle_noun(uint32_t t) const {
    return (tag(t) == Tag::VBN || tag(t) == Tag::VBD) && facts(t).noun == NounKind::Person;
  }

  void find_head(SourceReading& r, uint32_t begin, uint32_t end) const {
    uint32_t t = begin;
    r.phrase = {begin, begin + 1};
    bool open = false;
    for (; t < end && (t == begin || continues(t) || is_mark_inside(t, end, open) || is_markup(t, end) ||
                       (r.head == SourceReading::kNone && grades(t)));
         ++t) {
      // A participle behind the head opens a clause: "people briefed on".
      if (r.head != SourceReading::kNone && (tag(t) == Tag::VBN || tag(t) == Tag::VBG) && t + 1 < end &&
          !is_noun(tag(t + 1)))
        break;
      if (r.head != SourceReading::kNone && tag(t) == Tag::DT && !before_reverend(t, end)) break;
      if (r.head != SourceReading::kNone && only_when(t, end)) {
        r.phrase.end = tag(t - 1) == Tag::VBN ? t - 1 : t;  // "polls released Sunday"
        return;
      }
      if (is_noun(tag(t)) ||
          (r.head == SourceReading::kNone && (tag(t) == Tag::CD || tag(t) == Tag::JJ || is_participle_noun(t))) ||
          (tag(t) == Tag::None && layers_.tokens[t].kind == TokenKind::Word))
        r.head = t;
      r.possessive |= tag(t) == Tag::POS || (tag(t) == Tag::CloseQuote && !open && is_possessor(t));
    }
    if (r.head == SourceReading::kNone) {
      if (tag(begin) == Tag::DT || tag(begin) == Tag::CD || is_noun(tag(begin))) r.head = begin;
      r.phrase.end = std::max(t, begin + 1);
      return;
    }
    // A name of several words ends where its mention ends.
    r.phrase.end = t;
    while (r.phrase.end < end && !is_sign(r.phrase.end, ',') &&
           (layers_.tokens[r.phrase.end].kind != TokenKind::Punctuation || joins(r.phrase.end, end) ||
            (is_possessor(r.phrase.end) && r.phrase.end + 1 < end && is_noun(tag(r.phrase.end + 1)))) &&
           facts(r.phrase.end).person != PronounPerson::Who && tag(r.phrase.end) != Tag::VBD &&
           !is_when(r.phrase.end, end) &&
           !opens_adjunct(lower(r.phrase.end), r.phrase.end + 1 < end ? lower(r.phrase.end + 1) : std::string_view()))
      ++r.phrase.end;
  }

  bool name(SourceReading& r, uint32_t head, size_t m) const {
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

  SourceReading any_mention(SourceReading r, IndexRange source) const {
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

  // "A group of residents", "a number of officials".
  bool counts_people(const SourceReading& r) const {
    if (r.definite || tag(r.head) != Tag::NN || r.head + 2 >= r.phrase.end || facts(r.head + 1).small != SmallWord::Of)
      return false;
    for (uint32_t t = r.head + 2; t < r.phrase.end && (continues(t) || tag(t) == Tag::DT); ++t)
      if (is_plural(tag(t))) return true;
    return false;
  }
  SourceKind kind_of(const WordFacts& head, const SourceReading& r) const {
    if (head.noun == NounKind::Writing) return SourceKind::Writing;
    // "the General Staff", "the National Guard": written like a name, a body is one
    const bool titled = tag(r.head) == Tag::NNP && facts(r.head).first_upper && r.head > r.phrase.begin &&
                        tag(r.head - 1) == Tag::NNP && facts(r.head - 1).first_upper;
    if (head.noun == NounKind::Group && titled) return SourceKind::Body;
    if (head.noun == NounKind::Group || counts_people(r)) return SourceKind::Group;
    if (head.plural || is_plural(tag(r.head))) return SourceKind::Group;
    if (tag(r.head) == Tag::CD && !lower(r.phrase.end - 1).ends_with("old")) {
      // "three", "two of the officials", "one in six", but "one of the officials".
      const bool share = r.head + 1 < r.phrase.end && lower(r.head + 1) == "in";
      if (lower(r.head) != "one" || share) return SourceKind::Group;
    }
    switch (head.noun) {
      case NounKind::Person:
      case NounKind::Kin:
        return SourceKind::Role;
      case NounKind::Organization:
      case NounKind::Institution:
      case NounKind::Medium:
        return SourceKind::Body;
      default:
        if (head.title != TitleKind::None) return SourceKind::Role;
        if (lower(r.head) == "one" || lower(r.head).ends_with("old")) return SourceKind::Role;
        if (head.is(WordList::Countryman)) return SourceKind::Role;
        if (r.definite && tag(r.head) != Tag::NN && nationality(head) != 0)
          return nationality(head) == 1 ? SourceKind::Role : SourceKind::Group;
        return tag(r.head) == Tag::NNP ? SourceKind::Body : SourceKind::Role;
    }
  }

  const Layers& layers_;
  const Workspace& workspace_;
  LinkNotes& notes_;
};

}  // namespace

bool is_nationality(const WordFacts& facts) {
  return nationality(facts) != 0 || facts.is(WordList::Countryman);
}

SourceReading read_source(const Layers& layers, const Workspace& workspace, LinkNotes& notes, IndexRange source) {
  source.end = std::min(source.end, source.begin + kMaxTokens);
  return source.empty() ? SourceReading() : Reader(layers, workspace, notes).read(source);
}

SourceReading read_phrase(const Layers& layers, const Workspace& workspace, LinkNotes& notes, uint32_t token) {
  const uint32_t phrase = workspace.noun_phrase[token];
  if (phrase == Workspace::kNone) return {};
  return Reader(layers, workspace, notes).read(workspace.noun_phrases[phrase].tokens);
}

}  // namespace newsnlp
