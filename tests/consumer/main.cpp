#include <newsnlp/newsnlp.h>

#include <iostream>

int main() {
  const newsnlp::Analyzer analyzer;
  const auto document = analyzer.analyze("The club celebrated. “We won,” Maria Alvarez said on Sunday.\n");
  for (const newsnlp::Quote& quote : document.quotes()) {
    const auto who = quote.speaker ? document.text(document.entities()[*quote.speaker].name) : "nobody";
    std::cout << who << ": " << document.joined(quote.content) << '\n';
  }
}
