#include "cue_readings.h"

#include <algorithm>

namespace newsnlp {

void put_in_text_order(std::vector<CueReading>& readings) {
  std::stable_sort(readings.begin(), readings.end(),
                   [](const CueReading& a, const CueReading& b) { return a.cue < b.cue; });
}

void keep_one_a_cue(std::vector<CueReading>& readings) {
  std::stable_sort(readings.begin(), readings.end(), [](const CueReading& a, const CueReading& b) {
    return a.cue != b.cue ? a.cue < b.cue : a.certain > b.certain;
  });
  readings.erase(std::unique(readings.begin(), readings.end(),
                             [](const CueReading& a, const CueReading& b) { return a.cue == b.cue; }),
                 readings.end());
}

CueReading certain_left_reading(int cue, TokenRange source, TokenRange content, float score) {
  CueReading r;
  r.cue = r.cue_begin = r.cue_end = cue;
  r.cue_probability = r.score = score;
  r.certain = true;
  Analysis y;
  y.content = {Side::Left, content.begin, content.end, -1, -1, 1};
  y.source_begin = source.begin;
  y.source = y.source_end = source.end;
  y.mass = y.source_probability = score;
  r.analyses.push_back(y);
  return r;
}

}  // namespace newsnlp
