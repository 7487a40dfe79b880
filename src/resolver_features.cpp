#include "resolver_features.h"

#include <algorithm>
#include <array>
#include <utility>

namespace newsnlp {
namespace {

constexpr uint32_t kKinds = 4;  // of pronouns
constexpr uint32_t kNoFunction = kFunctions;

// First number of each block, and the number behind the last.
enum Block : uint32_t {
  kGender = 0,
  kRank = kGender + 5,
  kSentences = kRank + 5 * 2,
  kParagraphs = kSentences + 6 * kKinds,
  kFunctionNear = kParagraphs + 5 * 2,
  kFunctionKind = kFunctionNear + kFunctions * 3,
  kQuoted = kFunctionKind + kFunctions * kKinds,
  kPreviousSubject = kQuoted + 4,
  kSameSentence = kPreviousSubject + 2 * kKinds,
  kSameParagraph = kSameSentence + (kFunctions + 1) * kKinds,
  kLastSubject = kSameParagraph + (kFunctions + 1),
  kLastSpeaker = kLastSubject + 2 * kKinds,
  kLastPronoun = kLastSpeaker + 5 * 2,
  kSpeakerAndSubject = kLastPronoun + 5 * kKinds,
  kSpoken = kSpeakerAndSubject + 2,
  kOnlyQuoted = kSpoken + 4 * 2,
  kCount = kOnlyQuoted + 1,
  kMost = kCount + 6,
  kOpening = kMost + 2,
  kFull = kOpening + 2,
  kInitial = kFull + 2,
  kAddressee = kInitial + 2 * 2 * 3,
  kAhead = kAddressee + 2,
  kTitled = kAhead + kKinds,
  kGenderRank = kTitled + 2,
  kOnce = kGenderRank + 3 * 4,
  kInsideQuotation = kOnce + 2 * 3,
  kFunctionNearKind = kInsideQuotation + 5,
  kPlaceKind = kFunctionNearKind + kFunctions * 3 * kKinds,
  kNearestSubject = kPlaceKind + 5 * kKinds,
  kTokens = kNearestSubject + 3 * kKinds,
  kOnlyFit = kTokens + 6 * kKinds,
  kWindowCount = kOnlyFit + 3,
  kGenderFine = kWindowCount + 4 * kKinds,
  kCueSince = kGenderFine + 2 * 9,
  kCueSubject = kCueSince + kPronounCues * 5,
  kCueFunction = kCueSubject + kPronounCues * 3,
  kSubordinate = kCueFunction + kPronounCues * kFunctions * 3,
  kEnd = kSubordinate + 2 * 3 * kKinds,
};

uint32_t bucket(uint32_t n) {
  static constexpr uint8_t kBuckets[] = {0, 1, 2, 3, 3, 4, 4, 4, 4, 5};
  return kBuckets[std::min(n, 9U)];
}

// Of the tokens since a mention: up to 3, 7, 15, 30, 60, and more.
uint32_t distance(uint32_t tokens) {
  static constexpr auto kDistances = [] {
    std::array<uint8_t, 62> d{};
    for (uint32_t i = 0; i < d.size(); ++i)
      d[i] = i <= 3 ? 0 : i <= 7 ? 1 : i <= 15 ? 2 : i <= 30 ? 3 : i <= 60 ? 4 : 5;
    return d;
  }();
  return kDistances[std::min(tokens, 61U)];
}

// How evidence of gender, cut to -4 … 4, fits: surely, perhaps, nothing is known, perhaps not, surely not.
constexpr uint8_t kFits[] = {4, 3, 3, 3, 2, 1, 1, 1, 0};
static_assert(kSureEvidence == 4);

// Calls sink.add(feature) for every feature of every candidate, and sink.end(candidate) behind its last.
template <class Sink>
void each_feature(const PronounQuery& q, const History& history, const LastPronoun& last,
                  std::span<const RankCandidate> candidates, Sink& sink) {
  // Who, of those whose gender fits, was the last subject and the last speaker.
  uint32_t subject = PersonHistory::kNever, speaker = PersonHistory::kNever;
  uint32_t subject_token = 0, speaker_token = 0;
  int sure = 0, others = 0;
  for (const RankCandidate& c : candidates) {
    if (c.gender < 0 || c.ahead) continue;
    sure += c.gender > 0 ? 1 : 0;
    others += c.gender >= kSureEvidence ? 1 : 0;
    const PersonHistory& p = history.of(c.entity);
    if (p.last_subject != PersonHistory::kNever && p.last_subject >= subject_token)
      subject = c.entity, subject_token = p.last_subject;
    if (p.last_speaker != PersonHistory::kNever && p.last_speaker >= speaker_token)
      speaker = c.entity, speaker_token = p.last_speaker;
  }
  const auto kind = static_cast<uint32_t>(q.kind) - 1;
  const uint32_t source = q.source ? 1 : 0;
  uint32_t order = 0;
  for (size_t i = 0; i < candidates.size(); ++i) {
    const RankCandidate& c = candidates[i];
    const auto emit = [&](uint32_t feature) { sink.add(feature); };
    const auto fine = static_cast<uint32_t>(std::clamp<int>(c.gender, -4, 4) + 4);
    const uint32_t fits = kFits[fine];
    emit(kGender + fits);
    emit(kTitled + (c.titled ? 1 : 0));
    emit(kGenderFine + (others > (c.gender >= kSureEvidence ? 1 : 0) ? 9 : 0) + fine);
    if (c.ahead) {
      emit(kAhead + kind);
      sink.end(i);
      continue;
    }
    const PersonHistory& p = history.of(c.entity);
    const uint32_t place = c.gender >= 0 ? std::min(order++, 4U) : 4;
    const uint32_t sentences = std::min(q.sentence - p.last.sentence, 5U);
    const uint32_t paragraphs = std::min(q.paragraph - p.last.paragraph, 4U);
    const auto function = static_cast<uint32_t>(p.last.function);
    const uint32_t near = std::min(sentences, 2U);
    emit(kRank + place * 2 + source);
    emit(kGenderRank + std::min(fits, 2U) * 4 + std::min(place, 3U));
    emit(kSentences + sentences * kKinds + kind);
    emit(kParagraphs + paragraphs * 2 + source);
    emit(kFunctionNear + function * 3 + near);
    emit(kFunctionKind + function * kKinds + kind);
    emit(kQuoted + (p.last.quoted ? 2 : 0) + source);
    const bool previous = p.last_subject_sentence != PersonHistory::kNever && q.sentence - p.last_subject_sentence == 1;
    emit(kPreviousSubject + (previous ? kKinds : 0) + kind);
    const uint32_t in_sentence = p.sentence == q.sentence ? static_cast<uint32_t>(p.sentence_function) : kNoFunction;
    emit(kSameSentence + in_sentence * kKinds + kind);
    emit(kSameParagraph + (p.paragraph == q.paragraph ? static_cast<uint32_t>(p.paragraph_function) : kNoFunction));
    emit(kLastSubject + (c.entity == subject ? kKinds : 0) + kind);
    const uint32_t since = c.entity == speaker ? std::min(q.paragraph - p.last_speaker_paragraph, 3U) : 4;
    emit(kLastSpeaker + since * 2 + source);
    if (c.entity == speaker && c.entity == subject) emit(kSpeakerAndSubject + source);
    const uint32_t pronoun = c.entity == last.entity ? std::min(q.sentence - last.sentence, 3U) : 4;
    emit(kLastPronoun + pronoun * kKinds + kind);
    emit(kSpoken + std::min(p.spoken, 3U) * 2 + source);
    if (p.outside == 0) emit(kOnlyQuoted);
    emit(kCount + bucket(p.count));
    emit(kMost + (p.count == history.most_mentions() ? 1 : 0));
    emit(kOpening + (p.opening ? 1 : 0));
    emit(kFull + (p.last.full ? 1 : 0));
    emit(kInitial + ((p.last.initial ? 2 : 0) + (q.initial ? 1 : 0)) * 3 + near);
    if (p.last.addressee) emit(kAddressee + source);
    emit(kOnce + (p.count == 1 ? 3 : 0) + near);
    if (q.quoted) emit(kInsideQuotation + since);
    emit(kFunctionNearKind + (function * 3 + near) * kKinds + kind);
    emit(kPlaceKind + place * kKinds + kind);
    const bool here = c.entity == subject && p.last_subject_sentence == q.sentence;
    emit(kNearestSubject + (here ? 0 : c.entity == subject ? 1 : 2) * kKinds + kind);
    emit(kTokens + distance(q.token - p.last.token) * kKinds + kind);
    if (q.source && q.cue != PronounCue::Other) {
      const auto cue = static_cast<uint32_t>(q.cue);
      emit(kCueSince + cue * 5 + since);
      emit(kCueSubject + cue * 3 + (here ? 0 : c.entity == subject ? 1 : 2));
      emit(kCueFunction + (cue * kFunctions + function) * 3 + near);
    }
    emit(kSubordinate + ((p.last.subordinate ? 3 : 0) + near) * kKinds + kind);
    if (sure > 0) emit(kOnlyFit + (c.gender <= 0 ? 2 : sure == 1 ? 0 : 1));
    emit(kWindowCount + std::min(p.count - 1, 3U) * kKinds + kind);
    sink.end(i);
  }
}

struct Sum {
  std::span<const int16_t> weights;
  std::span<RankCandidate> candidates;
  int32_t sum = 0;

  void add(uint32_t feature) { sum += weights[feature]; }
  void end(size_t candidate) { candidates[candidate].score = std::exchange(sum, 0); }
};

struct Listing {
  std::vector<std::vector<uint16_t>>& features;
  std::vector<uint16_t> list;

  void add(uint32_t feature) { list.push_back(static_cast<uint16_t>(feature)); }
  void end(size_t candidate) { features[candidate].swap(list), list.clear(); }
};

}  // namespace

uint32_t feature_space() {
  return kEnd;
}

size_t rank(const PronounQuery& q, const History& history, const LastPronoun& last, std::span<const int16_t> weights,
            std::span<RankCandidate> candidates) {
  Sum sum{weights, candidates};
  each_feature(q, history, last, candidates, sum);
  size_t best = 0;
  for (size_t i = 1; i < candidates.size(); ++i)
    if (candidates[i].score > candidates[best].score) best = i;
  return best;
}

void list_features(const PronounQuery& q, const History& history, const LastPronoun& last,
                   std::span<const RankCandidate> candidates, std::vector<std::vector<uint16_t>>& features) {
  features.assign(candidates.size(), {});
  Listing listing{features, {}};
  each_feature(q, history, last, candidates, listing);
}

}  // namespace newsnlp
