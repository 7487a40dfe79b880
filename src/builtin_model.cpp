// Room: model. The built-in model is linked in as bytes; the build packs it from data/en (tools/pack).
#include <algorithm>
#include <functional>
#include <span>

#include "model_file.h"
#include "newsnlp/error.h"
#include "newsnlp/model.h"

__asm__(
    ".section .rodata\n"
    ".balign 64\n"
    ".global newsnlp_builtin_model\n"
    ".hidden newsnlp_builtin_model\n"
    "newsnlp_builtin_model:\n"
    ".incbin \"" NEWSNLP_MODEL_FILE
    "\"\n"
    ".global newsnlp_builtin_model_end\n"
    ".hidden newsnlp_builtin_model_end\n"
    "newsnlp_builtin_model_end:\n"
    ".byte 0\n"
    ".previous\n");

extern "C" {
extern const std::byte newsnlp_builtin_model[];
extern const std::byte newsnlp_builtin_model_end[];
}

namespace newsnlp {

std::shared_ptr<const Model> Model::builtin() {
  static const std::shared_ptr<const Model> model = [] {
    std::shared_ptr<Model> m(new Model);
    m->name_ = "built-in";
    m->check({newsnlp_builtin_model, static_cast<size_t>(newsnlp_builtin_model_end - newsnlp_builtin_model)},
             Damage::Impossible);
    return m;
  }();
  return model;
}

bool is_linked_in(std::span<const std::byte> section) noexcept {
  const std::less_equal<const std::byte*> before;
  return before(newsnlp_builtin_model, section.data()) &&
         before(section.data() + section.size(), newsnlp_builtin_model_end);
}

bool is_builtin_section(const Model& model, std::string_view name) {
  const auto here = model.section(name);
  const auto there = Model::builtin()->section(name);
  if (here.size() != there.size()) return false;
  return here.data() == there.data() || std::equal(here.begin(), here.end(), there.begin());
}

}  // namespace newsnlp
