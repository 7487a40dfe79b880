#include "pattern_sketch.h"

namespace newsnlp {
namespace {

// Places where the next step may begin: at the begin of a symbol, and behind some of it.
template <class Bits>
struct Places {
  Bits fresh = 0, inside = 0;

  bool none() const noexcept { return (fresh | inside) == 0; }
  void add(const Places& other) noexcept {
    fresh |= other.fresh;
    inside |= other.inside;
  }
};

// The lowest of these and all above.
template <class Bits>
Bits from_lowest(Bits places) noexcept {
  return ~((places & -places) - 1) & -Bits{places != 0};
}

template <class Bits>
class Runner {
 public:
  explicit Runner(const SymbolSets<Bits>& sets) : sets_(sets), all_(sets.all()) {}

  Places<Bits> run(std::span<const SketchStep> steps, Places<Bits> at) const noexcept {
    for (size_t i = 0; i < steps.size() && !at.none(); ++i) {
      const SketchStep& step = steps[i];
      const Places<Bits> before = at;
      switch (step.kind) {
        case SketchStep::Kind::Part:
          at = {0, at.inside | at.fresh};
          break;
        case SketchStep::Kind::Word:
          at = {0, at.inside | (at.fresh & sets_.of[step.arg])};
          break;
        case SketchStep::Kind::Whole:
          at = {0, at.fresh & sets_.of[step.arg]};
          break;
        case SketchStep::Kind::Begin:
          at = {0, at.inside | (from_lowest(at.fresh & sets_.of[step.arg]) & all_)};
          break;
        case SketchStep::Kind::Phrase:
          at = {0, at.inside | phrases(at.fresh, static_cast<PhraseKind>(step.arg))};
          break;
        case SketchStep::Kind::Who:
          at = {0, at.inside | who(at.fresh, sets_.of[step.arg], sets_.of[steps[i + 1].arg])};
          ++i;
          break;
        case SketchStep::Kind::Some:
          at = {0, from_lowest(at.inside | at.fresh) & all_};
          break;
        case SketchStep::Kind::Any:
          at.inside = at.fresh = from_lowest(at.inside | at.fresh) & all_;
          break;
        case SketchStep::Kind::Space:
          at = {next(at.inside), 0};
          break;
        case SketchStep::Kind::Group: {
          const size_t end = i + step.arg;
          at = {};
          while (i < end) {
            const size_t size = steps[++i].arg;
            at.add(run(steps.subspan(i + 1, size), before));
            i += size;
          }
          break;
        }
        case SketchStep::Kind::Comma:   // of a Who
        case SketchStep::Kind::Choice:  // of a Group
          break;
      }
      if (step.optional) at.add(before);
    }
    return at;
  }

 private:
  Bits next(Bits places) const noexcept { return places << 1 & all_; }
  // The ends of the noun phrases that begin there.
  Bits phrases(Bits begins, PhraseKind kind = PhraseKind::Any) const noexcept {
    Bits ends = 0;
    for (Bits rest = begins & sets_.opens[static_cast<size_t>(kind)]; rest != 0; rest &= rest - 1) {
      const Bits behind = sets_.closes & ~((rest & -rest) - 1);
      ends |= behind & -behind;
    }
    return ends;
  }
  // "the mayor of Turin"
  Bits chains(Bits begins, Bits prepositions) const noexcept {
    Bits all = 0;
    for (Bits more = phrases(begins); (more & ~all) != 0;) {
      all |= more;
      more = phrases(next(next(more) & prepositions));
    }
    return all;
  }
  // ", 61" and ", a former judge ,"
  Bits who(Bits begins, Bits prepositions, Bits comma) const noexcept {
    Bits ends = chains(begins, prepositions);
    ends |= next(next(ends) & comma) & sets_.numbers;
    return ends | (next(chains(next(next(ends) & comma), prepositions)) & comma);
  }

  const SymbolSets<Bits>& sets_;
  Bits all_;
};

}  // namespace

template <class Bits>
Bits PatternSketch::begins(const SymbolSets<Bits>& sets) const noexcept {
  if (from_begin) return 1;
  const SketchStep& first = steps.front();
  if (!first.optional) {
    if (first.kind == SketchStep::Kind::Word || first.kind == SketchStep::Kind::Whole) return sets.of[first.arg];
    if (first.kind == SketchStep::Kind::Phrase) return sets.opens[first.arg];
    if (first.kind == SketchStep::Kind::Who) return sets.opens[static_cast<size_t>(PhraseKind::Any)];
  }
  return sets.all();
}

template <class Bits>
Bits PatternSketch::ends(const SymbolSets<Bits>& sets, Bits begins) const noexcept {
  const Bits all = Runner<Bits>(sets).run(steps, {begins, 0}).inside;
  return to_end ? all & Bits{1} << (sets.size - 1) : all;
}

template uint64_t PatternSketch::begins(const SymbolSets<uint64_t>&) const noexcept;
template uint64_t PatternSketch::ends(const SymbolSets<uint64_t>&, uint64_t) const noexcept;
template WideBits PatternSketch::begins(const SymbolSets<WideBits>&) const noexcept;
template WideBits PatternSketch::ends(const SymbolSets<WideBits>&, WideBits) const noexcept;

}  // namespace newsnlp
