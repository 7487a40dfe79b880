#include "stage_line.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "newsnlp/error.h"
#include "unicode.h"
#include "word_scan.h"

namespace newsnlp {

StageLine::StageLine()
    : model_(Model::builtin()),
      classes_(model_->section("classes.bin")),
      segmenter_(*model_),
      tagger_(*model_, {}),
      recognizer_(*model_, {}),
      linker_(*model_, {}),
      attributor_(*model_, {}),
      resolver_(*model_, {}),
      workspace_(&classes_) {}

void StageLine::run(size_t stage, Layers& layers) {
  switch (stage) {
    case 0:
      if (find_invalid_utf8(layers.text) != std::string_view::npos) throw Error("a text is not valid UTF-8");
      workspace_.types.trim();
      break;
    case 1:
      segmenter_.segment(layers, workspace_);
      break;
    case 2:
      tagger_.tag(layers, workspace_);
      break;
    case 3:
      recognizer_.recognize(layers, workspace_);
      break;
    case 4:
      attributor_.attribute(layers, workspace_);
      break;
    case 5:
      linker_.link(layers, workspace_);
      break;
    case 6:
      resolver_.resolve(layers, workspace_);
      break;
    default:
      make_document(std::move(layers));
  }
}

std::vector<std::string> read_texts(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw Error(path + ": cannot be read");
  std::vector<std::string> texts;
  std::string line;
  for (size_t n = 1; std::getline(in, line); ++n) try {
      texts.push_back(nlohmann::json::parse(line).at("text").get<std::string>());
    } catch (const nlohmann::json::exception&) {
      throw Error(path + ":" + std::to_string(n) + ": an object with \"text\" was expected");
    }
  if (texts.empty()) throw Error(path + ": has no articles");
  return texts;
}

struct WordIteration::Prototype {
  std::unique_ptr<icu::BreakIterator> iterator;
};

WordIteration::WordIteration() : prototype_(std::make_unique<Prototype>()) {
  UErrorCode status = U_ZERO_ERROR;
  prototype_->iterator.reset(icu::BreakIterator::createWordInstance(icu::Locale::getEnglish(), status));
  if (U_FAILURE(status)) throw Error(std::string("ICU has no word breaks: ") + u_errorName(status));
}
WordIteration::~WordIteration() = default;

size_t WordIteration::count(const std::string& text) const {
  const icu::UnicodeString utf16 = icu::UnicodeString::fromUTF8(text);
  icu::BreakIterator& it = *prototype_->iterator;
  it.setText(utf16);
  size_t segments = 0;
  size_t words = 0;
  for (int32_t at = it.first(); at != icu::BreakIterator::DONE; at = it.next(), ++segments)
    words += it.getRuleStatus() != 0 ? 1 : 0;
  return segments + words;
}

WordSegments::WordSegments() = default;

struct WordSegments::List {
  static uint64_t odd(const WordBlock&) { return 0; }
  void take(const WordBlock& block, uint64_t which) {
    uint64_t starts = block.starts() & which;
    for (uint64_t ends = block.last_bytes() & which; ends != 0; ends &= ends - 1, starts &= starts - 1) {
      const uint32_t last = lowest(ends);
      const auto letter = (block.words & ~block.masks.digit) >> last & 1;
      const auto digit = block.masks.digit >> last & 1;
      *to++ = {block.base + lowest(starts), block.base + last + 1, static_cast<Segment::Kind>(2 * letter + digit)};
    }
  }
  void stretch(uint32_t begin, const std::vector<Segment>& segments) {
    for (const Segment& s : segments) {
      *to++ = {begin, s.end, s.kind};
      begin = s.end;
    }
  }
  Word* to;
};

size_t WordSegments::count(const std::string& text) {
  if (words_.size() < text.size()) words_.resize(text.size());
  List list{words_.data()};
  breaks_.scan(text, list);
  return static_cast<size_t>(list.to - words_.data());
}

}  // namespace newsnlp
