// Room: attributor. How one cue may be read: a content left or right of it, or on both sides, and a source.
#pragma once

#include <cstdint>
#include <vector>

namespace newsnlp {

enum class Side : uint8_t { Right, Left, Both };

/// Token ranges, ends inclusive; -1: none. The left part stands before the cue, the right one behind it.
struct Content {
  Side side = Side::Right;
  int left_begin = -1;
  int left_end = -1;
  int right_begin = -1;
  int right_end = -1;
  float probability = 0;

  bool left() const noexcept { return left_begin >= 0; }
  bool right() const noexcept { return right_begin >= 0; }
  bool covers(int token) const noexcept {
    return (left() && token >= left_begin && token <= left_end) ||
           (right() && token >= right_begin && token <= right_end);
  }
  /// Calls part(begin, end) for each part.
  template <class Part>
  void each(Part part) const {
    if (left()) part(left_begin, left_end);
    if (right()) part(right_begin, right_end);
  }
};

struct Analysis {
  Content content;
  int source = -1;        // token of the head
  int source_begin = -1;  // with source_end, of the chosen analysis only
  int source_end = -1;
  float source_probability = 0;
  float mass = 0;  // of the contents that are much like this one
};

/// A cue with its likeliest analyses, best first.
struct CueReading {
  int cue = 0;  // -1: nothing reports the content
  int cue_begin = 0;
  int cue_end = 0;
  float cue_probability = 0;
  std::vector<Analysis> analyses;
  uint32_t best = 0;
  float score = 0;       // of the best analysis, before calibration
  bool certain = false;  // a rule's own: a transcript's turn, a signed quotation, a certain pattern
  bool own = false;      // a person's cue
  static constexpr uint32_t kNoPattern = 0xFFFFFFFF;
  static constexpr uint32_t kOwnPattern = 0xFFFFFFFE;  // one of a person's own
  uint32_t pattern = kNoPattern;

  const Analysis& analysis() const { return analyses[best]; }
};

}  // namespace newsnlp
