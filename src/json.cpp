#include "newsnlp/json.h"

#include "json_writer.h"

namespace newsnlp {
namespace {

std::string_view unit_name(Offsets unit) noexcept {
  if (unit == Offsets::Byte) return "byte";
  return unit == Offsets::Utf16 ? "utf16" : "codepoint";
}

class DocumentWriter {
 public:
  DocumentWriter(const Document& document, Offsets unit) : d_(document), map_(document.text(), unit) {}

  std::string write(const Record& record, Offsets unit) {
    w_.begin('{').key("id").string(record.id);
    if (record.title) w_.key("title").string(*record.title);
    if (record.date) w_.key("date").string(*record.date);
    w_.key("offsets").word(unit_name(unit));
    layer("paragraphs", d_.paragraphs());
    layer("mentions", d_.mentions());
    layer("entities", d_.entities());
    layer("quotes", d_.quotes());
    w_.end('}');
    return w_.take();
  }

 private:
  template <class T>
  void layer(std::string_view name, std::span<const T> items) {
    w_.key(name).begin('[');
    for (uint32_t i = 0; i < items.size(); ++i) {
      w_.begin('{');
      fields(items[i], i);
      w_.end('}');
    }
    w_.end(']');
  }
  void start_end(Span s) { w_.key("start").number(map_(s.begin)).key("end").number(map_(s.end)); }
  void index(std::string_view key, std::optional<uint32_t> value) {
    w_.key(key);
    value ? w_.number(*value) : w_.null();
  }
  void spans(std::string_view key, IndexRange range) {
    w_.key(key).begin('[');
    for (const Span s : d_.spans(range)) w_.begin('[').number(map_(s.begin)).number(map_(s.end)).end(']');
    w_.end(']');
  }

  void fields(const Paragraph& p, uint32_t) {
    start_end(p.span);
    w_.key("kind").word(to_string(p.kind));
  }

  void fields(const Mention& m, uint32_t) {
    start_end(m.span);
    w_.key("type").word(to_string(m.type));
    index("entity", m.entity == Mention::kNoEntity ? std::nullopt : std::optional(m.entity));
    w_.key("score").score(m.score);
  }

  void fields(const Entity& e, uint32_t id) {
    w_.key("id").number(id).key("type").word(to_string(e.type)).key("name").string(d_.text(e.name));
    w_.key("roles").begin('[');
    for (uint32_t i = e.roles.begin; i < e.roles.end; ++i) {
      const Span role = d_.roles()[i].span;
      w_.begin('{').key("text").string(d_.text(role));
      start_end(role);
      w_.end('}');
    }
    w_.end(']').key("gender").word(to_string(e.gender));
    w_.key("named").boolean(e.named).key("group").boolean(e.group).key("key");
    if (e.named)
      w_.string(d_.key(id));
    else
      w_.null();
  }

  void fields(const Quote& q, uint32_t id) {
    w_.key("id").number(id).key("type").word(to_string(q.type)).key("speech").boolean(q.speech);
    spans("content", q.content);
    spans("cue", q.cue);
    spans("source", q.source);
    speaker(q);
    spans("addressee", q.addressee);
    w_.key("relay");
    if (q.relay.empty()) {
      w_.null();
    } else {
      w_.begin('{');
      spans("spans", q.relay);
      w_.key("name").string(d_.relay_name(q)).end('}');
    }
    w_.key("polarity").word(to_string(q.polarity)).key("certainty").word(to_string(q.certainty));
    index("nested_in", q.nested_in);
    w_.key("resolution").word(to_string(q.resolution)).key("score").score(q.score);
  }

  void speaker(const Quote& q) {
    w_.key("speaker");
    if (!q.speaker) {
      w_.null();
      return;
    }
    w_.begin('{').key("entity").number(*q.speaker).key("name").string(d_.text(d_.entities()[*q.speaker].name));
    w_.key("role");
    q.role ? w_.string(d_.text(d_.roles()[*q.role].span)) : w_.null();
    w_.key("score").score(q.speaker_score).end('}');
  }

  const Document& d_;
  OffsetMap map_;
  JsonWriter w_;
};

}  // namespace

std::string to_json(const Document& document, const Record& record, Offsets offsets) {
  return DocumentWriter(document, offsets).write(record, offsets);
}

}  // namespace newsnlp
