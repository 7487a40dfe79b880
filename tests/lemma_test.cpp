#include "lemma.h"

#include <gtest/gtest.h>

#include "cue_lexicon.h"
#include "hash.h"
#include "newsnlp/newsnlp.h"
#include "word_classes.h"

namespace newsnlp {
namespace {

struct Row {
  const char* form;
  const char* lemma;
};

class Lemma : public testing::TestWithParam<Row> {};

TEST_P(Lemma, OfForm) {
  const CueLexicon cues(*Model::builtin(), {});
  const WordClasses classes(Model::builtin()->section("classes.bin"));
  EXPECT_EQ(lemma(GetParam().form, cues, &classes), GetParam().lemma);
}

INSTANTIATE_TEST_SUITE_P(Forms, Lemma,
                         testing::Values(Row{"said", "say"}, Row{"says", "say"}, Row{"told", "tell"},
                                         Row{"denies", "deny"}, Row{"denied", "deny"}, Row{"tweeted", "tweet"},
                                         Row{"retweeting", "retweet"}, Row{"acknowledged", "acknowledge"},
                                         Row{"admitted", "admit"}, Row{"arguing", "argue"},
                                         Row{"according", "according"}, Row{"quipped", "quip"}, Row{"claims", "claim"},
                                         Row{"wrote", "write"}, Row{"stopped", "stop"}, Row{"making", "make"},
                                         Row{"houses", "house"}, Row{"this", "this"}, Row{"was", "be"}, Row{"s", "s"},
                                         Row{"", ""}));

TEST(CueLexicon, APersonsOwnCuesPrevail) {
  Options options;
  options.cues = {{"blurt out", CueKind::Speech}, {"say", CueKind::Never}, {"Fume", CueKind::Speech}};
  const CueLexicon cues(*Model::builtin(), options);
  ASSERT_NE(cues.find(hash_bytes("say")), nullptr);
  EXPECT_EQ(cues.find(hash_bytes("say"))->kind, CueKind::Never);
  ASSERT_NE(cues.find(hash_bytes("fume")), nullptr);
  EXPECT_TRUE(cues.find(hash_bytes("fume"))->own);
  EXPECT_EQ(cues.find(hash_bytes("tell"))->own, false);
  EXPECT_EQ(cues.find(hash_bytes("table")), nullptr);
  ASSERT_EQ(cues.phrases().size(), 1U);
  EXPECT_EQ(cues.phrases()[0].lemmas, (std::vector<uint64_t>{hash_bytes("blurt"), hash_bytes("out")}));
}

}  // namespace
}  // namespace newsnlp
