// libFuzzer: any bytes give a document whose invariants hold, or a TextError. Build with clang:
//   cmake -B build/fuzz -DNEWSNLP_FUZZ=ON -DCMAKE_CXX_COMPILER=clang++ && build/fuzz/fuzz_analyze tests/golden
#include <string>

#include "layers.h"
#include "newsnlp/newsnlp.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size) {
  static const newsnlp::Analyzer analyzer;
  try {
    const newsnlp::Document document = analyzer.analyze(std::string(reinterpret_cast<const char*>(data), size));
    if (!newsnlp::check_invariants(document).empty()) __builtin_trap();
    if (newsnlp::to_json(document, {}, newsnlp::Offsets::Utf16).empty()) __builtin_trap();
  } catch (const newsnlp::TextError& error) {
    if (error.offset() > size) __builtin_trap();
  }
  return 0;
}
