// What a run costs this thread, whatever else the machine does.
#pragma once

#include <time.h>

namespace newsnlp {

/// Seconds of this thread's processor time.
template <class Run>
double processor_seconds(Run run) {
  timespec begin;
  timespec end;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
  run();
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
  return static_cast<double>(end.tv_sec - begin.tv_sec) + 1e-9 * static_cast<double>(end.tv_nsec - begin.tv_nsec);
}

}  // namespace newsnlp
