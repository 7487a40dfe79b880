// Room: analyzer. Many articles on all cores: readers wait for a slow consumer, the order is kept.
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "newsnlp/analyzer.h"

namespace newsnlp {
namespace {

// In flight, a thread: so many articles that nobody sleeps while another one reads or writes, unless they are long.
constexpr size_t kArticles = 32;
constexpr size_t kBytes = size_t{256} << 10;

// The calling thread reads, delivers, and analyses when there is nothing to read or to deliver; the others analyse.
class ArchiveRun {
 public:
  using Outcome = Analyzer::Outcome;
  using Analyse = std::function<void(std::string&&, Outcome&)>;

  ArchiveRun(const std::function<std::optional<std::string>()>& next, const std::function<void(Outcome&&)>& done,
             const Analyse& analyse, unsigned threads)
      : next_(next),
        done_(done),
        analyse_(analyse),
        threads_(threads),
        slots_(threads == 1 ? 1 : kArticles * threads) {}

  void run() {
    std::vector<std::jthread> workers;
    const Closer closer{*this};  // lets the workers end before they are waited for
    for (unsigned i = 1; i < threads_; ++i) workers.emplace_back([this] { work(); });
    for (bool more = true;;) {
      if (deliver()) continue;
      if (more && room()) {
        more = read();
        continue;
      }
      if (delivered_ == given_) return;
      if (!analyse_one()) wait();
    }
  }

 private:
  struct Slot {
    std::string text;
    size_t bytes = 0;  // of the text, also when it is gone
    Outcome outcome;
    bool ready = false;
  };
  struct Closer {
    ArchiveRun& run;
    ~Closer() {
      const std::lock_guard lock(run.mutex_);
      run.closed_ = true;
      run.taken_ = run.given_;
      run.work_.notify_all();
    }
  };

  Slot& slot(size_t index) { return slots_[index % slots_.size()]; }

  bool room() const {
    const size_t in_flight = given_ - delivered_;
    return in_flight < threads_ || (in_flight < slots_.size() && bytes_ < kBytes * threads_);
  }

  bool read() {
    std::optional<std::string> text = next_();
    if (!text) return false;
    bytes_ += text->size();
    {
      const std::lock_guard lock(mutex_);
      slot(given_).bytes = text->size();
      slot(given_).text = std::move(*text);
      ++given_;
    }
    work_.notify_one();
    return true;
  }

  // The first article that is not delivered, when it is ready.
  bool deliver() {
    Slot& first = slot(delivered_);
    Outcome outcome;
    {
      const std::lock_guard lock(mutex_);
      if (!first.ready) return false;
      outcome = std::move(first.outcome);
      first.ready = false;
      ++delivered_;
    }
    bytes_ -= first.bytes;
    done_(std::move(outcome));
    return true;
  }

  void wait() {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return slot(delivered_).ready; });
  }

  bool analyse_one() {
    std::unique_lock lock(mutex_);
    if (taken_ == given_) return false;
    analyse(lock);
    return true;
  }

  void work() {
    for (;;) {
      std::unique_lock lock(mutex_);
      work_.wait(lock, [&] { return taken_ < given_ || closed_; });
      if (taken_ == given_) return;
      analyse(lock);
    }
  }

  void analyse(std::unique_lock<std::mutex>& lock) {
    Outcome outcome;
    outcome.index = taken_++;
    Slot& mine = slot(outcome.index);
    std::string text = std::move(mine.text);
    lock.unlock();
    analyse_(std::move(text), outcome);
    lock.lock();
    const bool first = outcome.index == delivered_;
    mine.outcome = std::move(outcome);
    mine.ready = true;
    lock.unlock();
    if (first) ready_.notify_one();
  }

  const std::function<std::optional<std::string>()>& next_;
  const std::function<void(Outcome&&)>& done_;
  const Analyse& analyse_;
  const size_t threads_;

  // Slot of an article: its index modulo their number. A slot belongs to who works on its article, what is `ready` and
  // the counts to who holds the mutex; only the calling thread changes `delivered_` and `given_`, and `bytes_` is its
  // own.
  std::vector<Slot> slots_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable ready_;
  size_t given_ = 0;      // articles read
  size_t taken_ = 0;      // articles that someone has begun
  size_t delivered_ = 0;  // articles that `done` got
  size_t bytes_ = 0;      // of the texts in flight
  bool closed_ = false;   // nothing more will come
};

}  // namespace

void Analyzer::analyze_all(const std::function<std::optional<std::string>()>& next,
                           const std::function<void(Outcome&&)>& done, unsigned threads, Layout layout,
                           const std::function<void(Outcome&)>& prepare) const {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  const ArchiveRun::Analyse analyse = [&](std::string&& text, Outcome& outcome) {
    try {
      outcome.document = analyze(std::move(text), layout);
      if (prepare) prepare(outcome);
    } catch (...) {
      outcome.error = std::current_exception();
    }
  };
  ArchiveRun(next, done, analyse, threads).run();
}

}  // namespace newsnlp
