// Model: weights, lexicons and patterns in one read-only block of bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newsnlp {

/// One immutable model, shared by any number of analyzers and threads. Models are untrusted data: everything is checked
/// before use, and what is damaged is a ModelError.
class Model {
 public:
  /// The model that is linked into the library. Throws ModelError if the library was built without one.
  static std::shared_ptr<const Model> builtin();
  /// Reads a model file. Throws ModelError with what was found, what was expected and what to do.
  static std::shared_ptr<const Model> open(const std::string& path);
  /// Checks and takes a model's bytes; `name` stands for them in messages. Throws ModelError.
  static std::shared_ptr<const Model> from_bytes(std::string bytes, const std::string& name);

  /// The bytes of a section, 64-byte aligned; empty when the model has none of that name.
  std::span<const std::byte> section(std::string_view name) const noexcept;
  /// Names of all sections, in file order.
  std::vector<std::string_view> sections() const;
  /// "built-in", or the path the model was read from.
  const std::string& name() const noexcept { return name_; }
  /// CRC-64 of the sections: two models with the same checksum give the same results.
  uint64_t checksum() const noexcept { return checksum_; }

  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

 private:
  struct Section {
    std::string_view name;
    std::span<const std::byte> bytes;
  };
  Model() = default;
  // What is linked into the library is as sound as the library's code: its checksum is not added up again.
  enum class Damage : uint8_t { Possible, Impossible };
  void check(std::span<const std::byte> bytes, Damage damage);

  std::string name_;
  uint64_t checksum_ = 0;
  std::vector<std::byte> storage_;  // empty for the built-in model, which stays where the linker put it
  std::vector<Section> sections_;
};

}  // namespace newsnlp
