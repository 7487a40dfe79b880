#include <gtest/gtest.h>

#include "model_file.h"
#include "newsnlp/newsnlp.h"
#include "quote_model.h"

namespace newsnlp {
namespace {

TEST(Model, PacksAndReadsSections) {
  const std::string bytes = pack_model({{"a.txt", "hello"}, {"b.bin", std::string(100, 'x')}, {"empty", ""}});
  const auto model = Model::from_bytes(bytes, "test");
  ASSERT_EQ(model->sections().size(), 3U);
  const auto a = model->section("a.txt");
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(a.data()), a.size()), "hello");
  EXPECT_EQ(reinterpret_cast<uintptr_t>(model->section("b.bin").data()) % 64, 0U);
  EXPECT_TRUE(model->section("none").empty());
}

// What everybody who links the library carries along: 14 MiB at most.
TEST(Model, BuiltinIsSmall) {
  const auto model = Model::builtin();
  size_t bytes = 0;
  for (const std::string_view name : model->sections()) bytes += model->section(name).size();
  EXPECT_LE(bytes, size_t{14} << 20);
}

// What training takes over from a model is what the model has.
TEST(Model, QuotesComeBackFromTheirParts) {
  const auto model = Model::builtin();
  const QuoteModel quotes(model->section("quotes.bin"));
  EXPECT_EQ(QuoteModel::write(quotes.parts()), std::string(text_section(*model, "quotes.bin")));
}

TEST(Model, EveryDamagedByteIsAnError) {
  const std::string good = pack_model({{"a.txt", "hello"}, {"b.bin", std::string(100, 'x')}});
  for (size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x40);
    EXPECT_THROW(Model::from_bytes(bad, "test"), ModelError) << "byte " << i;
  }
  for (size_t n = 0; n < good.size(); ++n) EXPECT_THROW(Model::from_bytes(good.substr(0, n), "test"), ModelError);
}

TEST(Model, AListThatIsNoUtf8IsAnError) {
  EXPECT_THROW(Model::from_bytes(pack_model({{"a.txt", "caf\xC3"}}), "test"), ModelError);
  EXPECT_THROW(Model::from_bytes(pack_model({{"a.tsv", "\xFF"}}), "test"), ModelError);
  EXPECT_NO_THROW(Model::from_bytes(pack_model({{"a.bin", "\xFF"}}), "test"));
}

TEST(Model, ARowWithoutAWordIsAnError) {
  const auto builtin = Model::builtin();
  ModelSections sections;
  for (const std::string_view name : builtin->sections())
    sections[std::string(name)] = std::string(text_section(*builtin, name));
  for (const char* list : {"titles.tsv", "role_nouns.tsv", "nicknames.tsv", "offices.tsv"}) {
    ModelSections damaged = sections;
    damaged[list] = "\tcivil\tmale\n" + damaged[list];
    EXPECT_THROW(Analyzer(Model::from_bytes(pack_model(damaged), list)), ModelError) << list;
  }
}

#ifdef __linux__
TEST(Model, AFileWithoutEndThatIsNoModelIsNotReadToItsEnd) {
  EXPECT_THROW(Model::open("/dev/zero"), ModelError);
}
#endif

TEST(Model, MessagesNamePathFoundExpectedAndRemedy) {
  const auto message = [](auto f) {
    try {
      f();
    } catch (const ModelError& e) {
      return std::string(e.what());
    }
    return std::string("no error");
  };
  EXPECT_NE(message([] { Model::open("/nowhere/x.model"); }).find("/nowhere/x.model"), std::string::npos);
  const std::string foreign =
      message([] { Model::from_bytes("PK\3\4 something else entirely, 40 bytes long", "my.model"); });
  EXPECT_NE(foreign.find("my.model"), std::string::npos);
  EXPECT_NE(foreign.find("expected"), std::string::npos);
}

}  // namespace
}  // namespace newsnlp
