// The command line.
#include <unistd.h>

#include <new>

#include "archive_run.h"
#include "command_line.h"
#include "commands.h"
#include "messages.h"
#include "newsnlp/error.h"
#include "output.h"

namespace {

using namespace newsnlp;

int change_or_measure(const CommandLine& line) {
  const bool training = line.verb == CommandLine::Verb::Train;
  if (line.stage == "pos")
    training ? train_pos(line.train) : evaluate_pos(line.evaluate);
  else if (line.stage == "ner")
    training ? train_ner(line.train) : evaluate_ner(line.evaluate);
  else if (line.stage == "quotes")
    training ? train_quotes(line.train) : evaluate_quotes(line.evaluate);
  else if (line.stage == "speakers")
    training ? train_speakers(line.train) : evaluate_speakers(line.evaluate);
  else
    throw Error("unknown stage \"" + line.stage + "\"; use pos, ner, quotes or speakers");
  return 0;
}

int run(const CommandLine& line, Output& output, Messages& messages) {
  switch (line.verb) {
    case CommandLine::Verb::Help:
      output.write(kHelp);
      return 0;
    case CommandLine::Verb::Version:
      output.write("newsnlp " NEWSNLP_VERSION "\n");
      return 0;
    case CommandLine::Verb::Train:
    case CommandLine::Verb::Evaluate:
      return change_or_measure(line);
    case CommandLine::Verb::Analyze:
      break;
  }
  return run_archive(line, output, messages);
}

}  // namespace

int main(int argc, char** argv) {
  Output output(STDOUT_FILENO);
  Messages errors(false);
  try {
    const CommandLine line = parse_command_line(argc, argv);
    Messages messages(line.progress);
    return run(line, output, messages);
  } catch (const OutputError& e) {
    errors.say(e.what());
    return output.records() > 0 ? 1 : 2;
  } catch (const std::bad_alloc&) {
    errors.say("out of memory");
    return 2;
  } catch (const std::exception& e) {
    errors.say(e.what());
    return 2;
  }
}
