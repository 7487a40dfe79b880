// Room: recognizer. First-order linear-chain CRF over BILOU labels; weights are integers, kScale to one nat.
//
//   label   0 outside; of type t: 1 + 4t Begin, 2 + 4t Inside, 3 + 4t Last, 4 + 4t Unit
//   row     what speaks for each label but outside, which always weighs 0: 4 numbers a type, in label order
//   steps   from closed states (outside, Last, Unit) to opening ones (outside, Begin, Unit), and inside one type
//           Begin, Inside -> Inside, Last; all others are impossible
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "crf_lanes.h"
#include "newsnlp/document.h"
#include "section.h"

namespace newsnlp {

class Crf {
 public:
  static constexpr uint32_t kMaxTypes = 12;
  static constexpr uint32_t kMaxLabels = 1 + 4 * kMaxTypes;
  static constexpr int32_t kScale = 32;

  /// A stretch of tokens [begin, end) of one type, index into types().
  struct Chunk {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint32_t type = 0;
    friend bool operator==(const Chunk&, const Chunk&) = default;
  };
  /// Arrays that are reused from sequence to sequence of one Crf.
  struct Lattice {
    std::vector<int32_t> best, best_outside;  // rows as in crf_lanes.h
    std::vector<float> emission, emission_outside, alpha, alpha_outside, beta, beta_outside;
    size_t room = 0;  // tokens, for marginals()
    std::vector<uint8_t> labels;
  };

  Crf() = default;
  /// `step` holds (labels + 1) rows of `labels` numbers: from each label, and in the last row from the start.
  Crf(std::vector<EntityType> types, std::vector<int32_t> step);
  /// Reads what write() wrote. Throws ModelError.
  explicit Crf(SectionReader& in);
  void write(SectionWriter& out) const;

  std::span<const EntityType> types() const noexcept { return types_; }
  uint32_t labels() const noexcept { return 1 + 4 * static_cast<uint32_t>(types_.size()); }
  uint32_t row() const noexcept { return 4 * static_cast<uint32_t>(types_.size()); }

  /// The best sequence of labels of `length` tokens; `emission` holds `length` rows. Ties go to the lower label.
  void decode(std::span<const int16_t> emission, uint32_t length, Lattice& lattice, std::vector<Chunk>& chunks) const;

  /// A stretch of tokens [begin, end), and of each type how likely a chunk of it has exactly these ends: 0 where that
  /// is less than what was asked for.
  struct Marginal {
    uint32_t begin = 0;
    uint32_t end = 0;
    std::array<float, kMaxTypes> types{};
  };
  /// Appends every stretch of at most `longest` tokens of which one type is `least` or more, by begin and end.
  void marginals(std::span<const int16_t> emission, uint32_t length, CrfBorders borders, float least, uint32_t longest,
                 Lattice& lattice, std::vector<Marginal>& out) const;

  /// Whether label `b` may follow label `a`.
  static bool may_follow(uint32_t a, uint32_t b) noexcept;
  static bool may_start(uint32_t a) noexcept { return a == 0 || (a - 1) % 4 == 0 || (a - 1) % 4 == 3; }
  static bool may_end(uint32_t a) noexcept { return a == 0 || (a - 1) % 4 >= 2; }

 private:
  struct Kernel;
  template <uint32_t kLanes>
  struct Kernels;

  int32_t step(uint32_t a, uint32_t b) const noexcept { return step_[a * labels() + b]; }
  uint32_t lane(uint32_t label) const noexcept;
  uint32_t label_before(uint32_t label, uint32_t token, const Lattice& lattice) const noexcept;
  void prepare();
  template <class Number, class Value>
  void fill(CrfSteps<Number>& steps, Number impossible, Value value) const;
  std::vector<EntityType> types_;
  std::vector<int32_t> step_;
  uint32_t lanes_ = 4;
  const Kernel* kernel_ = nullptr;  // for this machine
  CrfSteps<int32_t> sums_;
  CrfSteps<float> factors_;  // e ^ step
};

}  // namespace newsnlp
