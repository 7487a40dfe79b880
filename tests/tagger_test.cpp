#include "tagger.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model_file.h"
#include "newsnlp/json.h"
#include "noun_phrases.h"
#include "segmenter.h"
#include "tag_features.h"
#include "tag_table.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

struct Tagged {
  Layers layers;
  std::string tags;     // "word/TAG word/TAG"
  std::string phrases;  // "[the *head] said"
};

Tagged analyse(const std::string& text, Layout layout = Layout::Article) {
  static const auto model = Model::builtin();
  static const WordClasses classes(model->section("classes.bin"));
  static const Segmenter segmenter(*model);
  static const Tagger tagger(*model, {});
  Workspace workspace(&classes);
  Tagged out;
  out.layers.text = text;
  segmenter.segment(out.layers, workspace, layout);
  tagger.tag(out.layers, workspace);
  for (uint32_t i = 0; i < out.layers.tokens.size(); ++i) {
    const Token& t = out.layers.tokens[i];
    const std::string word(out.layers.of(t));
    if (i > 0) out.tags += ' ';
    out.tags.append(word).append("/").append(to_string(t.tag));
    const uint32_t id = workspace.noun_phrase[i];
    const NounPhrase* np = id == Workspace::kNone ? nullptr : &workspace.noun_phrases[id];
    if (i > 0) out.phrases += ' ';
    if (np != nullptr && np->tokens.begin == i) out.phrases += '[';
    if (np != nullptr && np->head == i) out.phrases += '*';
    out.phrases += word;
    if (np != nullptr && np->tokens.end == i + 1) out.phrases += ']';
  }
  return out;
}

TEST(Tagger, TagsSentences) {
  const char* cases[] = {
      "The/DT minister/NN said/VBD on/IN Tuesday/NNP that/IN she/PRP would/MD not/RB resign/VB ./.",
      "He/PRP told/VBD reporters/NNS that/IN talks/NNS had/VBD failed/VBN ./.",
      "“/`` We/PRP will/MD appeal/VB ,/, ”/'' her/PRP$ lawyer/NN said/VBD ./.",
      "Analysts/NNS expect/VBP the/DT bank/NN to/TO raise/VB rates/NNS ./.",
      "According/VBG to/IN the/DT company/NN ,/, two/CD workers/NNS were/VBD hurt/VBN ./.",
      "She/PRP does/VBZ n't/RB know/VB who/WP leaked/VBD the/DT report/NN ./.",
      "The/DT mayor/NN 's/POS spokesman/NN declined/VBD to/TO comment/VB ./.",
      "Peter/NNP Holm/NNP ,/, who/WP chairs/VBZ the/DT board/NN ,/, denied/VBD it/PRP ./.",
      "Nobody/NN has/VBZ ever/RB asked/VBN why/WRB the/DT bridge/NN collapsed/VBD ./.",
      "Prices/NNS rose/VBD faster/JJR than/IN wages/NNS in/IN most/JJS cities/NNS ./.",
      "Have/VBP you/PRP seen/VBN the/DT newest/JJS figures/NNS ?/.",
  };
  for (const std::string expected : cases) {
    std::string text;
    for (size_t at = 0; at < expected.size();) {
      const size_t space = std::min(expected.find(' ', at), expected.size());
      const std::string piece = expected.substr(at, space - at);
      if (at > 0) text += ' ';
      text += piece.substr(0, piece.rfind('/'));
      at = space + 1;
    }
    EXPECT_EQ(analyse(text).tags, expected);
  }
}

