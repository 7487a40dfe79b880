#include "paragraph_kinds.h"

#include <algorithm>
#include <array>
#include <string>

#include "unicode.h"

namespace newsnlp {
namespace {

constexpr uint32_t kHeadlineWords = 22;  // at most
constexpr uint32_t kHeadlineBytes = 200;
constexpr uint32_t kLinkWords = 20;  // a link to another article has at most so many words
constexpr size_t kListLines = 12;    // lines that one title of links may claim
constexpr size_t kBlockLines = 8;    // a longer block is text
constexpr uint32_t kShortBytes = 160;
constexpr size_t kAhead = 4;  // paragraphs for which memory is asked before one is looked at

constexpr uint32_t kNotCounted = 0xFFFFFFFF;

// What a paragraph looks like.
struct Look {
  LineKind line = LineKind::Plain;
  bool boilerplate = false;
  uint32_t words = kNotCounted;  // of the paragraph, up to one more than a headline may have
  uint32_t long_words = 0;       // of four letters or more
  uint32_t capitals = 0;         // of these
  bool stop = false;             // ends with . ; or : perhaps inside a closing mark
  bool question = false;         // ends with ? or !
  bool byline = false;           // By …, Updated …, or capitals alone and a name's length
  bool dateline = false;         // CAIRO — …
};

class Classifier {
 public:
  Classifier(const std::vector<Line>& lines, LineReader& reader, Layers& layers)
      : lines_(lines), reader_(reader), layers_(layers), looks_(lines.size()) {}

  void run() {
    for (size_t p = 0; p < lines_.size() + kAhead; ++p) {
      if (p < lines_.size()) reader_.expect(layers_.paragraphs[p].span);
      if (p >= kAhead / 2 && p - kAhead / 2 < lines_.size()) reader_.approach(layers_.paragraphs[p - kAhead / 2].span);
      if (p >= kAhead) look(p - kAhead);
    }
    blocks();
    lists();
    forms();
    closing();
    for (size_t p = 0; p < lines_.size(); ++p)
      if (looks_[p].boilerplate) layers_.paragraphs[p].kind = ParagraphKind::Boilerplate;
    headline();
  }

 private:
  uint32_t bytes(size_t p) const { return layers_.paragraphs[p].span.size(); }

  void look(size_t p) {
    Look& look = looks_[p];
    const std::string_view text = layers_.of(layers_.paragraphs[p].span);
    look.line = reader_.look(layers_.paragraphs[p].span);
    if (text.size() > Boilerplate::kLongest) {
      look.stop = true;
      look.words = kHeadlineWords + 1;
      return;
    }
    const IndexRange tokens = lines_[p].tokens;
    uint32_t last = tokens.end - 1;
    const auto is_closing = [](std::string_view w) {
      return w == "\"" || w == "”" || w == "’" || w == "'" || w == "''" || w == ")";
    };
    while (last > tokens.begin && is_closing(layers_.of(layers_.tokens[last]))) --last;
    const std::string_view end = layers_.of(layers_.tokens[last]);
    look.stop = end == "." || end == ";" || end == ":" || end == ",";
    look.question = end.ends_with('?') || end.ends_with('!');
    look.byline = begins_byline(layers_.of(layers_.tokens[tokens.begin]));
    uint32_t place = tokens.begin;  // behind the capital words at the beginning
    while (place < tokens.end && is_all_upper(layers_.of(layers_.tokens[place]))) ++place;
    if (place == tokens.end && tokens.size() <= 3) look.byline = true;
    if (place > tokens.begin && place < tokens.end && tokens.end - place > 3) {
      const std::string_view dash = layers_.of(layers_.tokens[place]);
      look.dateline = dash == "—" || dash == "–" || dash == "--" ||
                      (dash == "-" && layers_.text[layers_.tokens[place].span.begin - 1] == ' ');
    }
    look.boilerplate = look.line != LineKind::Plain && !(look.line == LineKind::Menu && look.byline);
  }

