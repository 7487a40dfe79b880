// Room: python. The thin extension behind the package newsnlp: analyse, hand over columns, JSON and bytes.
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <memory>

#include "arrow.h"
#include "columns.h"
#include "newsnlp/newsnlp.h"
#include "text.h"

namespace py = pybind11;

namespace newsnlp::python {
namespace {

// A document and the caller's own str, of which its text is the UTF-8.
struct NativeDocument {
  Document document;
  py::str text;
};

struct ErrorTypes {
  py::object error;
  py::object text;
  py::object model;
  py::object list;
};

ErrorTypes& error_types() {
  static auto* types = new ErrorTypes;  // never destroyed: the interpreter ends first
  return *types;
}

py::object new_error_type(py::module_& m, const char* name, const py::object& base) {
  const std::string full = std::string("newsnlp.") + name;
  auto type = py::reinterpret_steal<py::object>(PyErr_NewException(full.c_str(), base.ptr(), nullptr));
  if (!type) throw py::error_already_set();
  m.attr(name) = type;
  return type;
}

py::object surrogate_error(size_t index) {
  py::object e = error_types().text("the text has a lone surrogate at index " + std::to_string(index) +
                                    "; it is no text that can be written as UTF-8, so replace it first");
  e.attr("index") = index;
  return e;
}

py::object text_error(const TextError& error) {
  py::object e = error_types().text(error.what());
  e.attr("offset") = error.offset();
  return e;
}

std::string utf8(const py::str& text) {
  Utf8 out = to_utf8(text);
  if (!out.lone_surrogate) return std::move(out.bytes);
  const py::object e = surrogate_error(*out.lone_surrogate);
  PyErr_SetObject(error_types().text.ptr(), e.ptr());
  throw py::error_already_set();
}

void translate(std::exception_ptr p) {
  try {
    std::rethrow_exception(p);
  } catch (const TextError& e) {
    PyErr_SetObject(error_types().text.ptr(), text_error(e).ptr());
  } catch (const ModelError& e) {
    PyErr_SetString(error_types().model.ptr(), e.what());
  } catch (const ListError& e) {
    PyErr_SetString(error_types().list.ptr(), e.what());
  } catch (const Error& e) {
    PyErr_SetString(error_types().error.ptr(), e.what());
  }
}

using List = std::optional<std::pair<std::string, std::string>>;  // the list's text, and its name for messages

std::unique_ptr<Analyzer> make_analyzer(const std::optional<std::string>& model, const List& names, const List& aliases,
                                        const List& cues, const std::string& patterns, std::optional<float> min_score,
                                        std::optional<float> min_speaker_score, std::optional<size_t> max_bytes) {
  const py::gil_scoped_release release;
  Options options;
  if (names) options.names = read_names(names->first, names->second);
  if (aliases) options.aliases = read_aliases(aliases->first, aliases->second);
  if (cues) options.cues = read_cues(cues->first, cues->second);
  options.patterns = patterns;
  options.min_score = min_score;
  options.min_speaker_score = min_speaker_score;
  if (max_bytes) options.max_bytes = *max_bytes;
  return std::make_unique<Analyzer>(model ? Model::open(*model) : Model::builtin(), std::move(options));
}

NativeDocument analyze(const Analyzer& analyzer, const py::str& text) {
  std::string bytes = utf8(text);
  Document document;
  {
    const py::gil_scoped_release release;
    document = analyzer.analyze(std::move(bytes));
  }
  return {std::move(document), text};
}

// In the order of the texts: a document, or the exception that its text gave. Threads end with the call, so a process
// may fork between calls.
py::list analyze_many(const Analyzer& analyzer, const std::vector<py::str>& texts, unsigned threads) {
  std::vector<Utf8> inputs;
  inputs.reserve(texts.size());
  for (const py::str& text : texts) inputs.push_back(to_utf8(text));
  std::vector<Analyzer::Outcome> outcomes(texts.size());
  {
    const py::gil_scoped_release release;
    size_t at = 0;
    std::vector<size_t> given;
    const auto next = [&]() -> std::optional<std::string> {
      while (at < inputs.size() && inputs[at].lone_surrogate) ++at;
      if (at == inputs.size()) return {};
      given.push_back(at);
      return std::move(inputs[at++].bytes);
    };
    analyzer.analyze_all(
        next, [&](Analyzer::Outcome&& o) { outcomes[given[o.index]] = std::move(o); }, threads);
  }
  py::list out;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (inputs[i].lone_surrogate) {
      out.append(surrogate_error(*inputs[i].lone_surrogate));
    } else if (outcomes[i].error) {
      try {
        std::rethrow_exception(outcomes[i].error);
      } catch (const TextError& e) {
        out.append(text_error(e));
      }
    } else {
      out.append(NativeDocument{std::move(outcomes[i].document), texts[i]});
    }
  }
  return out;
}

// A layer of a document in the hands of Python. What is made of it shares its memory.
struct Layer {
  std::shared_ptr<const Columns> columns;
};
struct LayerColumn {
  std::shared_ptr<const Columns> columns;
  size_t number;
};

Layer layer_of(const NativeDocument& d, const std::string& name) {
  const py::gil_scoped_release release;
  return {columns(d.document, OffsetMap(d.document.text(), Offsets::Codepoint), name)};
}

py::dict memory_views(const Layer& layer) {
  py::dict out;
  for (size_t i = 0; i < layer.columns->all.size(); ++i) {
    const py::object owner = py::cast(LayerColumn{layer.columns, i});
    out[layer.columns->all[i].name] = py::reinterpret_steal<py::object>(PyMemoryView_FromObject(owner.ptr()));
  }
  return out;
}

// NumPy is imported when the first is made.
py::dict numpy_arrays(const py::object& self) {
  const auto& columns = *self.cast<const Layer&>().columns;
  py::dict out;
  for (const Column& c : columns.all) {
    const py::array array(py::dtype(std::string(1, c.format())), {columns.rows}, {c.item_size()}, columns.values(c),
                          self);
    py::detail::array_proxy(array.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
    out[c.name] = array;
  }
  return out;
}

// A capsule that owns an Arrow structure until somebody takes what is in it.
template <class T>
py::capsule arrow_capsule(T value, const char* name) {
  auto owned = std::make_unique<T>(value);
  PyObject* capsule = PyCapsule_New(owned.get(), name, [](PyObject* self) {
    auto* mine = static_cast<T*>(PyCapsule_GetPointer(self, PyCapsule_GetName(self)));
    if (mine->release != nullptr) mine->release(mine);
    delete mine;
  });
  if (capsule == nullptr) {
    value.release(&value);
    throw py::error_already_set();
  }
  owned.release();
  return py::reinterpret_steal<py::capsule>(capsule);
}

py::tuple arrow_array_of(const Layer& layer) {
  return py::make_tuple(arrow_capsule(arrow_schema(*layer.columns), "arrow_schema"),
                        arrow_capsule(arrow_array(layer.columns), "arrow_array"));
}

py::capsule arrow_stream_of(const Layer& layer) {
  return arrow_capsule(arrow_stream(layer.columns), "arrow_array_stream");
}

std::string document_json(const NativeDocument& d, const std::string& id, const std::optional<std::string>& title,
                          const std::optional<std::string>& date, const std::string& offsets) {
  Offsets unit = Offsets::Codepoint;
  if (offsets == "byte")
    unit = Offsets::Byte;
  else if (offsets == "utf16")
    unit = Offsets::Utf16;
  else if (offsets != "codepoint")
    throw std::invalid_argument("offsets must be codepoint, byte or utf16");
  const py::gil_scoped_release release;
  return to_json(d.document, {id, title, date}, unit);
}

// The enumerators' names, by value.
template <class E>
py::tuple names_of(E last) {
  py::list out;
  for (int i = 0; i <= static_cast<int>(last); ++i) out.append(py::str(std::string(to_string(static_cast<E>(i)))));
  return py::tuple(out);
}

}  // namespace

PYBIND11_MODULE(_newsnlp, m) {
  ErrorTypes& types = error_types();
  types.error = new_error_type(m, "Error", py::reinterpret_borrow<py::object>(PyExc_Exception));
  types.text = new_error_type(m, "TextError", types.error);
  types.model = new_error_type(m, "ModelError", types.error);
  types.list = new_error_type(m, "ListError", types.error);
  types.text.attr("index") = py::none();
  types.text.attr("offset") = py::none();
  py::register_exception_translator(translate);

  m.attr("version") = NEWSNLP_VERSION;
  m.attr("names") = py::dict(
      py::arg("entity_type") = names_of(EntityType::Handle), py::arg("quote_type") = names_of(QuoteType::Indirect),
      py::arg("paragraph_kind") = names_of(ParagraphKind::Boilerplate),
      py::arg("token_kind") = names_of(TokenKind::Url), py::arg("tag") = names_of(Tag::GW),
      py::arg("gender") = names_of(Gender::Female), py::arg("polarity") = names_of(Polarity::Denied),
      py::arg("certainty") = names_of(Certainty::Expected), py::arg("resolution") = names_of(Resolution::None),
      py::arg("abstention") = names_of(Abstention::BelowThreshold));

  py::class_<LayerColumn>(m, "Column", py::buffer_protocol()).def_buffer([](LayerColumn& self) {
    const Column& c = self.columns->all[self.number];
    const auto size = static_cast<py::ssize_t>(c.item_size());
    const auto count = static_cast<py::ssize_t>(self.columns->rows);
    return py::buffer_info(const_cast<char*>(self.columns->values(c)), size, std::string(1, c.format()), 1, {count},
                           {size}, true);  // read-only
  });

  py::class_<Layer>(m, "Layer")
      .def("__len__", [](const Layer& layer) { return layer.columns->rows; })
      .def("memory_views", &memory_views)
      .def("numpy_arrays", &numpy_arrays)
      .def("arrow_array", &arrow_array_of)
      .def("arrow_stream", &arrow_stream_of);

  py::class_<NativeDocument>(m, "Document")
      .def_readonly("text", &NativeDocument::text)
      .def("layer", &layer_of, py::arg("name"))
      .def(
          "key",
          [](const NativeDocument& d, uint32_t entity) {
            if (entity >= d.document.entities().size()) throw py::index_error("no such entity");
            return d.document.key(entity);
          },
          py::arg("entity"))
      .def("to_json", &document_json, py::arg("id"), py::arg("title"), py::arg("date"), py::arg("offsets"))
      .def("pack", [](const NativeDocument& d) { return py::bytes(pack(d.document)); })
      .def_static(
          "unpack",
          [](const py::str& text, const py::bytes& bytes) {
            return NativeDocument{unpack(utf8(text), std::string(bytes)), text};
          },
          py::arg("text"), py::arg("bytes"));

  py::class_<Analyzer>(m, "Analyzer")
      .def(py::init(&make_analyzer), py::arg("model"), py::arg("names"), py::arg("aliases"), py::arg("cues"),
           py::arg("patterns"), py::arg("min_score"), py::arg("min_speaker_score"), py::arg("max_bytes"))
      .def("analyze", &analyze, py::arg("text"))
      .def("analyze_many", &analyze_many, py::arg("texts"), py::arg("threads"))
      .def(
          "explain",
          [](const Analyzer& a, const NativeDocument& d, uint32_t quote) {
            const py::gil_scoped_release release;
            return a.explain(d.document, quote);
          },
          py::arg("document"), py::arg("quote"));
}

}  // namespace newsnlp::python
