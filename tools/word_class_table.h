// Room: tools. Section "classes.bin" out of the k-means tables of ../shared/data/word_classes.
#pragma once

#include <string>

namespace newsnlp {

/// The bytes of section "classes.bin": every word of word_classes/glove100_kmeans{256,1024,3000}.tsv under `resources`
/// (word, class, …; the three files list the same words in the same order), keyed by WordType::lower. Throws Error with
/// file and line.
std::string word_class_section(const std::string& resources);

}  // namespace newsnlp
