#include "arrow.h"

#include <array>
#include <cstring>
#include <deque>
#include <memory>
#include <vector>

namespace newsnlp::python {
namespace {

constexpr int64_t kNullable = 2;  // ARROW_FLAG_NULLABLE

// What a schema points to. Children and dictionary release themselves: a consumer may have moved them away.
struct SchemaParts {
  std::string name;
  std::deque<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
  ArrowSchema dictionary{};
};

struct ArrayParts {
  std::shared_ptr<const Columns> owner;
  std::string validity;  // a bit a value; empty when none is null
  std::string made;      // values that the column does not hold as they are
  std::string offsets;   // of strings
  std::array<const void*, 3> buffers{};
  std::deque<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  ArrowArray dictionary{};
};

template <class Node, class Parts>
void release(Node* node) {
  auto* parts = static_cast<Parts*>(node->private_data);
  for (Node& child : parts->children)
    if (child.release != nullptr) child.release(&child);
  if (parts->dictionary.release != nullptr) parts->dictionary.release(&parts->dictionary);
  delete parts;
  node->release = nullptr;
}

template <class Node, class Parts>
Node finished(Node node, std::unique_ptr<Parts> parts) {
  for (Node& child : parts->children) parts->pointers.push_back(&child);
  node.n_children = static_cast<int64_t>(parts->pointers.size());
  node.children = parts->pointers.data();
  if (parts->dictionary.release != nullptr) node.dictionary = &parts->dictionary;
  node.private_data = parts.release();
  node.release = release<Node, Parts>;
  return node;
}

ArrowSchema schema(const char* format, std::string name, bool nullable, std::unique_ptr<SchemaParts> parts = nullptr) {
  if (!parts) parts = std::make_unique<SchemaParts>();
  parts->name = std::move(name);
  ArrowSchema out{};
  out.format = format;
  out.name = parts->name.c_str();
  out.flags = nullable ? kNullable : 0;
  return finished(out, std::move(parts));
}

ArrowArray array(size_t length, size_t nulls, size_t buffers, std::unique_ptr<ArrayParts> parts) {
  ArrowArray out{};
  out.length = static_cast<int64_t>(length);
  out.null_count = static_cast<int64_t>(nulls);
  out.n_buffers = static_cast<int64_t>(buffers);
  out.buffers = parts->buffers.data();
  return finished(out, std::move(parts));
}

template <class Test>
std::string bits(size_t count, Test test) {
  std::string out((count + 7) / 8, '\0');
  for (size_t i = 0; i < count; ++i)
    if (test(i)) out[i / 8] = static_cast<char>(out[i / 8] | 1 << i % 8);
  return out;
}

ArrowArray strings(const std::vector<std::string>& names) {
  auto parts = std::make_unique<ArrayParts>();
  std::vector<int32_t> offsets{0};
  for (const std::string& name : names) {
    parts->made += name;
    offsets.push_back(static_cast<int32_t>(parts->made.size()));
  }
  parts->offsets.assign(reinterpret_cast<const char*>(offsets.data()), offsets.size() * sizeof(int32_t));
  parts->buffers = {nullptr, parts->offsets.data(), parts->made.data()};
  return array(names.size(), 0, 3, std::move(parts));
}

ArrowArray column_array(const std::shared_ptr<const Columns>& columns, const Column& column) {
  auto parts = std::make_unique<ArrayParts>();
  parts->owner = columns;
  const size_t count = columns->rows;
  const char* values = columns->values(column);
  const void* given = values;
  size_t nulls = 0;
  if (column.kind == Column::Kind::Index) {
    const auto present = [&](size_t i) {
      uint32_t value;
      std::memcpy(&value, values + i * sizeof value, sizeof value);
      return value != kAbsent;
    };
    for (size_t i = 0; i < count; ++i) nulls += present(i) ? 0 : 1;
    if (nulls > 0) parts->validity = bits(count, present);
  }
  if (column.kind == Column::Kind::Flag) {
    parts->made = bits(count, [&](size_t i) { return values[i] != 0; });
    given = parts->made.data();
  }
  if (column.names != nullptr) parts->dictionary = strings(*column.names);
  parts->buffers = {nulls > 0 ? parts->validity.data() : nullptr, given};
  return array(count, nulls, 2, std::move(parts));
}

ArrowSchema column_schema(const Column& column) {
  const char* name = column.name;
  switch (column.kind) {
    case Column::Kind::Flag:
      return schema("b", name, false);
    case Column::Kind::Real:
      return schema("f", name, false);
    case Column::Kind::Choice: {
      auto parts = std::make_unique<SchemaParts>();
      parts->dictionary = schema("u", "", false);
      return schema("C", name, false, std::move(parts));
    }
    case Column::Kind::Index:
      return schema("I", name, true);
    case Column::Kind::Offset:
      break;
  }
  return schema("I", name, false);
}

struct StreamParts {
  std::shared_ptr<const Columns> columns;
  bool read = false;
};

}  // namespace

ArrowSchema arrow_schema(const Columns& columns) {
  auto parts = std::make_unique<SchemaParts>();
  for (const Column& c : columns.all) parts->children.push_back(column_schema(c));
  return schema("+s", "", false, std::move(parts));
}

ArrowArray arrow_array(const std::shared_ptr<const Columns>& columns) {
  auto parts = std::make_unique<ArrayParts>();
  for (const Column& c : columns->all) parts->children.push_back(column_array(columns, c));
  return array(columns->rows, 0, 1, std::move(parts));
}

ArrowArrayStream arrow_stream(std::shared_ptr<const Columns> columns) {
  ArrowArrayStream out{};
  out.get_schema = [](ArrowArrayStream* s, ArrowSchema* schema) {
    *schema = arrow_schema(*static_cast<StreamParts*>(s->private_data)->columns);
    return 0;
  };
  out.get_next = [](ArrowArrayStream* s, ArrowArray* array) {
    auto* parts = static_cast<StreamParts*>(s->private_data);
    *array = parts->read ? ArrowArray{} : arrow_array(parts->columns);
    parts->read = true;
    return 0;
  };
  out.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  out.release = [](ArrowArrayStream* s) {
    delete static_cast<StreamParts*>(s->private_data);
    s->release = nullptr;
  };
  out.private_data = new StreamParts{std::move(columns)};
  return out;
}

}  // namespace newsnlp::python
