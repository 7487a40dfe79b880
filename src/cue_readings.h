// Room: attributor. The readings of an article as a list, in text order by their cues.
#pragma once

#include <vector>

#include "analysis.h"

namespace newsnlp {

/// Those of one cue stay in their order.
void put_in_text_order(std::vector<CueReading>& readings);
/// Text order, and one reading a cue: a certain one, else the first.
void keep_one_a_cue(std::vector<CueReading>& readings);

/// Tokens, the end inclusive.
struct TokenRange {
  int begin;
  int end;
};
/// A rule's own reading of a content that stands before its cue and source.
CueReading certain_left_reading(int cue, TokenRange source, TokenRange content, float score);

}  // namespace newsnlp
