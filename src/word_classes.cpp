#include "word_classes.h"

namespace newsnlp {

WordClasses::WordClasses(std::span<const std::byte> section) {
  if (section.empty()) return;
  SectionReader in(section, "classes");
  slots_ = in.array<Slot>();
  uint32_t free = slots_.empty() ? 1 : 0;
  uint32_t bad = 0;
  for (const Slot& s : slots_) {
    free |= static_cast<uint32_t>(s.key == 0);
    bad |= static_cast<uint32_t>((s.classes >> 18 & 0xFFF) >= 3000);
  }
  in.require(bad == 0, "a word class is out of range");
  in.require(free != 0, "the table of word classes has no free slot");
}

WordClasses::Entry WordClasses::find(uint64_t lower) const noexcept {
  if (slots_.empty()) return {};
  const uint32_t wanted = key(lower);
  for (size_t i = home(lower, slots_.size());; i = i + 1 == slots_.size() ? 0 : i + 1) {
    const Slot& s = slots_[i];
    if (s.key == 0) return {};
    if (s.key == wanted)
      return {static_cast<uint16_t>((s.classes & 0xFF) + 1), static_cast<uint16_t>((s.classes >> 8 & 0x3FF) + 1),
              static_cast<uint16_t>((s.classes >> 18 & 0xFFF) + 1)};
  }
}

void WordClasses::write(std::span<const Row> rows, SectionWriter& out) {
  std::vector<Slot> slots(rows.size() + rows.size() / 8 + 1);
  for (const Row& r : rows) {
    size_t i = home(r.lower, slots.size());
    while (slots[i].key != 0 && slots[i].key != key(r.lower)) i = i + 1 == slots.size() ? 0 : i + 1;
    if (slots[i].key != 0) continue;  // an earlier, more frequent word has this key
    slots[i] = {key(r.lower), static_cast<uint32_t>(r.class_256 | r.class_1024 << 8 | r.class_3000 << 18)};
  }
  out.array(slots);
}

}  // namespace newsnlp
