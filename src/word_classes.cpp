#include "word_classes.h"

namespace newsnlp {

WordClasses::WordClasses(std::span<const std::byte> section) {
  if (section.empty()) return;
  SectionReader in(section, "classes");
  slots_ = in.array<Slot>();
  bool any_free = slots_.empty();
  for (const Slot& s : slots_) {
    any_free |= s.key == 0;
    in.require((s.classes & 0xFF) < 256 && (s.classes >> 18 & 0xFFF) < 3000, "a word class is out of range");
  }
  in.require(any_free, "the table of word classes has no free slot");
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
