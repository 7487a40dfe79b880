#include "columns.h"

#include <cstring>
#include <stdexcept>
#include <type_traits>

#include "newsnlp/error.h"
#include "newsnlp/json.h"

namespace newsnlp::python {
namespace {

// Each struct's fields, once, for the three visitors below. `last` is the highest enumerator.

template <class V, class T>
void each(V& v, T& s) requires std::is_same_v<std::remove_const_t<T>, Span> {
  v.span("start", "end", s);
}
template <class V, class T>
void each(V& v, T& t) requires std::is_same_v<std::remove_const_t<T>, Token> {
  v.span("start", "end", t.span);
  v.choice("kind", t.kind, TokenKind::Url);
  v.choice("tag", t.tag, Tag::GW);
}
template <class V, class T>
void each(V& v, T& s) requires std::is_same_v<std::remove_const_t<T>, Sentence> {
  v.span("start", "end", s.span);
  v.range("tokens_begin", "tokens_end", s.tokens);
}
template <class V, class T>
void each(V& v, T& p) requires std::is_same_v<std::remove_const_t<T>, Paragraph> {
  v.span("start", "end", p.span);
  v.range("sentences_begin", "sentences_end", p.sentences);
  v.choice("kind", p.kind, ParagraphKind::Boilerplate);
}
template <class V, class T>
void each(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Mention> {
  v.span("start", "end", m.span);
  v.choice("type", m.type, EntityType::Handle);
  v.index("entity", m.entity);
  v.real("score", m.score);
}
template <class V, class T>
void each(V& v, T& e) requires std::is_same_v<std::remove_const_t<T>, Entity> {
  v.span("start", "end", e.name);
  v.choice("type", e.type, EntityType::Handle);
  v.range("roles_begin", "roles_end", e.roles);
  v.choice("gender", e.gender, Gender::Female);
  v.flag("named", e.named);
  v.flag("group", e.group);
}
template <class V, class T>
void each(V& v, T& r) requires std::is_same_v<std::remove_const_t<T>, Role> {
  v.span("start", "end", r.span);
  v.index("entity", r.entity);
}
template <class V, class T>
void each(V& v, T& q) requires std::is_same_v<std::remove_const_t<T>, Quote> {
  v.choice("type", q.type, QuoteType::Indirect);
  v.flag("speech", q.speech);
  v.range("content_begin", "content_end", q.content);
  v.range("cue_begin", "cue_end", q.cue);
  v.range("source_begin", "source_end", q.source);
  v.range("addressee_begin", "addressee_end", q.addressee);
  v.range("relay_begin", "relay_end", q.relay);
  v.optional("speaker", q.speaker);
  v.optional("role", q.role);
  v.optional("nested_in", q.nested_in);
  v.real("score", q.score);
  v.real("speaker_score", q.speaker_score);
  v.choice("abstention", q.abstention, Abstention::BelowThreshold);
  v.choice("polarity", q.polarity, Polarity::Denied);
  v.choice("certainty", q.certainty, Certainty::Expected);
  v.choice("resolution", q.resolution, Resolution::None);
}
template <class V, class T>
void each(V& v, T& c) requires std::is_same_v<std::remove_const_t<T>, Candidate> {
  v.index("entity", c.entity);
  v.real("score", c.score);
}
template <class V, class T>
void each(V& v, T& r) requires std::is_same_v<std::remove_const_t<T>, IndexRange> {
  v.range("begin", "end", r);
}

template <class E>
const std::vector<std::string>* names_of(E last) {
  static const std::vector<std::string> names = [last] {
    std::vector<std::string> out;
    for (int i = 0; i <= static_cast<int>(last); ++i) out.emplace_back(to_string(static_cast<E>(i)));
    return out;
  }();
  return &names;
}

// Fields -> columns, offsets in code points. A first item makes the columns, the others fill them row by row.
class ColumnVisitor {
 public:
  ColumnVisitor(const OffsetMap& map, size_t rows) : map_(map), rows_(rows) {}

  void span(const char* begin, const char* end, const Span& s) {
    put(begin, Column::Kind::Offset, map_(s.begin));
    put(end, Column::Kind::Offset, map_(s.end));
  }
  void range(const char* begin, const char* end, const IndexRange& r) {
    put(begin, Column::Kind::Offset, r.begin);
    put(end, Column::Kind::Offset, r.end);
  }
  void index(const char* name, const uint32_t& value) { put(name, Column::Kind::Index, value); }
  void optional(const char* name, const std::optional<uint32_t>& value) { index(name, value.value_or(kAbsent)); }
  void real(const char* name, const float& value) { put(name, Column::Kind::Real, value); }
  void flag(const char* name, const bool& value) { put(name, Column::Kind::Flag, static_cast<uint8_t>(value)); }
  template <class E>
  void choice(const char* name, const E& value, E last) {
    put(name, Column::Kind::Choice, static_cast<uint8_t>(value), names_of(last));
  }
  void row(size_t row) {
    at_ = 0;
    row_ = row;
    made_ = true;
  }
  Columns take() {
    for (size_t i = 0; i < columns_.size(); ++i)
      columns_[i].second.bytes = std::make_shared<const std::string>(std::move(bytes_[i]));
    return std::move(columns_);
  }

 private:
  template <class T>
  void put(const char* name, Column::Kind kind, T value, const std::vector<std::string>* names = nullptr) {
    if (!made_) {
      columns_.push_back({name, {kind, names, nullptr}});
      bytes_.emplace_back(rows_ * sizeof value, '\0');
      return;
    }
    std::memcpy(bytes_[at_++].data() + row_ * sizeof value, &value, sizeof value);
  }

  const OffsetMap& map_;
  size_t rows_;
  Columns columns_;
  std::vector<std::string> bytes_;  // of each column
  bool made_ = false;
  size_t at_ = 0;
  size_t row_ = 0;
};

template <class T>
void append(std::string& out, T value) {
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  out.append(raw, sizeof value);
}

class Packer {
 public:
  explicit Packer(std::string& out) : out_(out) {}
  void span(const char*, const char*, const Span& s) { pair(s.begin, s.end); }
  void range(const char*, const char*, const IndexRange& r) { pair(r.begin, r.end); }
  void index(const char*, const uint32_t& value) { append(out_, value); }
  void optional(const char*, const std::optional<uint32_t>& value) { append(out_, value.value_or(kAbsent)); }
  void real(const char*, const float& value) { append(out_, value); }
  void flag(const char*, const bool& value) { append(out_, static_cast<uint8_t>(value)); }
  template <class E>
  void choice(const char*, const E& value, E) {
    append(out_, static_cast<uint8_t>(value));
  }

 private:
  void pair(uint32_t begin, uint32_t end) {
    append(out_, begin);
    append(out_, end);
  }
  std::string& out_;
};

[[noreturn]] void damaged() {
  throw Error("the pickled document is damaged, or another version of newsnlp wrote it; analyse the text again");
}

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}
  void span(const char*, const char*, Span& s) { s = {read<uint32_t>(), read<uint32_t>()}; }
  void range(const char*, const char*, IndexRange& r) { r = {read<uint32_t>(), read<uint32_t>()}; }
  void index(const char*, uint32_t& value) { value = read<uint32_t>(); }
  void optional(const char*, std::optional<uint32_t>& value) {
    const auto v = read<uint32_t>();
    value = v == kAbsent ? std::nullopt : std::optional(v);
  }
  void real(const char*, float& value) { value = read<float>(); }
  void flag(const char*, bool& value) { value = small(1) != 0; }
  template <class E>
  void choice(const char*, E& value, E last) {
    value = static_cast<E>(small(static_cast<uint8_t>(last)));
  }
  template <class T>
  T read() {
    if (bytes_.size() < sizeof(T)) damaged();
    T value;
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return value;
  }
  bool at_end() const noexcept { return bytes_.empty(); }