TEST(Tagger, FindsBaseNounPhrases) {
  const char* cases[][2] = {
      {"The prime minister's spokesman resigned.", "[The prime minister 's *spokesman] resigned ."},
      {"The head of the agency told reporters.", "[The *head] of [the *agency] told [*reporters] ."},
      {"She met the mayor and his wife.", "[*She] met [the *mayor] and [his *wife] ."},
      {"The big, noisy crowd left.", "[The big , noisy *crowd] left ."},
      {"Chief economist Anna Berg agreed.", "[Chief economist Anna *Berg] agreed ."},
      {"The company told reporters Monday.", "[The *company] told [*reporters] [*Monday] ."},
      {"She gave it to us.", "[*She] gave [*it] to [*us] ."},
      {"The poor were angry.", "[The *poor] were angry ."},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(analyse(text).phrases, expected);
}

TEST(Tagger, TakesAnyTextInLinearTime) {
  for (const std::string piece : {"big ", "the ", "’s ", "a-", "\" ", "x", "5, ", "of ", "\n"}) {
    std::string text;
    for (int i = 0; i < 20000; ++i) text += piece;
    const Tagged t = analyse(text);
    for (const Token& token : t.layers.tokens) ASSERT_LT(token.tag, Tag::Count);
  }
  std::string text;
  for (int i = 0; i < 40000; ++i)
    text.append("w").append(std::to_string(i * 7919)).append(1, ' ');  // more types than the cache holds
  analyse(text);
}

// A section's bytes where a model would keep them: aligned to 64.
class Aligned {
 public:
  explicit Aligned(std::string_view bytes)
      : model_(Model::from_bytes(pack_model({{"pos.bin", std::string(bytes)}}), "test")) {}
  std::span<const std::byte> span() const { return model_->section("pos.bin"); }

 private:
  std::shared_ptr<const Model> model_;
};

std::string table(size_t features) {
  std::vector<TagTable::Feature> list;
  for (size_t i = 0; i < features; ++i) {
    TagTable::Feature f{mix(mix(1, 7), i), {}};
    for (size_t k = 0; k <= i % 9; ++k)
      f.pairs.push_back({static_cast<uint8_t>(k * 5 + 1), static_cast<int8_t>(i % 100)});
    list.push_back(std::move(f));
  }
  SectionWriter out;
  TagTable::write(list, out);
  return out.bytes();
}

TEST(TagTable, FindsWhatWasWritten) {
  const Aligned bytes(table(5000));
  const TagTable t(bytes.span());
  size_t strays = 0;
  for (size_t i = 0; i < 5000; ++i) {
    TagScores scores;
    t.add(mix(mix(1, 7), i), scores);
    for (size_t k = 0; k <= i % 9; ++k) EXPECT_EQ(scores.lane[k * 5], static_cast<int16_t>(i % 100)) << i;
    EXPECT_EQ(t.lanes(mix(mix(1, 7), i)) & 1, 1U);
    strays += t.lanes(mix(mix(1, 8), i)) != 0 ? 1 : 0;
  }
  EXPECT_LT(strays, 10U);  // checks of 16 bits: about one foreign key in ten thousand is mistaken
}

TEST(TagTable, DamagedSectionsAreErrors) {
  const std::string good = table(100);
  // format, ends, 2^14 words of bits, each array behind its size; then lines: id[4], more[4], four rows of run and
  // pairs
  const size_t lines = 64 + 64 + 64 + (size_t{1} << 17) + 64;
  const auto with = [&](size_t at, char byte) {
    std::string bytes = good;
    bytes[at] = byte;
    return bytes;
  };
  std::string full = good;
  for (size_t line = lines; line + 64 <= full.size(); line += 64)
    for (size_t k = 0; k < 4; ++k) full[line + 4 * k] = 1;
  std::string free_in_front = good;
  for (size_t line = lines; line + 64 <= free_in_front.size(); line += 64) free_in_front[line + 12] = 1;
  const struct {
    const char* what;
    std::string bytes;
  } cases[] = {{"cut off", good.substr(0, good.size() - 1)},
               {"another format", with(0, 9)},
               {"an end that is no home", with(64 + 1, 127)},
               {"a tag out of range", with(lines + 32 + 2, 49)},
               {"further rows that are not there", with(lines + 16 + 3, 127)},
               {"no free place: a search would not end", full},
               {"room in no line's last place, where a search ends", free_in_front},
               {"bytes behind its end", good + std::string(1, 'x')}};
  for (const auto& c : cases) {
    const Aligned bytes(c.bytes);
    EXPECT_THROW(TagTable{bytes.span()}, ModelError) << c.what;
  }
  EXPECT_TRUE(TagTable(std::span<const std::byte>()).empty());
}

}  // namespace
}  // namespace newsnlp
