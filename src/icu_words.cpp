#include "icu_words.h"

#include <unicode/ubrk.h>
#include <unicode/unistr.h>

#include <stdexcept>

#include "unicode.h"

namespace newsnlp {

std::unique_ptr<icu::BreakIterator> IcuWords::make_prototype() {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> iterator(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
  if (U_FAILURE(error) || iterator == nullptr)
    throw std::runtime_error(std::string("ICU gives no word break rules: ") + u_errorName(error));
  return iterator;
}

Segment::Kind IcuWords::kind_of(int32_t rule_status) {
  if (rule_status >= UBRK_WORD_LETTER) return Segment::kLetter;
  return rule_status >= UBRK_WORD_NUMBER ? Segment::kNumber : Segment::kOther;
}

void IcuWords::convert(std::string_view stretch, uint32_t base) {
  units_.clear();
  bytes_.clear();
  for (size_t i = 0; i < stretch.size();) {
    const auto begin = static_cast<uint32_t>(base + i);
    const char32_t c = next_code_point(stretch, i);
    if (c < 0x10000) {
      units_ += static_cast<char16_t>(c);
    } else {
      units_ += static_cast<char16_t>(0xD7C0 + (c >> 10));
      units_ += static_cast<char16_t>(0xDC00 + (c & 0x3FF));
      bytes_.push_back(begin);
    }
    bytes_.push_back(begin);
  }
  bytes_.push_back(static_cast<uint32_t>(base + stretch.size()));
}

void IcuWords::append(std::string_view stretch, uint32_t base, std::vector<Segment>& out) {
  convert(stretch, base);
  const icu::UnicodeString view(false, units_.data(), static_cast<int32_t>(units_.size()));
  iterator_->setText(view);
  for (int32_t at = iterator_->next(); at != icu::BreakIterator::DONE; at = iterator_->next())
    out.push_back({bytes_[static_cast<size_t>(at)], kind_of(iterator_->getRuleStatus())});
}

}  // namespace newsnlp
