// Room: tests. An article built by hand, tags and noun phrases included, so that a stage is tested without a model.
//
//   [C The/DT mayor/NN ] told/VBD [C reporters/NNS ] that/IN …      blanks between all pieces
//   [P …] a noun phrase whose last word is a person's name; O organisation, L place, M other, D date; C no name; R
//   pronoun |  a sentence's end    ||  a paragraph's end    “ ”  quotation marks
#pragma once

#include <sstream>
#include <string>

#include "layers.h"
#include "newsnlp/json.h"
#include "workspace.h"

namespace newsnlp {

inline Tag tag_of(std::string_view name) {
  for (size_t i = 0; i < static_cast<size_t>(Tag::Count); ++i)
    if (to_string(static_cast<Tag>(i)) == name) return static_cast<Tag>(i);
  return Tag::NN;
}

struct TaggedArticle {
  Layers layers;
  Workspace workspace{nullptr};

  explicit TaggedArticle(const std::string& notation) {
    std::istringstream in(notation);
    char phrase = 0;
    bool inside = false;
    uint32_t phrase_begin = 0;
    layers.sentences.push_back({{0, 0}, {0, 0}});
    layers.paragraphs.push_back({{0, 0}, {0, 0}, ParagraphKind::Body});
    for (std::string piece; in >> piece;) {
      const auto n = static_cast<uint32_t>(layers.tokens.size());
      if (piece.size() == 2 && piece[0] == '[') {
        phrase = piece[1];
        phrase_begin = n;
      } else if (piece == "]") {
        close_phrase(phrase, phrase_begin, n);
        phrase = 0;
      } else if (piece == "|" || piece == "||") {
        layers.sentences.push_back({{0, 0}, {n, n}});
        const auto s = static_cast<uint32_t>(layers.sentences.size());
        if (piece == "||") layers.paragraphs.push_back({{0, 0}, {s - 1, s - 1}, ParagraphKind::Body});
        layers.text += piece == "||" ? "\n" : "";
      } else {
        add_token(piece, inside);
      }
    }
    for (Sentence& s : layers.sentences)
      s.span = {layers.tokens[s.tokens.begin].span.begin, layers.tokens[s.tokens.end - 1].span.end};
    for (Paragraph& p : layers.paragraphs)
      p.span = {layers.sentences[p.sentences.begin].span.begin, layers.sentences[p.sentences.end - 1].span.end};
  }

  std::string text(IndexRange tokens) const {
    if (tokens.empty()) return "";
    return std::string(layers.of(Span{layers.tokens[tokens.begin].span.begin, layers.tokens[tokens.end - 1].span.end}));
  }

 private:
  void add_token(const std::string& piece, bool& inside) {
    const size_t slash = piece.size() > 1 ? piece.rfind('/') : std::string::npos;
    const std::string form = piece.substr(0, slash);
    if (!layers.text.empty() && layers.text.back() != '\n') layers.text += ' ';
    const auto begin = static_cast<uint32_t>(layers.text.size());
    layers.text += form;
    Token token;
    token.span = {begin, static_cast<uint32_t>(layers.text.size())};
    token.tag = slash == std::string::npos ? Tag::NN : tag_of(piece.substr(slash + 1));
    const bool word = form.size() > 2 || std::isalnum(static_cast<unsigned char>(form[0])) != 0;
    token.kind = word && form != "“" && form != "”" && form != "—" ? TokenKind::Word : TokenKind::Punctuation;
    if (token.kind == TokenKind::Punctuation) token.tag = Tag::Comma;
    workspace.quotation.push_back(form == "“"   ? Quotation::Opens
                                  : form == "”" ? Quotation::Closes
                                  : inside      ? Quotation::Inside
                                                : Quotation::Outside);
    if (form == "“") {
      inside = true;
      workspace.quotation_pairs.emplace_back();
      workspace.quotation_pairs.back().open = static_cast<uint32_t>(layers.tokens.size());
    }
    if (form == "”") {
      inside = false;
      workspace.quotation_pairs.back().close = static_cast<uint32_t>(layers.tokens.size());
      workspace.quotation_pairs.back().end = static_cast<uint32_t>(layers.tokens.size()) + 1;
    }
    layers.tokens.push_back(token);
    workspace.word.push_back(workspace.types.intern(form));
    workspace.sentence.push_back(static_cast<uint32_t>(layers.sentences.size() - 1));
    workspace.paragraph.push_back(static_cast<uint32_t>(layers.paragraphs.size() - 1));
    workspace.noun_phrase.push_back(Workspace::kNone);
    layers.sentences.back().tokens.end = static_cast<uint32_t>(layers.tokens.size());
    layers.paragraphs.back().sentences.end = static_cast<uint32_t>(layers.sentences.size());
  }

  void close_phrase(char letter, uint32_t begin, uint32_t end) {
    for (uint32_t t = begin; t < end; ++t)
      workspace.noun_phrase[t] = static_cast<uint32_t>(workspace.noun_phrases.size());
    workspace.noun_phrases.push_back({{begin, end}, end - 1});
    if (letter == 'C' || letter == 'R') {
      if (letter == 'R') layers.tokens[end - 1].tag = Tag::PRP;
      return;
    }
    Mention m;
    m.span = layers.tokens[end - 1].span;
    m.type = letter == 'P'   ? EntityType::Person
             : letter == 'O' ? EntityType::Organization
             : letter == 'L' ? EntityType::Location
             : letter == 'D' ? EntityType::Date
                             : EntityType::Misc;
    layers.mentions.push_back(m);
  }
};

}  // namespace newsnlp
