#include "first_names.h"

#include <array>
#include <bit>

#include "folding.h"
#include "list_rows.h"

namespace newsnlp {

FirstNames::FirstNames(const Model& model) {
  const auto list = model.section("first_names.tsv");
  const auto ends = std::count_if(list.begin(), list.end(), [](std::byte b) { return b <= std::byte{' '}; });
  const auto most = static_cast<size_t>(ends) + 1;
  slots_ = std::bit_ceil(most + most / 2 + 1);
  own_keys_ = Table<uint32_t>(slots_);
  own_sure_ = Table<int8_t>(slots_);
  keys_ = own_keys_.data();
  sure_ = own_sure_.data();
  // Names wait until their places have been fetched.
  struct Waiting {
    uint64_t key = 0;
    int8_t sure = 0;
  };
  std::array<Waiting, 32> waiting;
  size_t count = 0;
  const auto finish = [&] {
    for (size_t i = 0; i < count; ++i) {
      const size_t at = slot(waiting[i].key);
      own_keys_[at] = check(waiting[i].key);
      own_sure_[at] = waiting[i].sure;
    }
    count = 0;
  };
  std::string scratch;
  each_list_row(model, "first_names.tsv", 3, [&](const std::vector<std::string_view>& f) {
    int sure = 0;
    for (char c : f[1]) sure = c < '0' || c > '9' || sure > 100 ? 1000 : sure * 10 + (c - '0');
    if (sure < 1 || sure > 100 || (f[0] != "m" && f[0] != "f")) return false;
    const auto value = static_cast<int8_t>(f[0] == "m" ? sure : -sure);
    each_word(f[2], ' ', [&](std::string_view name) {
      const uint64_t key = folded_hash(name, scratch);
      __builtin_prefetch(&own_keys_[key & (slots_ - 1)], 1);
      waiting[count++] = {key, value};
      if (count == waiting.size()) finish();
    });
    return true;
  });
  finish();
}

FirstNames::FirstNames(std::span<const std::byte> table) : slots_(table.size() / (sizeof(uint32_t) + sizeof(int8_t))) {
  keys_ = reinterpret_cast<const uint32_t*>(table.data());
  sure_ = reinterpret_cast<const int8_t*>(keys_ + slots_);
}

std::string FirstNames::table() const {
  return std::string(reinterpret_cast<const char*>(keys_), slots_ * sizeof *keys_)
      .append(reinterpret_cast<const char*>(sure_), slots_);
}

}  // namespace newsnlp
