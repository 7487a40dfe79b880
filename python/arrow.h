// Room: python. A layer's columns behind Arrow's C data interface: a struct array, a child a column.
//
//   uint32    start, end, indices; those that are absent are nulls     float    scores
//   bool      flags                                                    dictionary<uint8, string>  enumerators
//
// Numbers are not copied: the arrays hold the columns' own memory, until whoever took them releases them.
#pragma once

#include <cstdint>

#include "columns.h"

extern "C" {

// As https://arrow.apache.org/docs/format/CDataInterface.html and CStreamInterface.html lay them down.
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
}

namespace newsnlp::python {

/// Each gives what the caller must release. No Python is called, then or later.
ArrowSchema arrow_schema(const Columns& columns);
ArrowArray arrow_array(const std::shared_ptr<const Columns>& columns);
/// A stream of one batch.
ArrowArrayStream arrow_stream(std::shared_ptr<const Columns> columns);

}  // namespace newsnlp::python