 private:
  uint8_t small(uint8_t last) {
    const auto v = read<uint8_t>();
    if (v > last) damaged();
    return v;
  }
  std::string_view bytes_;
};

template <class Items>
Columns columns_of(const Items& items, const OffsetMap& map) {
  ColumnVisitor visitor(map, items.size());
  const typename Items::value_type none{};
  each(visitor, none);
  size_t row = 0;
  for (const auto& item : items) {
    visitor.row(row++);
    each(visitor, item);
  }
  return visitor.take();
}

// The pool of the quotes' spans, and of their candidates, as the document's own layers hold them.
std::span<const Span> pool(const Document& d) {
  uint32_t end = 0;
  for (const Quote& q : d.quotes())
    for (const IndexRange r : {q.content, q.cue, q.source, q.addressee, q.relay}) end = std::max(end, r.end);
  return d.spans({0, end});
}

struct Candidates {
  std::vector<Candidate> pool;
  std::vector<IndexRange> ranges;  // one a quote
};

Candidates candidates(const Document& d) {
  Candidates out;
  for (uint32_t i = 0; i < d.quotes().size(); ++i) {
    const auto begin = static_cast<uint32_t>(out.pool.size());
    out.pool.insert(out.pool.end(), d.candidates(i).begin(), d.candidates(i).end());
    out.ranges.push_back({begin, static_cast<uint32_t>(out.pool.size())});
  }
  return out;
}

constexpr uint32_t kFormat = 1;

}  // namespace

