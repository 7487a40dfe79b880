// Room: python. A Python str as UTF-8, without the copy that CPython would keep inside the str.
#pragma once

#include <Python.h>

#include <optional>
#include <string>

namespace newsnlp::python {

struct Utf8 {
  std::string bytes;
  std::optional<size_t> lone_surrogate;  // its index; then `bytes` ends before it
};

/// `text` must be a str. Linear, throws std::bad_alloc only.
inline Utf8 to_utf8(PyObject* text) {
  Utf8 out;
  const Py_ssize_t n = PyUnicode_GET_LENGTH(text);
  const int kind = static_cast<int>(PyUnicode_KIND(text));
  const void* data = PyUnicode_DATA(text);
  if (PyUnicode_IS_ASCII(text)) {
    out.bytes.assign(static_cast<const char*>(data), static_cast<size_t>(n));
    return out;
  }
  out.bytes.reserve(static_cast<size_t>(n) + static_cast<size_t>(n) / 8);
  for (Py_ssize_t i = 0; i < n; ++i) {
    const Py_UCS4 c = PyUnicode_READ(kind, data, i);
    const auto put = [&](Py_UCS4 lead, int shift) {
      out.bytes += static_cast<char>(lead | c >> shift);
      for (shift -= 6; shift >= 0; shift -= 6) out.bytes += static_cast<char>(0x80 | (c >> shift & 0x3F));
    };
    if (c < 0x80) {
      out.bytes += static_cast<char>(c);
    } else if (c < 0x800) {
      put(0xC0, 6);
    } else if (c >= 0xD800 && c < 0xE000) {
      out.lone_surrogate = static_cast<size_t>(i);
      return out;
    } else if (c < 0x10000) {
      put(0xE0, 12);
    } else {
      put(0xF0, 18);
    }
  }
  return out;
}

}  // namespace newsnlp::python
