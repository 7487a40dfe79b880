// Room: analyzer. Many articles on all cores: readers wait for a slow consumer, the order is kept.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <span>
#include <system_error>
#include <thread>

#include "newsnlp/analyzer.h"

namespace newsnlp {
namespace {

// That a thread analyses together, at most; one long article is more.
constexpr size_t kArticles = 64;
constexpr size_t kBytes = size_t{320} << 10;
// In flight, a thread, times that: nobody sleeps while another one reads or writes.
constexpr size_t kAhead = 2;
// More are of no use to anybody, and what is in flight grows with them.
constexpr unsigned kMostThreads = 1024;
// A `next` that takes longer is not called again while there is something to analyse, where there is one thread.
constexpr auto kPatience = std::chrono::milliseconds(1);

// The calling thread reads, delivers, and analyses when there is nothing to read or to deliver; the others analyse.
class ArchiveRun {
 public:
  using Outcome = Analyzer::Outcome;
  using Analyse = std::function<void(std::span<std::string>, std::span<Outcome>)>;

  ArchiveRun(const std::function<std::optional<std::string>()>& next, const std::function<void(Outcome&&)>& done,
             const Analyse& analyse, unsigned threads)
      : next_(next),
        done_(done),
        analyse_(analyse),
        threads_(threads),
        ahead_(threads == 1 ? 1 : kAhead * threads),
        slots_(kArticles * ahead_) {}

  void run() {
    std::vector<Hands> hands(threads_);  // all memory that a thread takes before it analyses
    for (Hands& h : hands) h.reserve();
    std::vector<std::jthread> workers;
    const Closer closer{*this};  // lets the workers end before they are waited for
    try {
      for (unsigned i = 1; i < threads_; ++i) workers.emplace_back([this, &h = hands[i]] { work(h); });
    } catch (const std::system_error&) {  // the system gives no more threads: those that there are do the work
    }
    for (bool more = true;;) {
      if (deliver()) continue;
      if (more && room()) {
        more = read();
        continue;
      }
      if (delivered_ == given_) return;
      if (!analyse_some(hands[0])) wait();
    }
  }

 private:
  struct Slot {
    std::string text;
    size_t bytes = 0;  // of the text, also when it is gone
    Outcome outcome;
    bool ready = false;
  };
  // What a thread has taken.
  struct Hands {
    std::vector<std::string> texts;
    std::vector<Outcome> outcomes;
    void reserve() {
      texts.reserve(kArticles);
      outcomes.reserve(kArticles);
    }
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
    if (threads_ == 1 && slow_ && in_flight > 0) return false;
    return in_flight < threads_ || (in_flight < slots_.size() && bytes_ < kBytes * ahead_);
  }

  bool read() {
    const auto start = std::chrono::steady_clock::now();
    std::optional<std::string> text = next_();
    slow_ = std::chrono::steady_clock::now() - start > kPatience;
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

  bool analyse_some(Hands& hands) {
    std::unique_lock lock(mutex_);
    if (taken_ == given_) return false;
    analyse(lock, hands);
    return true;
  }

  void work(Hands& hands) {
    for (;;) {
      std::unique_lock lock(mutex_);
      work_.wait(lock, [&] { return taken_ < given_ || closed_; });
      if (taken_ == given_) return;
      analyse(lock, hands);
    }
  }

  // A thread's share of what nobody has begun: so the last ones are spread over all threads.
  size_t share() {
    const size_t most = std::min((given_ - taken_ + threads_ - 1) / threads_, kArticles);
    size_t bytes = slot(taken_).bytes;
    size_t count = 1;
    while (count < most && (bytes += slot(taken_ + count).bytes) <= kBytes) ++count;
    return count;
  }

  void analyse(std::unique_lock<std::mutex>& lock, Hands& hands) {
    auto& [texts, outcomes] = hands;
    const size_t first = taken_;
    const size_t count = share();
    texts.clear();
    outcomes.clear();
    for (size_t i = 0; i < count; ++i) {
      outcomes.emplace_back().index = taken_;
      texts.push_back(std::move(slot(taken_++).text));
    }
    lock.unlock();
    analyse_(texts, outcomes);
    lock.lock();
    for (Outcome& outcome : outcomes) {
      Slot& mine = slot(outcome.index);
      mine.outcome = std::move(outcome);
      mine.ready = true;
    }
    const bool awaited = first == delivered_;
    lock.unlock();
    if (awaited) ready_.notify_one();
  }

  const std::function<std::optional<std::string>()>& next_;
  const std::function<void(Outcome&&)>& done_;
  const Analyse& analyse_;
  const size_t threads_;
  const size_t ahead_;  // times what a thread analyses together
  // Slot of an article: its index modulo their number. A slot belongs to who works on its article, what is `ready` and
  // the counts to who holds the mutex; only the calling thread changes `delivered_` and `given_`, and `bytes_` and
  // `slow_` are its own.
  std::vector<Slot> slots_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable ready_;
  size_t given_ = 0;      // articles read
  size_t taken_ = 0;      // articles that someone has begun
  size_t delivered_ = 0;  // articles that `done` got
  size_t bytes_ = 0;      // of the texts in flight
  bool slow_ = false;     // the last `next` was
  bool closed_ = false;   // nothing more will come
};

}  // namespace

void Analyzer::analyze_all(const std::function<std::optional<std::string>()>& next,
                           const std::function<void(Outcome&&)>& done, unsigned threads, Layout layout,
                           const std::function<void(Outcome&)>& prepare) const {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  threads = std::min(threads, kMostThreads);
  const ArchiveRun::Analyse analyse = [&](std::span<std::string> texts, std::span<Outcome> outcomes) {
    try {
      analyze_together(texts, layout, outcomes);
    } catch (...) {  // no memory for any of them
      for (Outcome& outcome : outcomes)
        if (outcome.error == nullptr) outcome.error = std::current_exception();
    }
    if (!prepare) return;
    for (Outcome& outcome : outcomes) {
      if (outcome.error != nullptr) continue;
      try {
        prepare(outcome);
      } catch (...) {
        outcome.error = std::current_exception();
      }
    }
  };
  ArchiveRun(next, done, analyse, threads).run();
}

}  // namespace newsnlp
