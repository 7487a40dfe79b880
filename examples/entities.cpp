// entities FILE: every entity of an article with its type, roles, mentions and number of statements.
#include <newsnlp/newsnlp.h>

#include <fstream>
#include <iostream>
#include <iterator>

int main(int argc, char** argv) {
  std::ifstream in(argc > 1 ? argv[1] : "", std::ios::binary);
  if (!in) {
    std::cerr << "usage: entities FILE\n";
    return 2;
  }
  const newsnlp::Analyzer analyzer;
  const newsnlp::Document document = analyzer.analyze(std::string(std::istreambuf_iterator<char>(in), {}));
  for (uint32_t e = 0; e < document.entities().size(); ++e) {
    const newsnlp::Entity& entity = document.entities()[e];
    size_t mentions = 0;
    for (const newsnlp::Mention& mention : document.mentions()) mentions += mention.entity == e;
    std::cout << newsnlp::to_string(entity.type) << '\t' << document.text(entity.name) << "\tmentions " << mentions
              << "\tstatements " << document.quotes_of(e).size();
    for (uint32_t r = entity.roles.begin; r < entity.roles.end; ++r)
      std::cout << '\t' << document.text(document.roles()[r].span);
    std::cout << '\n';
  }
}
