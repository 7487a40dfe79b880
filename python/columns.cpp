#include "columns.h"

#include <cstring>
#include <stdexcept>
#include <type_traits>

#include "newsnlp/error.h"

namespace newsnlp::python {
namespace {

// Each struct's fields, once, for the four visitors below. `last` is the highest enumerator.

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

// Which columns a struct's fields make.
class ColumnLister {
 public:
  explicit ColumnLister(Columns& columns) : columns_(columns) {}

  void span(const char* begin, const char* end, const Span&) { pair(begin, end); }
  void range(const char* begin, const char* end, const IndexRange&) { pair(begin, end); }
  void index(const char* name, const uint32_t&) { add(name, Column::Kind::Index); }
  void optional(const char* name, const std::optional<uint32_t>&) { add(name, Column::Kind::Index); }
  void real(const char* name, const float&) { add(name, Column::Kind::Real); }
  void flag(const char* name, const bool&) { add(name, Column::Kind::Flag); }
  template <class E>
  void choice(const char* name, const E&, E last) {
    add(name, Column::Kind::Choice, names_of(last));
  }
  size_t bytes() const noexcept { return bytes_; }

 private:
  void pair(const char* begin, const char* end) {
    add(begin, Column::Kind::Offset);
    add(end, Column::Kind::Offset);
  }
  void add(const char* name, Column::Kind kind, const std::vector<std::string>* names = nullptr) {
    constexpr size_t kAligned = 16;
    columns_.all.push_back({name, kind, names, bytes_});
    bytes_ += (columns_.rows * columns_.all.back().item_size() + kAligned - 1) / kAligned * kAligned;
  }

  Columns& columns_;
  size_t bytes_ = 0;
};

// One item's fields -> its row, offsets in code points.
class RowWriter {
 public:
  RowWriter(char* const* columns, size_t row, const OffsetMap& map) : next_(columns), row_(row), map_(map) {}

  void span(const char*, const char*, const Span& s) {
    put(map_(s.begin));
    put(map_(s.end));
  }
  void range(const char*, const char*, const IndexRange& r) {
    put(r.begin);
    put(r.end);
  }
  void index(const char*, const uint32_t& value) { put(value); }
  void optional(const char*, const std::optional<uint32_t>& value) { put(value.value_or(kAbsent)); }
  void real(const char*, const float& value) { put(value); }
  void flag(const char*, const bool& value) { put(static_cast<uint8_t>(value)); }
  template <class E>
  void choice(const char*, const E& value, E) {
    put(static_cast<uint8_t>(value));
  }

 private:
  template <class T>
  void put(T value) {
    std::memcpy(*next_++ + row_ * sizeof value, &value, sizeof value);
  }

  char* const* next_;  // the next field's column
  size_t row_;
  const OffsetMap& map_;
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
std::shared_ptr<const Columns> columns_of(const Items& items, const OffsetMap& map) {
  const auto made = std::make_shared<Columns>();
  made->rows = items.size();
  ColumnLister lister(*made);
  const typename Items::value_type none{};
  each(lister, none);
  made->block.reset(new char[lister.bytes()]);  // filled below
  std::vector<char*> begins;
  for (const Column& c : made->all) begins.push_back(made->block.get() + c.begin);
  size_t row = 0;
  for (const auto& item : items) {
    RowWriter writer(begins.data(), row++, map);
    each(writer, item);
  }
  return made;
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

std::shared_ptr<const Columns> columns(const Document& d, const OffsetMap& map, const std::string& layer) {
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
