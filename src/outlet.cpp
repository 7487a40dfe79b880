#include "outlet.h"

#include <algorithm>

namespace newsnlp {
namespace {

/// "told the Today programme", "told the Late Show"; "the World Food Programme" is a body.
bool tells_programme(const Statements& all, IndexRange addressee) {
  const std::string_view last = all.lower(addressee.end - 1);
  return is_programme(all, addressee) && (last == "show" || !all.capitalised(addressee.end - 1));
}

/// "told Courant in an interview", "in an interview with Courant", "told Marquee in the magazine's May issue": whoever
/// gives an interview is passed on by the one named, known or not.
bool is_interviewer(const Statements& all, const Statement& s, IndexRange addressee) {
  const uint32_t head = all.head_of(addressee);
  if (all.tag(head) != Tag::NNP || !all.capitalised(head) || all.is_person_name(addressee)) return false;
  if (addressee.begin > s.sentence.begin + 1 && all.lower(addressee.begin - 1) == "with" &&
      all.lower(addressee.begin - 2) == "interview")
    return true;
  if (addressee.end + 1 >= s.sentence.end) return false;
  const std::string_view how = all.lower(addressee.end);
  if (how == "by" || how == "over" || how == "via") {  // "told Courant by phone"
    const uint32_t t = addressee.end + (all.is_word(addressee.end + 1, "the") ? 2 : 1);
    if (t >= s.sentence.end || all.is_place_name(addressee)) return false;
    const std::string_view what = all.lower(t);
    return what == "phone" || what == "telephone" || what == "email" || what == "e-mail" || what == "text";
  }
  if (how != "in") return false;
  for (uint32_t t = addressee.end + 1; t < std::min(addressee.end + 5, s.sentence.end); ++t)
    if (all.lower(t) == "interview" || all.lower(t) == "interviews" || all.kinds(t).has(WordKind::MediaNoun))
      return true;
  return false;
}

/// "THE MAYOR TOLD REPORTERS": there capitals say nothing.
bool in_capitals(const Statements& all, uint32_t verb) {
  const std::string_view text = all.layers().of(all.layers().tokens[verb]);
  return text.size() > 1 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// "KVTN", "StarWire": capitals that no surname has.
bool has_capitals(const Statements& all, uint32_t token) {
  constexpr size_t kShortest = 3;  // "EU" and "UK" are bodies
  const std::string_view text = all.layers().of(all.layers().tokens[token]);
  if (text.size() < kShortest || text.ends_with('s')) return false;  // "MPs", "MSPs"
  for (size_t i = 2; i < text.size(); ++i)
    if (text[i] >= 'A' && text[i] <= 'Z' && (text[i - 1] != 'c' || text[i - 2] != 'M')) return true;
  return false;
}

/// "RNZ's Morning Report", "the BBC's Brianna Lisle", "TF1's evening news": a medium's own.
bool belongs_to_medium(const Statements& all, IndexRange addressee) {
  for (uint32_t t = addressee.begin + 1; t + 1 < addressee.end; ++t) {
    if (all.tag(t) != Tag::POS) continue;
    const IndexRange owner{addressee.begin, t};
    const WordKinds last = all.kinds(addressee.end - 1);
    const bool whole = all.capitalised(addressee.end - 1) || last.has(WordKind::MediaName);
    return whole && (all.is_medium(owner) || (owner.size() == 1 && has_capitals(all, owner.begin)));
  }
  return false;
}

/// "Y could not verify this", "Y reached out to her", "did not respond to Y's request", "sign up for Y's newsletter"
bool speaks_of_itself(const Statements& all, uint32_t behind) {
  if (behind + 1 >= all.token_count()) return false;
  const std::string_view w = all.lower(behind);
  if (w == "could" || w == "reached" || w == "contacted" || w == "understands" || w == "newsroom") return true;
  if (all.tag(behind) != Tag::POS) return false;
  for (uint32_t t = behind + 1; t < std::min(behind + 5, all.token_count()); ++t) {
    const std::string_view next = all.lower(t);
    if (next == "request" || next == "requests" || next == "questions" || next == "newsletter" || next == "editor" ||
        next == "reporter" || next == "correspondent")
      return true;
  }
  return false;
}

/// "KVRN": what American stations are called.
bool is_call_sign(const Statements& all, uint32_t token) {
  const std::string_view text = all.layers().of(all.layers().tokens[token]);
  if (text.size() != 4 || (text[0] != 'K' && text[0] != 'W')) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) && text != "WADA" &&
         text != "KPMG" && text != "KFOR";
}

/// "wrote in an email to Field Notes", "said in a statement to Screenline"
bool by_mail(const Statements& all, const Statement& s, IndexRange addressee) {
  if (addressee.begin < s.sentence.begin + 2 || all.lower(addressee.begin - 1) != "to") return false;
  const std::string_view w = all.lower(addressee.begin - 2);
  return w == "email" || w == "e-mail" || w == "statement" || w == "comments" || w == "mail";
}

/// Whether the name stands where an outlet does: "told Y", "confirmed to Y", "asked by Y", "seen by Y".
bool is_told_place(const Statements& all, uint32_t name, uint32_t behind) {
  if (speaks_of_itself(all, behind)) return true;
  if (name < 2) return false;
  const std::string_view w = all.lower(name - 1);
  const WordKinds before = all.kinds(name - 2);
  if (w == "to" || w == "with")
    return all.lower(name - 2) == "up" || before.has(WordKind::ToVerb) || before.has(WordKind::ChannelNoun) ||
           before.has(WordKind::SpeakingVerb);
  if (w == "by")
    return before.has(WordKind::PassingParticiple) || before.has(WordKind::SeenParticiple) ||
           before.has(WordKind::ToldVerb);
  if (w == ":") return true;  // "Photo: Y"
  if (w == "of") return all.lower(name - 2) == "issue";
  if (w == "for") return all.lower(name - 2) == "up";  // "sign up for"
  return all.kinds(name - 1).has(WordKind::ToldVerb);
}

/// "said", "told" of what was told to somebody: no order, no plan.
bool tells(const Statements& all, const Statement& s, IndexRange addressee) {
  if (s.cue.empty() || s.noun || s.passive || addressee.begin <= s.head || addressee.begin > s.head + 2) return false;
  for (uint32_t t = s.group.begin; t < s.head; ++t)
    if (all.tag(t) == Tag::MD || all.tag(t) == Tag::TO || all.lower(t) == "to") return false;
  if (!s.content.empty() && all.lower(s.content.front().begin) == "to") return false;
  if (addressee.begin == s.head + 2) return all.lower(s.head + 1) == "to" && all.kinds(s.head).has(WordKind::ToVerb);
  const std::string_view w = all.lower(s.head);
  return w == "told" || w == "tells" || w == "tell" || w == "telling";
}

/// "told Midlands 103": a station and where it is found.
bool has_number(const Statements& all, const Statement& s, IndexRange addressee) {
  return addressee.size() > 1 && all.tag(addressee.end - 1) == Tag::CD && all.capitalised(addressee.end - 2) &&
         all.tag(addressee.end - 2) == Tag::NNP && tells(all, s, addressee) && !all.is_date(addressee);
}

/// "an official, speaking on condition of anonymity, told Interpress": to whom else than a medium?
bool hides(const Statements& all, const Statement& s, IndexRange addressee) {
  const uint32_t head = all.head_of(addressee);
  if (all.tag(head) != Tag::NNP || !all.capitalised(head) || all.is_person_name(addressee)) return false;
  if (!tells(all, s, addressee)) return false;
  constexpr uint32_t kFar = 64;
  const uint32_t last = std::min(s.sentence.end, head + kFar);
  for (uint32_t t = std::max(s.sentence.begin, head - std::min(head, kFar)); t < last; ++t)
    if (all.lower(t) == "anonymity" || all.lower(t) == "anonymously") return true;
  return false;
}

/// "told Meridian by telephone", "told KVTN", “…,” she tells Screenline: an unknown name of no person and no place.
/// What takes part in a story is named elsewhere, too; an outlet only where something is told to it.
bool is_unknown_outlet(const Statements& all, size_t quote, IndexRange addressee) {
  constexpr uint32_t kNear = 1024;  // tokens on each side
  constexpr uint32_t kPlaces = 16;  // that tell enough
  const Statement& s = all[quote];
  const bool mail = by_mail(all, s, addressee);
  if (!mail && !tells(all, s, addressee)) return false;
  const uint32_t head = addressee.end - 1;
  const bool capitals = has_capitals(all, head);
  const bool plural = all.lower(head).ends_with('s') && !(mail && addressee.size() > 1);  // "told Kurds"
  if (addressee.size() > 3 || (all.tag(head) != Tag::NNP && !capitals && !mail)) return false;
  if (all.kinds(head).has(WordKind::HearingBody)) return false;
  for (uint32_t t = addressee.begin; t <= head; ++t)
    if (!all.capitalised(t)) return false;
  if (all.is_person_name(addressee) || all.is_place_name(addressee) || all.is_date(addressee)) return false;
  if (all.lower(addressee.begin) == "the" || (!capitals && plural)) return false;
  if (is_call_sign(all, head)) return true;
  const uint32_t first = head - std::min(head, kNear);
  const uint32_t last = std::min(all.token_count(), head + kNear);
  uint32_t told = 0;
  for (uint32_t t = first; t < last && told < kPlaces; ++t) {
    if (!all.same_word(t, head) || all.in_boilerplate(t)) continue;
    const uint32_t begin = t - std::min(t, head - addressee.begin);
    if (!is_told_place(all, begin, t + 1)) return false;
    ++told;
  }
  const uint32_t behind = addressee.end;
  const bool channel = behind + 1 < s.sentence.end && (all.lower(behind) == "by" || all.lower(behind) == "via");
  return capitals || told > 1 || channel || all.tag(s.head) == Tag::VBZ || addressee.size() > 1 ||
         all.layers().quotes[quote].type == QuoteType::Direct;
}

}  // namespace

bool is_programme(const Statements& all, IndexRange phrase) {
  const std::string_view last = all.lower(phrase.end - 1);
  const bool show = last == "programme" || last == "program" || last == "show" || last == "podcast";
  return show && phrase.size() > 1 && all.capitalised(phrase.end - 2);
}

bool has_title(const Statements& all, const Statement& s, IndexRange phrase) {
  // "asked The Hague to intervene"
  if (!s.content.empty() && all.lower(s.content.front().begin) == "to") return false;
  if (phrase.size() < 2 || phrase.begin == s.sentence.begin || all.lower(phrase.begin) != "the") return false;
  return all.capitalised(phrase.begin) && all.capitalised(phrase.begin + 1) && all.capitalised(all.head_of(phrase)) &&
         !all.is_place_name(phrase);
}

namespace {

/// "sources told Sideline's Marcus Bright": to whom else than a reporter?
bool hears_sources(const Statements& all, const Statement& s, IndexRange addressee) {
  const uint32_t head = all.head_of(addressee);
  if (s.source.empty() || !all.capitalised(head) || !tells(all, s, addressee)) return false;
  if (all.kinds(head).has(WordKind::HearingBody) || all.is_place_name(addressee) || all.is_date(addressee))
    return false;
  const IndexRange source = s.source.front();
  for (uint32_t t = source.begin; t < std::min(source.end, source.begin + 3); ++t)
    if (all.lower(t) == "sources" || all.lower(t) == "source") return true;
  return false;
}

}  // namespace

namespace {

/// "told the paper", "told a reporter for The Blade"
bool is_of_paper(const Statements& all, const Statement& s, IndexRange addressee) {
  const std::string_view last = all.lower(addressee.end - 1);
  if (last == "paper") return addressee.size() == 2 && tells(all, s, addressee);
  if (last != "reporter" || addressee.end + 1 >= s.sentence.end) return false;
  const std::string_view w = all.lower(addressee.end);
  if (w != "for" && w != "from" && w != "with") return false;
  const IndexRange medium = all.noun_phrase_at(addressee.end + 1);
  return !medium.empty() && (all.is_medium(medium) || has_title(all, s, medium));
}

}  // namespace

bool is_outlet(const Statements& all, size_t quote, IndexRange addressee) {
  const Statement& s = all[quote];
  if (all.is_word(addressee.begin, "our")) return false;  // "told our correspondent"
  if (!s.cue.empty() && in_capitals(all, s.head)) return all.is_medium(addressee);
  return all.is_medium(addressee) || tells_programme(all, addressee) || has_title(all, s, addressee) ||
         belongs_to_medium(all, addressee) || is_interviewer(all, s, addressee) || hides(all, s, addressee) ||
         hears_sources(all, s, addressee) || has_number(all, s, addressee) || is_of_paper(all, s, addressee) ||
         is_unknown_outlet(all, quote, addressee);
}

}  // namespace newsnlp
