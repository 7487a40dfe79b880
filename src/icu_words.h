// Room: segmenter. ICU's word break iterator over stretches of UTF-8.
#pragma once

#include <unicode/brkiter.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "word_breaks.h"

namespace newsnlp {

/// A break iterator of its own and the UTF-16 that it reads. One a call; not thread-safe.
class IcuWords {
 public:
  /// Clones `prototype`, which any number of threads may share: 0.25 µs.
  explicit IcuWords(const icu::BreakIterator& prototype) : iterator_(prototype.clone()) {}

  /// Throws std::runtime_error if ICU has no word rules.
  static std::unique_ptr<icu::BreakIterator> make_prototype();

  /// Appends the segments of `stretch`, which begins at byte `base` of the text.
  void append(std::string_view stretch, uint32_t base, std::vector<Segment>& out);

  static Segment::Kind kind_of(int32_t rule_status);

 private:
  void convert(std::string_view stretch, uint32_t base);

  std::unique_ptr<icu::BreakIterator> iterator_;
  std::u16string units_;
  std::vector<uint32_t> bytes_;  // at which byte of the text each unit begins; one more for the end
};

}  // namespace newsnlp
