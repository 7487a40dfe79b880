// Room: bench. How the whole analysis behaves from 1 kB to 16 MB, from one thread to two, and at the start.
#pragma once

#include <string>
#include <vector>

namespace newsnlp {

/// What the first article of a program waits for. To be called before any analyzer exists.
void print_start(const std::string& text);

/// Allocations an article, time a token by size of text, articles a second by threads, peak memory.
void print_growth(const std::vector<std::string>& texts);

}  // namespace newsnlp