  // The look of a paragraph whose words count.
  const Look& counted(size_t p) {
    Look& look = looks_[p];
    if (look.words != kNotCounted) return look;
    look.words = 0;
    const IndexRange tokens = lines_[p].tokens;
    for (uint32_t i = tokens.begin; i < tokens.end && look.words <= kHeadlineWords; ++i) {
      const Token& token = layers_.tokens[i];
      if (token.kind == TokenKind::Punctuation) continue;
      ++look.words;
      if (token.span.size() < 4) continue;
      ++look.long_words;
      size_t at = token.span.begin;
      look.capitals += char_class(next_code_point(layers_.text, at)) == CharClass::Upper;
    }
    return look;
  }

  static bool begins_byline(std::string_view word) {
    static constexpr std::string_view kWords[] = {"by", "from", "updated", "published"};
    if (word.size() > kWords[3].size()) return false;
    const auto is = [&](std::string_view w) {
      return word.size() == w.size() &&
             std::equal(w.begin(), w.end(), word.begin(), [](char a, char b) { return a == (b | 0x20); });
    };
    return std::any_of(std::begin(kWords), std::end(kWords), is);
  }

  static bool is_all_upper(std::string_view word) {
    if (word.size() < 2 || (word[1] >= 'a' && word[1] <= 'z')) return false;
    for (size_t i = 0; i < word.size();)
      if (char_class(next_code_point(word, i)) != CharClass::Upper) return false;
    return true;
  }

  bool tells_of_others(size_t p) const { return looks_[p].boilerplate && looks_[p].line != LineKind::Alone; }

  // Half of the short lines of a block are boilerplate: so are the others.
  void blocks() {
    for (size_t begin = 0; begin < lines_.size();) {
      size_t end = begin + 1;
      size_t found = tells_of_others(begin);
      bool short_lines = bytes(begin) <= kShortBytes;
      for (; end < lines_.size() && !lines_[end].after_blank; ++end) {
        found += tells_of_others(end);
        short_lines &= bytes(end) <= kShortBytes;
      }
      const size_t size = end - begin;
      // the name of the paper stands right above its menu
      if (begin == 0 && size > 1 && looks_[1].line == LineKind::Menu && counted(0).words <= 4) {
        looks_[0].boilerplate = true;
        ++found;
      }
      if (size > 1 && size <= kBlockLines && short_lines && found * 2 >= size) {
        for (size_t p = begin; p < end; ++p) {
          const bool may_be_headline = p == 0 && counted(p).words > 4;
          if (!looks_[p].stop && !looks_[p].byline && !may_be_headline) looks_[p].boilerplate = true;
        }
      }
      begin = end;
    }
  }

  // A title of another article, as links have it.
  bool is_link(size_t p) {
    if (looks_[p].stop || looks_[p].byline) return false;
    const Look& look = counted(p);
    return look.words >= 2 && look.words <= kLinkWords && bytes(p) <= kHeadlineBytes;
  }

  // The links below a title of links, up to the end of their block or to a line that is no link.
  void lists() {
    for (size_t p = 0; p < lines_.size(); ++p) {
      if (looks_[p].line != LineKind::List) continue;
      const bool spaced = p + 1 < lines_.size() && lines_[p + 1].after_blank;
      const size_t end = std::min(lines_.size(), p + 1 + kListLines);
      for (size_t k = p + 1; k < end && is_link(k) && (spaced || !lines_[k].after_blank); ++k)
        looks_[k].boilerplate = true;
    }
  }

  // In the second half of the article: links right above a comment form, and the form's short lines.
  void forms() {
    for (size_t p = lines_.size() / 2; p < lines_.size(); ++p) {
      if (looks_[p].line != LineKind::Form) continue;
      for (size_t k = p; k-- > lines_.size() / 3 && p - k <= kListLines;) {
        if (looks_[k].boilerplate) continue;
        if (!is_link(k) || counted(k).words < 4) break;
        looks_[k].boilerplate = true;
      }
      for (size_t k = p + 1; k < lines_.size() && (looks_[k].boilerplate || is_link(k)); ++k) {
        looks_[k].boilerplate = true;
        p = k;
      }
    }
  }

  // The last lines: what patterns say of them, and what the author is.
  void closing() {
    for (size_t p = lines_.size(); p-- > 1;) {
      if (looks_[p].boilerplate) continue;
      if (!tells_of_author(p) && !reader_.closes(layers_.paragraphs[p].span)) return;
      looks_[p].boilerplate = true;
    }
  }

