// Room: analyzer. Many articles on all cores: readers wait for a slow consumer, the order is kept.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "newsnlp/analyzer.h"

namespace newsnlp {

void Analyzer::analyze_all(const std::function<std::optional<std::string>()>& next,
                           const std::function<void(Outcome&&)>& done, unsigned threads, Layout layout) const {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());

  // A window of articles in flight: slot = index modulo the window. The calling thread reads and delivers, the workers
  // analyse. Everything below is guarded by `mutex`.
  struct Slot {
    std::string text;
    Outcome outcome;
    bool ready = false;
  };
  const size_t window = size_t{4} * threads;
  std::vector<Slot> slots(window);
  std::mutex mutex;
  std::condition_variable work;
  std::condition_variable ready;
  size_t read = 0;      // articles given to the workers
  size_t taken = 0;     // articles a worker has begun
  bool closed = false;  // nothing more will come

  std::vector<std::jthread> workers;
  const auto close = [&] {
    {
      const std::lock_guard lock(mutex);
      closed = true;
      taken = read;
    }
    work.notify_all();
  };
  const auto worker = [&] {
    for (;;) {
      std::unique_lock lock(mutex);
      work.wait(lock, [&] { return taken < read || closed; });
      if (taken >= read) return;
      const size_t index = taken++;
      Slot& slot = slots[index % window];
      std::string text = std::move(slot.text);
      lock.unlock();
      Outcome outcome;
      outcome.index = index;
      try {
        outcome.document = analyze(std::move(text), layout);
      } catch (...) {
        outcome.error = std::current_exception();
      }
      lock.lock();
      slot.outcome = std::move(outcome);
      slot.ready = true;
      lock.unlock();
      ready.notify_one();
    }
  };

  size_t delivered = 0;
  const auto deliver = [&] {
    Slot& slot = slots[delivered % window];
    std::unique_lock lock(mutex);
    ready.wait(lock, [&] { return slot.ready; });
    Outcome outcome = std::move(slot.outcome);
    slot.ready = false;
    lock.unlock();
    ++delivered;
    done(std::move(outcome));
  };

  try {
    for (unsigned i = 0; i < threads; ++i) workers.emplace_back(worker);
    size_t given = 0;
    while (std::optional<std::string> text = next()) {
      if (given - delivered == window) deliver();
      {
        const std::lock_guard lock(mutex);
        slots[given % window].text = std::move(*text);
        read = ++given;
      }
      work.notify_one();
    }
    while (delivered < given) deliver();
  } catch (...) {
    close();
    workers.clear();
    throw;
  }
  close();
}

}  // namespace newsnlp
