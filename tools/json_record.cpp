#include "json_record.h"

#include <nlohmann/json.hpp>

#include "newsnlp/error.h"
#include "unicode.h"

namespace newsnlp {
namespace {

// Keeps four strings of the outermost object. Nothing is built of the rest, so depth costs a bit a level.
class RecordHandler : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit RecordHandler(JsonRecord& record) : record_(record) {}

  bool null() override { return value(nullptr, false); }
  bool boolean(bool) override { return value(nullptr, true); }
  bool number_integer(number_integer_t v) override { return number(std::to_string(v)); }
  bool number_unsigned(number_unsigned_t v) override { return number(std::to_string(v)); }
  bool number_float(number_float_t, const string_t& written) override { return number(written); }
  bool string(string_t& v) override { return value(&v, false); }
  bool binary(binary_t&) override { return value(nullptr, true); }
  bool start_object(size_t) override {
    if (depth_++ == 0) object_ = true;
    return depth_ == 1 || value(nullptr, true);
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(size_t) override {
    if (depth_++ == 0) return true;
    return value(nullptr, true);
  }
  bool end_array() override { return end_object(); }
  bool key(string_t& v) override {
    if (depth_ == 1) key_ = v;
    return true;
  }
  bool parse_error(size_t position, const std::string&, const nlohmann::detail::exception&) override {
    throw Error("not valid JSON at byte " + std::to_string(position) + " of the line");
  }

  bool object() const noexcept { return object_; }
  bool has_text() const noexcept { return has_text_; }

 private:
  bool number(std::string written) {
    if (depth_ == 1 && key_ == "text") return value(nullptr, true);
    return value(&written, false);
  }
  // Null counts as absent; `wrong`: a value that none of the four keys may have.
  bool value(std::string* v, bool wrong) {
    const bool outermost = depth_ == 1 || (wrong && depth_ == 2);
    const std::string key = outermost ? std::move(key_) : std::string();
    if (outermost) key_.clear();
    std::optional<std::string>* field = nullptr;
    if (key == "id") field = &record_.id;
    if (key == "title") field = &record_.title;
    if (key == "date") field = &record_.date;
    if (field == nullptr && key != "text") return true;
    if (wrong) throw Error("\"" + key + "\" must be a string");
    if (field != nullptr) {
      field->reset();
      if (v != nullptr) *field = std::move(*v);
      return true;
    }
    has_text_ = v != nullptr;
    if (v != nullptr) record_.text = std::move(*v);
    return true;
  }

  JsonRecord& record_;
  size_t depth_ = 0;
  bool object_ = false;
  bool has_text_ = false;
  std::string key_;  // of the outermost object, until its value has come
};

}  // namespace

JsonRecord parse_json_record(std::string_view line) {
  if (const size_t bad = find_invalid_utf8(line); bad != std::string_view::npos)
    throw TextError("not valid UTF-8 at byte " + std::to_string(bad) + " of the line; convert it to UTF-8 first", bad);
  JsonRecord record;
  RecordHandler handler(record);
  nlohmann::json::sax_parse(line, &handler);
  if (!handler.object()) throw Error("a record must be an object: {\"id\": …, \"text\": …}");
  if (!handler.has_text()) throw Error("the record has no \"text\"");
  return record;
}

}  // namespace newsnlp
