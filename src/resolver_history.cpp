#include "resolver_history.h"

#include <algorithm>

namespace newsnlp {

void History::clear(size_t entities) {
  people_.assign(entities, {});
  recent_count_ = 0;
  most_ = 0;
}

void History::add(uint32_t entity, const Event& event) {
  PersonHistory& p = people_[entity];
  p.last = event;
  most_ = std::max(most_, ++p.count);
  p.opening |= event.paragraph == 0;
  if (!event.quoted) {
    ++p.outside;
    if (is_subject(event.function)) p.last_subject = event.token, p.last_subject_sentence = event.sentence;
    if (event.speaker) {
      ++p.spoken;
      p.last_speaker = event.token;
      p.last_speaker_paragraph = event.paragraph;
    }
    if (p.sentence != event.sentence) p.sentence = event.sentence, p.sentence_function = event.function;
    if (p.paragraph != event.paragraph) p.paragraph = event.paragraph, p.paragraph_function = event.function;
  }
  // It goes to the front; those before its place move back by one, or all of them.
  uint32_t carried = entity;
  for (size_t at = 0; at < recent_count_; ++at) {
    std::swap(recent_[at], carried);
    if (carried == entity) return;
  }
  if (recent_count_ < kRecent) recent_[recent_count_++] = carried;
}

}  // namespace newsnlp
