// who_said_what FILE…: one line a statement.
#include <newsnlp/newsnlp.h>

#include <fstream>
#include <iostream>
#include <iterator>

int main(int argc, char** argv) {
  const newsnlp::Analyzer analyzer;  // the built-in model; one analyzer serves all threads
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    if (!in) {
      std::cerr << argv[i] << ": cannot be read\n";
      return 2;
    }
    const std::string text(std::istreambuf_iterator<char>(in), {});
    try {
      const newsnlp::Document document = analyzer.analyze(text);
      for (const newsnlp::Quote& quote : document.quotes()) {
        const std::string who = quote.speaker ? std::string(document.text(document.entities()[*quote.speaker].name))
                                              : document.joined(quote.source);
        std::cout << (who.empty() ? "?" : who) << " | " << document.joined(quote.cue) << " | "
                  << document.joined(quote.content) << " | " << quote.score << '\n';
      }
    } catch (const newsnlp::TextError& error) {
      std::cerr << argv[i] << ": " << error.what() << '\n';
      return 1;
    }
  }
}
