#include "office_names.h"

#include <algorithm>
#include <array>

#include "unicode.h"

namespace newsnlp {
namespace {

constexpr uint32_t kFields = 4;      // of a list
constexpr uint32_t kFieldWords = 3;  // of a field

constexpr auto kOffices = std::to_array<std::string_view>(
    {"Ministry", "Ministries", "Department", "Committee", "Commission", "Authority", "Directorate", "Secretariat"});
// With one of these at its end a field is the name of another body.
constexpr auto kBodies = std::to_array<std::string_view>(
    {"Bank",        "International", "Watch",     "Agency",     "University", "Ministry", "Department", "Office",
     "Council",     "Commission",    "Committee", "Union",      "Police",     "Court",    "House",      "Senate",
     "Congress",    "Parliament",    "Party",     "Army",       "Force",      "Forces",   "Service",    "Services",
     "Association", "Institute",     "Authority", "Foundation", "Society"});

template <size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

class Fields {
 public:
  Fields(const Layers& layers, std::vector<FoundName>& found) : layers_(layers), found_(found) {}

  void join() {
    for (size_t k = 0; k < found_.size(); ++k) {
      const FoundName& name = found_[k];
      if (name.type != EntityType::Organization || name.tokens.size() < 3 || of(name.tokens.end) != "," ||
          !is_office(name.tokens))
        continue;
      if (const uint32_t end = list_end(name.tokens.end, k); end > 0) take(k, end);
    }
    if (joined_) std::erase_if(found_, [](const FoundName& f) { return f.tokens.empty(); });
  }

 private:
  std::string_view of(uint32_t t) const {
    return t < layers_.tokens.size() ? layers_.of(layers_.tokens[t]) : std::string_view();
  }
  bool is_office(IndexRange name) const {
    for (uint32_t t = name.begin; t + 2 < name.end; ++t)
      if (is_one_of(of(t), kOffices)) return of(t + 1) == "of" || of(t + 1) == "for" || of(t + 1) == "on";
    return false;
  }

  // Behind one to three capitalised words from `t` on; 0: there are none, or they are a body's name.
  uint32_t field_end(uint32_t t) const {
    const uint32_t first = t;
    while (t < first + kFieldWords && begins_with_capital(of(t))) ++t;
    return t == first || begins_with_capital(of(t)) || is_one_of(of(t - 1), kBodies) ? 0 : t;
  }

  // From the comma on: ", Livestock and Fisheries", ", Water, and Agriculture". 0: no such list.
  uint32_t list_end(uint32_t comma, size_t k) const {
    uint32_t t = comma;
    for (uint32_t fields = 0; fields < kFields; ++fields) {
      bool last = false;
      if (of(t) == ",") ++t;
      if (of(t) == "and" || of(t) == "&")
        last = (++t, true);
      else if (of(t - 1) != ",")
        return 0;
      t = field_end(t);
      if (t == 0) return 0;
      if (last) return fields > 0 && is_free(k, t) ? t : 0;
    }
    return 0;
  }
  // Nobody and no place in the list.
  bool is_free(size_t k, uint32_t end) const {
    for (++k; k < found_.size() && found_[k].tokens.begin < end; ++k)
      if (found_[k].tokens.end > end || found_[k].type == EntityType::Person || found_[k].type == EntityType::Location)
        return false;
    return true;
  }

  void take(size_t k, uint32_t end) {
    joined_ = true;
    found_[k].tokens.end = end;
    for (++k; k < found_.size() && found_[k].tokens.begin < end; ++k) found_[k].tokens.end = found_[k].tokens.begin;
  }

  const Layers& layers_;
  std::vector<FoundName>& found_;
  bool joined_ = false;  // some are empty now
};

}  // namespace

void join_fields(const Layers& layers, std::vector<FoundName>& found) {
  Fields(layers, found).join();
}

}  // namespace newsnlp
