// Room: model. The model file:
//
//   0   char[8]  "newsnlp\n"
//   8   u32      format version (kModelFormat)
//   12  u32      number of sections
//   16  u64      size of the whole file, bytes
//   24  u64      CRC-64 of all that follows byte 32
//   32  table    a section: char name[48] (NUL padded), u64 offset, u64 size
//   …   sections, each at a multiple of 64 bytes
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace newsnlp {

inline constexpr uint32_t kModelFormat = 3;

/// Section name -> bytes; the file holds them in name order.
using ModelSections = std::map<std::string, std::string>;

/// The bytes of a model file.
std::string pack_model(const ModelSections& sections);

class Model;

/// The section as text; empty where it is absent. Valid as long as the model.
std::string_view text_section(const Model& model, std::string_view name);

/// The section has the bytes of the built-in model's, which the tests have checked.
bool is_builtin_section(const Model& model, std::string_view name);

/// These are bytes of the built-in model where it is linked in: whatever a reader checks of them, the tests have
/// checked of a copy.
bool is_linked_in(std::span<const std::byte> section) noexcept;

/// CRC-64/XZ.
uint64_t crc64(std::span<const std::byte> bytes) noexcept;

}  // namespace newsnlp
