#include "command_line.h"

#include <CLI/CLI.hpp>
#include <array>
#include <string_view>
#include <unordered_map>

#include "newsnlp/error.h"

namespace newsnlp {

const char* const kHelp = R"(newsnlp: who said what in the news

  newsnlp article.txt                       read who said what
  newsnlp --by speaker article.txt          the same, a speaker at a time
  cat article.txt | newsnlp --format csv -  a row a quote
  newsnlp --input jsonl --format jsonl --progress archive.jsonl > quotes.jsonl

usage: newsnlp [options] FILE...            FILE - is standard input
  --format text|json|jsonl|csv|conll        default: text
  --input text|jsonl|conll                  default: text, one article a file;
                                            jsonl: {"id", "text"} a line
  --offsets codepoint|byte|utf16            unit of offsets
  --by speaker                              text: group the quotes
  --explain                                 text: add each quote's evidence
  --min-score X                             leave out quotes below X (0 to 1)
  --min-speaker-score X                     name no speaker below X (0 to 1)
  --threads N                               default: all cores
  --progress                                tell how far the work is
  --model FILE                              a model of your own
  --names FILE     name, type, force|help|never      lists of your own: fields
  --aliases FILE   alias, name, type, role           separated by tabs
  --cues FILE      cue, speech|thought|noun|preposition|never
  --patterns FILE  attribution patterns of your own
  newsnlp train pos|ner|quotes|speakers DATA... --model FILE [--resources DIR]
  newsnlp evaluate pos|ner|quotes|speakers GOLD... [--model FILE]

exit code: 0 all well; 1 some inputs failed, each is named; 2 nothing was done
)";

namespace {

template <class E, size_t N>
E choice(const char* what, const std::string& name, const std::array<std::string_view, N>& names, const char* remedy) {
  for (size_t i = 0; i < N; ++i)
    if (names[i] == name) return static_cast<E>(i);
  throw Error(std::string("unknown ") + what + " \"" + name + "\"; use " + remedy);
}

void add_verbs(CLI::App& app, CommandLine& line) {
  CLI::App* t = app.add_subcommand("train", "");
  t->add_option("WHAT", line.stage)->required();
  t->add_option("DATA", line.train.data)->required();
  t->add_option("--model", line.train.model)->required();
  t->add_option("--resources", line.train.resources);
  t->add_option("--seed", line.train.seed);
  t->add_option("--set", line.train.settings);
  t->callback([&line] { line.verb = CommandLine::Verb::Train; });
  CLI::App* e = app.add_subcommand("evaluate", "");
  e->add_option("WHAT", line.stage)->required();
  e->add_option("GOLD", line.evaluate.gold)->required();
  e->add_option("--model", line.evaluate.model);
  e->add_option("--resolved", line.evaluate.resolved);
  e->add_option("--gap", line.evaluate.gap);
  e->add_option("--worst", line.evaluate.worst);
  e->callback([&line] { line.verb = CommandLine::Verb::Evaluate; });
}

// What cannot be meant together is an error, not a surprise.
void check(const CommandLine& line, bool by_given) {
  if (line.verb != CommandLine::Verb::Analyze) return;
  if (line.files.empty()) throw Error("no FILE was given; - is standard input (see newsnlp --help)");
  const bool text = line.report.format == Format::Text;
  if (by_given && !text) throw Error("--by belongs to --format text");
  if (line.report.explain && !text) throw Error("--explain belongs to --format text");
  if (line.report.explain && line.input == InputFormat::Columns) throw Error("--explain needs --input text or jsonl");
  const auto share = [](const std::optional<float>& x) { return !x || (*x >= 0 && *x <= 1); };
  if (!share(line.min_score)) throw Error("--min-score must be from 0 to 1");
  if (!share(line.min_speaker_score)) throw Error("--min-speaker-score must be from 0 to 1");
}

}  // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
  CommandLine line;
  std::string format = "text";
  std::string input = "text";
  std::string offsets = "codepoint";
  std::string by;
  bool help = false;
  bool version = false;
  CLI::App app("", "newsnlp");
  app.set_help_flag();
  app.add_flag("-h,--help", help);
  app.add_flag("--version", version);
  app.add_option("FILE", line.files);
  app.add_option("--format", format);
  app.add_option("--input", input);
  app.add_option("--offsets", offsets);
  app.add_option("--by", by);
  app.add_flag("--explain", line.report.explain);
  app.add_option("--min-score", line.min_score);
  app.add_option("--min-speaker-score", line.min_speaker_score);
  app.add_option("--threads", line.threads);
  app.add_flag("--progress", line.progress);
  app.add_option("--model", line.model);
  app.add_option("--names", line.names);
  app.add_option("--aliases", line.aliases);
  app.add_option("--cues", line.cues);
  app.add_option("--patterns", line.patterns);
  add_verbs(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (help) {
      line.verb = CommandLine::Verb::Help;
      return line;
    }
    throw Error(std::string(e.what()) + " (see newsnlp --help)");
  }
  if (help || version) {
    line.verb = help ? CommandLine::Verb::Help : CommandLine::Verb::Version;
    return line;
  }
  line.report.format = parse_format(format);
  line.input = choice<InputFormat, 3>("input", input, {"text", "jsonl", "conll"}, "text, jsonl or conll");
  line.report.offsets =
      choice<Offsets, 3>("unit of offsets", offsets, {"codepoint", "byte", "utf16"}, "codepoint, byte or utf16");
  if (!by.empty()) line.report.by_speaker = choice<bool, 2>("--by", by, {"", "speaker"}, "speaker");
  line.report.one_article = line.input == InputFormat::Text && line.files.size() == 1;
  check(line, !by.empty());
  return line;
}

}  // namespace newsnlp
