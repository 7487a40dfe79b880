#include "name_lists.h"

#include <algorithm>

#include "newsnlp/error.h"
#include "unicode.h"

namespace newsnlp {

NameLists::NameLists(const std::vector<NameEntry>& entries, const Segmenter& segmenter) {
  if (entries.empty()) return;
  first_.assign(kFirstBits / 64, 0);
  Workspace workspace(nullptr);
  constexpr size_t kBatch = 4096;  // entries that are cut at once, a line each
  for (size_t begin = 0; begin < entries.size(); begin += kBatch) {
    const size_t end = std::min(begin + kBatch, entries.size());
    Layers layers;
    std::vector<uint32_t> starts;  // first byte of each line
    for (size_t e = begin; e < end; ++e) {
      const std::string& name = entries[e].name;
      if (find_invalid_utf8(name) != std::string_view::npos || name.find_first_of("\r\n") != std::string::npos)
        throw ListError("name " + std::to_string(e + 1) + ": expected one line of valid UTF-8");
      starts.push_back(static_cast<uint32_t>(layers.text.size()));
      layers.text += name;
      layers.text += '\n';
    }
    workspace.types.trim();
    segmenter.segment(layers, workspace, Layout::SentencePerLine);
    size_t line = 0;
    for (const Sentence& s : layers.sentences) {
      while (line + 1 < starts.size() && starts[line + 1] <= s.span.begin) ++line;
      uint64_t key = 0;
      for (uint32_t i = s.tokens.begin; i < s.tokens.end; ++i) {
        const uint64_t form = workspace.types[workspace.word[i]].hash;
        if (i == s.tokens.begin) first_[bit(form) / 64] |= uint64_t{1} << bit(form) % 64;
        key = mix(key, form);
        Node& node = nodes_[key];
        if (i + 1 < s.tokens.end) {
          node.longer = true;
        } else {
          node.type = entries[begin + line].type;
          node.rule = static_cast<uint8_t>(entries[begin + line].rule);
        }
      }
    }
  }
}

void NameLists::match(const Layers& layers, const Workspace& workspace, std::vector<Match>& out) const {
  if (empty()) return;
  for (const Sentence& s : layers.sentences) {
    for (uint32_t i = s.tokens.begin; i < s.tokens.end;) {
      const uint64_t form = workspace.types[workspace.word[i]].hash;
      Match best;
      if ((first_[bit(form) / 64] >> bit(form) % 64 & 1) != 0) {
        uint64_t key = 0;
        for (uint32_t k = i; k < s.tokens.end; ++k) {
          key = mix(key, workspace.types[workspace.word[k]].hash);
          const auto it = nodes_.find(key);
          if (it == nodes_.end()) break;
          if (it->second.rule != Node::kNoRule)
            best = {{i, k + 1}, it->second.type, static_cast<NameRule>(it->second.rule)};
          if (!it->second.longer) break;
        }
      }
      if (!best.tokens.empty()) out.push_back(best);
      i = best.tokens.empty() ? i + 1 : best.tokens.end;
    }
  }
}

}  // namespace newsnlp
