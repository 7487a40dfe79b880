// Room: python. A Python str as UTF-8, without the copy that PyUnicode_AsUTF8 would keep inside the str.
#pragma once

#include <pybind11/pybind11.h>

#include <optional>
#include <string>

namespace newsnlp::python {

struct Utf8 {
  std::string bytes;
  std::optional<size_t> lone_surrogate;  // the index of the first; then there are no bytes
};

/// Linear; throws what Python throws when there is no memory.
inline Utf8 to_utf8(const pybind11::str& text) {
  namespace py = pybind11;
  const auto bytes = py::reinterpret_steal<py::bytes>(PyUnicode_AsUTF8String(text.ptr()));
  if (bytes) return {std::string(std::string_view(bytes)), {}};
  const py::error_already_set error;
  if (!error.matches(PyExc_UnicodeEncodeError)) throw error;
  return {{}, error.value().attr("start").cast<size_t>()};
}

}  // namespace newsnlp::python