Columns columns(const Document& d, const std::string& layer) {
  const OffsetMap map(d.text(), Offsets::Codepoint);
  if (layer == "tokens") return columns_of(d.tokens(), map);
  if (layer == "sentences") return columns_of(d.sentences(), map);
  if (layer == "paragraphs") return columns_of(d.paragraphs(), map);
  if (layer == "mentions") return columns_of(d.mentions(), map);
  if (layer == "entities") return columns_of(d.entities(), map);
  if (layer == "roles") return columns_of(d.roles(), map);
  if (layer == "quotes") return columns_of(d.quotes(), map);
  if (layer == "spans") return columns_of(pool(d), map);
  if (layer == "candidates") return columns_of(candidates(d).pool, map);
  if (layer == "quote_candidates") return columns_of(candidates(d).ranges, map);
  throw std::invalid_argument("a document has no layer \"" + layer + "\"");
}

std::string pack(const Document& d) {
  std::string out;
  append(out, kFormat);
  Packer packer(out);
  const auto layer = [&](const auto& items) {
    append(out, static_cast<uint32_t>(items.size()));
    for (const auto& item : items) each(packer, item);
  };
  const Candidates c = candidates(d);
  layer(d.tokens());
  layer(d.sentences());
  layer(d.paragraphs());
  layer(d.mentions());
  layer(d.entities());
  layer(d.roles());
  layer(d.quotes());
  layer(pool(d));
  layer(c.pool);
  layer(c.ranges);
  return out;
}

Document unpack(std::string text, std::string_view bytes) {
  Layers l;
  l.text = std::move(text);
  Unpacker unpacker(bytes);
  if (unpacker.read<uint32_t>() != kFormat) damaged();
  const auto layer = [&](auto& items) {
    const auto count = unpacker.read<uint32_t>();
    for (uint32_t i = 0; i < count; ++i) each(unpacker, items.emplace_back());
  };
  layer(l.tokens);
  layer(l.sentences);
  layer(l.paragraphs);
  layer(l.mentions);
  layer(l.entities);
  layer(l.roles);
  layer(l.quotes);
  layer(l.spans);
  layer(l.candidates);
  layer(l.quote_candidates);
  if (!unpacker.at_end()) damaged();
  try {
    return make_document(std::move(l));
  } catch (const std::logic_error&) {
    damaged();
  }
}

}  // namespace newsnlp::python
