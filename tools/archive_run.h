// Room: tools. The main verb: every article of the input, analysed on all threads, reported in order.
#pragma once

#include "command_line.h"
#include "messages.h"
#include "output.h"

namespace newsnlp {

/// Returns the exit code: 0 all well, 1 some inputs failed, 2 all of them failed. Throws Error before the first article
/// (model, lists), OutputError when nothing more can be written.
int run_archive(const CommandLine& line, Output& output, Messages& messages);

}  // namespace newsnlp