  // Begins with the name that is in the byline: "By Ann Moss"; "Ann Moss", "Ann Moss | Graz", where it is told what she
  // is or does.
  bool tells_of_author(size_t p) const {
    constexpr size_t kBylines = 4;  // paragraphs that may be one
    constexpr uint32_t kLongest = 10;
    const IndexRange tokens = lines_[p].tokens;
    if (bytes(p) > Boilerplate::kLongest || tokens.size() < kLongest / 2) return false;
    for (size_t k = 0; k < std::min(p, kBylines); ++k) {
      const IndexRange by = lines_[k].tokens;
      if (by.size() > kLongest || looks_[k].stop) continue;
      const bool marked = looks_[k].byline && begins_byline(layers_.of(layers_.tokens[by.begin]));
      if (k == 0 && !marked) continue;  // a headline
      const uint32_t name = by.begin + (marked ? 1 : 0);
      if (by.end < name + 2 || !same_word(name, tokens.begin) || !same_word(name + 1, tokens.begin + 1)) continue;
      if (marked || ((by.end == name + 2 || parts_byline(name + 2)) && tells_what_one_is(tokens.begin + 2)))
        return true;
    }
    return false;
  }
  bool parts_byline(uint32_t token) const {
    const std::string_view sign = layers_.of(layers_.tokens[token]);
    return sign == "|" || sign == "," || sign == "-" || sign == "–" || sign == "—" || sign == "•";
  }
  bool tells_what_one_is(uint32_t token) const {
    static constexpr auto kVerbs = std::to_array<std::string_view>(
        {",", "is", "was", "covers", "edits", "lives", "reports", "teaches", "works", "writes"});
    return std::find(kVerbs.begin(), kVerbs.end(), layers_.of(layers_.tokens[token])) != kVerbs.end();
  }

  // Two words that begin with a capital.
  bool same_word(uint32_t a, uint32_t b) const {
    const std::string_view x = layers_.of(layers_.tokens[a]);
    const std::string_view y = layers_.of(layers_.tokens[b]);
    return x.size() == y.size() && x.front() == y.front() && begins_with_capital(x) && (x == y || lower(x) == lower(y));
  }

  // The first line that is not boilerplate, if it is a title: short, without a full stop or with capitals throughout,
  // and above a text. A line that ends with a semicolon goes on in the next.
  void headline() {
    size_t p = 0;
    while (p < lines_.size() && looks_[p].boilerplate) ++p;
    for (; p + 1 < lines_.size() && !looks_[p].boilerplate; ++p) {
      const Look& look = counted(p);
      if (look.byline || look.dateline || look.words < 2 || look.words > kHeadlineWords || bytes(p) > kHeadlineBytes)
        return;
      const bool title_case = look.capitals * 10 >= look.long_words * 9 && look.long_words >= 3;
      const IndexRange sentences = layers_.paragraphs[p].sentences;
      const bool alone = lines_[p + 1].after_blank && bytes(p + 1) > bytes(p) && sentences.size() == 1;
      const std::string_view text = layers_.of(layers_.paragraphs[p].span);
      const bool goes_on = text.ends_with(';');
      if (look.stop && !goes_on && !(alone && (title_case || look.words <= 12))) return;
      if (!has_text_below(p)) return;
      layers_.paragraphs[p].kind = ParagraphKind::Headline;
      if (!goes_on) return;
    }
  }

  // One of the next paragraphs is a text.
  bool has_text_below(size_t p) {
    constexpr size_t kNear = 12;
    for (size_t k = p + 1; k < lines_.size() && k <= p + kNear; ++k)
      if (!looks_[k].boilerplate && (looks_[k].stop || counted(k).words > 12)) return true;
    return false;
  }

  const std::vector<Line>& lines_;
  LineReader& reader_;
  Layers& layers_;
  std::vector<Look> looks_;  // of each paragraph
};

}  // namespace

void classify_paragraphs(const std::vector<Line>& lines, const Boilerplate& boilerplate, LinePlaces& places,
                         Layers& layers) {
  LineReader reader(boilerplate, layers.text, places);
  Classifier(lines, reader, layers).run();
}

}  // namespace newsnlp
