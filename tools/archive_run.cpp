#include "archive_run.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace newsnlp {
namespace {

Options options_of(const CommandLine& line) {
  Options options;
  options.min_score = line.min_score;
  options.min_speaker_score = line.min_speaker_score;
  if (!line.names.empty()) options.names = read_names(read_file(line.names), line.names);
  if (!line.aliases.empty()) options.aliases = read_aliases(read_file(line.aliases), line.aliases);
  if (!line.cues.empty()) options.cues = read_cues(read_file(line.cues), line.cues);
  if (!line.patterns.empty()) options.patterns = read_file(line.patterns);
  return options;
}

ReportSettings report_settings(const CommandLine& line, const Output& output) {
  ReportSettings settings = line.report;
  const char* no_colour = std::getenv("NO_COLOR");
  settings.colour = output.is_terminal() && (no_colour == nullptr || *no_colour == '\0');
  settings.width = output.width();
  return settings;
}

std::string reason(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& e) {
    return e.what();
  }
}

// Large arrays go back to the system when they are freed. Left to itself, glibc raises the bound to 32 MB, and each
// thread's heap keeps what longer articles took.
void keep_heaps_small() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

// What is known of the articles that were read and not yet reported; the analyzer bounds their number.
class InFlight {
 public:
  struct Entry {
    Article article;
    std::string report;  // once it is made
  };
  void push(Article article) {
    const std::lock_guard lock(mutex_);
    entries_.push_back({std::move(article), {}});
  }
  /// Stays where it is until it is popped.
  Entry& at(size_t index) {
    const std::lock_guard lock(mutex_);
    return entries_[index - popped_];
  }
  Entry pop() {
    const std::lock_guard lock(mutex_);
    Entry entry = std::move(entries_.front());
    entries_.pop_front();
    ++popped_;
    return entry;
  }

 private:
  std::mutex mutex_;
  std::deque<Entry> entries_;
  size_t popped_ = 0;
};

}  // namespace

int run_archive(const CommandLine& line, Output& output, Messages& messages) {
  keep_heaps_small();
  const Options options = options_of(line);
  const Analyzer analyzer(line.model.empty() ? Model::builtin() : Model::open(line.model), options);
  const std::unique_ptr<Report> report = make_report(report_settings(line, output), analyzer);

  uint64_t done = 0;
  uint64_t failed = 0;
  const auto fail = [&](const std::string& message) {
    ++failed;
    messages.say(message);
  };
  ArticleReader reader(line.files, line.input, options.max_bytes, fail);
  InFlight in_flight;
  const auto next = [&]() -> std::optional<std::string> {
    std::optional<Article> article = reader.next();
    if (!article) return {};
    if (line.input == InputFormat::Text && is_html(article->text))
      messages.say(
          article->where +
          ": this looks like HTML, whose tags are read as words; take its text out first, with trafilatura, say");
    std::string text = std::move(article->text);
    in_flight.push(std::move(*article));
    return text;
  };
  const auto prepare = [&](Analyzer::Outcome& outcome) {
    InFlight::Entry& entry = in_flight.at(outcome.index);
    entry.report = report->article(entry.article, outcome.document);
    outcome.document = {};  // given back by the thread that took its memory
  };
  const auto finish = [&](Analyzer::Outcome&& outcome) {
    const InFlight::Entry entry = in_flight.pop();
    if (outcome.error) {
      fail(entry.article.where + ": " + reason(outcome.error));
    } else {
      output.write((done == 0 ? report->head() : report->between()) + entry.report);
      ++done;
    }
    messages.progress(done, reader.bytes());
  };
  unsigned threads = line.threads != 0 ? line.threads : std::max(1U, std::thread::hardware_concurrency());
  if (line.input == InputFormat::Text) threads = std::min<unsigned>(threads, static_cast<unsigned>(line.files.size()));
  analyzer.analyze_all(next, finish, threads,
                       line.input == InputFormat::Columns ? Layout::SentencePerLine : Layout::Article, prepare);
  if (done > 0 || failed == 0) output.write((done == 0 ? report->head() : std::string()) + report->tail());
  messages.progress(done, reader.bytes(), true);
  if (failed == 0) return 0;
  return done > 0 ? 1 : 2;
}

}  // namespace newsnlp
