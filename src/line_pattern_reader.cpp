#include "line_pattern.h"

#include <algorithm>

#include "unicode.h"

namespace newsnlp {
namespace {

constexpr uint32_t kMostCopies = 12;  // of a group that is counted

bool is_alnum(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

// Reads an expression into a tree, then writes the tree's nodes from the end to the beginning.
class LinePatternReader {
 public:
  LinePatternReader(std::string_view regex, LinePattern& out) : regex_(regex), out_(out) {}

  bool run() {
    out_.nodes_.assign(1, Node{});
    const Tree tree = choice(0);
    if (failed_ || at_ != regex_.size()) return false;
    out_.first_ = write(tree, 0);
    return !failed_;
  }

 private:
  using Node = LinePattern::Node;
  using Kind = LinePattern::Kind;
  using Set = LinePattern::Set;
  static constexpr uint16_t kNoLimit = LinePattern::kNoLimit;

  struct Tree {
    enum class Shape : uint8_t { Leaf, Sequence, Choice, Repeat } shape = Shape::Sequence;
    Node leaf{};
    std::string text{};  // of a leaf
    uint16_t least = 1;
    uint16_t most = 1;
    std::vector<Tree> parts{};

    bool is_text() const { return shape == Shape::Leaf && leaf.kind == Kind::Text; }
  };

  Tree fail() {
    failed_ = true;
    return {};
  }
  bool is_next(char c) const { return at_ < regex_.size() && regex_[at_] == c; }

  Tree choice(int depth) {
    constexpr int kDeepest = 20;
    if (depth > kDeepest) return fail();
    Tree tree{Tree::Shape::Choice};
    for (;;) {
      tree.parts.push_back(sequence(depth));
      if (failed_ || !is_next('|')) break;
      ++at_;
    }
    return tree;
  }

  Tree sequence(int depth) {
    Tree tree;
    while (!failed_ && at_ < regex_.size() && regex_[at_] != '|' && regex_[at_] != ')') {
      Tree part = quantified(one(depth));
      if (part.is_text() && !tree.parts.empty() && tree.parts.back().is_text() && tree.parts.back().text.size() < 200)
        tree.parts.back().text += part.text;
      else
        tree.parts.push_back(std::move(part));
    }
    return tree;
  }

  Tree one(int depth) {
    switch (regex_[at_]) {
      case '(': {
        ++at_;
        if (is_next('?')) {
          if (!regex_.substr(at_).starts_with("?:")) return fail();
          at_ += 2;
        }
        Tree group = choice(depth + 1);
        if (!is_next(')')) return fail();
        ++at_;
        return group;
      }
      case '[':
        return set_of_brackets();
      case '.': {
        ++at_;
        Set any;
        any.ascii = {~uint64_t{0} & ~(uint64_t{1} << '\n'), ~uint64_t{0}};
        any.all_but = true;
        return leaf_of(std::move(any));
      }
      case '^':
        ++at_;
        return leaf_of(Kind::Begin);
      case '$':
        ++at_;
        return leaf_of(Kind::End);
      case '*':
      case '+':
      case '?':
      case '{':
        return fail();
      case '\\':
        if (regex_.substr(at_).starts_with("\\b")) {
          at_ += 2;
          return leaf_of(Kind::Boundary);
        }
        [[fallthrough]];
      default: {
        Tree tree = leaf_of(Kind::Text);
        const char32_t c = character();
        if (!failed_) append_utf8(c, tree.text);
        return tree;
      }
    }
  }

  // One that may stand behind a backslash.
  char32_t character() {
    if (is_next('\\')) {
      ++at_;
      if (at_ == regex_.size() || is_alnum(static_cast<unsigned char>(regex_[at_])) || (regex_[at_] & 0x80) != 0) {
        failed_ = true;
        return 0;
      }
    }
    return next_code_point(regex_, at_);
  }

  Tree set_of_brackets() {
    ++at_;
    Set set;
    const bool all_but = is_next('^');
    if (all_but) ++at_;
    for (bool first = true; first || !is_next(']'); first = false) {
      if (failed_ || at_ >= regex_.size() || regex_.substr(at_).starts_with("[:")) return fail();
      const char32_t low = character();
      char32_t high = low;
      if (is_next('-') && at_ + 1 < regex_.size() && regex_[at_ + 1] != ']') {
        ++at_;
        if (at_ < regex_.size()) high = character();
      }
      if (failed_ || high < low) return fail();
      add(set, low, high);
    }
    ++at_;
    if (all_but) {
      for (uint64_t& bits : set.ascii) bits = ~bits;
      set.all_but = true;
    }
    return leaf_of(std::move(set));
  }

  static void add(Set& set, char32_t low, char32_t high) {
    for (char32_t c = low; c <= high && c < 0x80; ++c) set.ascii[c / 64] |= uint64_t{1} << (c % 64);
    if (high >= 0x80) set.beyond.emplace_back(std::max<char32_t>(low, 0x80), high);
  }

  static Tree leaf_of(Kind kind) {
    Tree tree{Tree::Shape::Leaf};
    tree.leaf.kind = kind;
    return tree;
  }
  Tree leaf_of(Set set) {
    Tree tree = leaf_of(Kind::Set);
    failed_ |= out_.sets_.size() >= kNoLimit;
    tree.leaf.other = static_cast<uint16_t>(out_.sets_.size());
    out_.sets_.push_back(std::move(set));
    return tree;
  }

  Tree quantified(Tree part) {
    if (failed_ || at_ >= regex_.size()) return part;
    uint16_t least = 0;
    uint16_t most = kNoLimit;
    switch (regex_[at_]) {
      case '*':
        ++at_;
        break;
      case '+':
        ++at_;
        least = 1;
        break;
      case '?':
        ++at_;
        most = 1;
        break;
      case '{':
        ++at_;
        least = most = number();
        if (is_next(',')) {
          ++at_;
          most = is_next('}') ? kNoLimit : number();
        }
        if (!is_next('}') || most < least) return fail();
        ++at_;
        break;
      default:
        return part;
    }
    if (is_next('*') || is_next('+') || is_next('?') || is_next('{')) return fail();
    if (part.is_text()) {
      Set one;
      size_t at = 0;
      const char32_t c = next_code_point(part.text, at);
      add(one, c, c);
      part = leaf_of(std::move(one));
    }
    Tree tree{Tree::Shape::Repeat};
    tree.least = least;
    tree.most = most;
    tree.parts.push_back(std::move(part));
    return tree;
  }

  uint16_t number() {
    constexpr uint32_t kLargest = 1000;  // of RE2
    uint32_t n = 0;
    const size_t begin = at_;
    for (; at_ < regex_.size() && regex_[at_] >= '0' && regex_[at_] <= '9' && n <= kLargest; ++at_)
      n = 10 * n + static_cast<uint32_t>(regex_[at_] - '0');
    failed_ |= at_ == begin || n > kLargest;
    return static_cast<uint16_t>(n);
  }

  uint16_t add(const Node& node) {
    constexpr size_t kMostNodes = 20000;
    failed_ |= out_.nodes_.size() >= kMostNodes;
    if (failed_) return 0;
    out_.nodes_.push_back(node);
    return static_cast<uint16_t>(out_.nodes_.size() - 1);
  }
  uint16_t add_split(uint16_t next, uint16_t other) {
    Node split;
    split.kind = Kind::Split;
    split.next = next;
    split.other = other;
    return add(split);
  }

  // Writes the tree in front of `next`; returns where it begins.
  uint16_t write(const Tree& tree, uint16_t next) {
    if (failed_) return 0;
    switch (tree.shape) {
      case Tree::Shape::Leaf: {
        Node node = tree.leaf;
        node.next = next;
        if (tree.is_text()) {
          const size_t place = std::min(out_.text_.find(tree.text), out_.text_.size());
          if (place == out_.text_.size()) out_.text_ += tree.text;
          failed_ |= out_.text_.size() > kNoLimit;
          node.size = static_cast<uint8_t>(tree.text.size());
          node.other = static_cast<uint16_t>(place);
        }
        return add(node);
      }
      case Tree::Shape::Sequence: {
        for (auto part = tree.parts.rbegin(); part != tree.parts.rend(); ++part) next = write(*part, next);
        return next;
      }
      case Tree::Shape::Choice: {
        uint16_t begin = write(tree.parts.back(), next);
        for (auto part = tree.parts.rbegin() + 1; part != tree.parts.rend(); ++part)
          begin = add_split(write(*part, next), begin);
        return begin;
      }
      case Tree::Shape::Repeat:
        return write_repeat(tree, next);
    }
    return next;
  }

  uint16_t write_repeat(const Tree& tree, uint16_t next) {
    const Tree& part = tree.parts.front();
    if (part.shape == Tree::Shape::Leaf) {
      if (part.leaf.kind != Kind::Set) return failed_ = true, 0;
      Node node;
      node.kind = Kind::Repeat;
      node.other = part.leaf.other;
      node.least = tree.least;
      node.most = tree.most;
      node.next = next;
      return add(node);
    }
    const uint32_t copies = tree.most == kNoLimit ? tree.least : tree.most;
    if (copies > kMostCopies) return failed_ = true, 0;
    uint16_t begin = next;
    if (tree.most == kNoLimit) {
      begin = add_split(0, next);
      const uint16_t body = write(part, begin);
      if (!failed_) out_.nodes_[begin].next = body;
    } else {
      for (uint32_t i = tree.least; i < tree.most; ++i) begin = add_split(write(part, begin), next);
    }
    for (uint32_t i = 0; i < tree.least; ++i) begin = write(part, begin);
    return begin;
  }

  std::string_view regex_;
  LinePattern& out_;
  size_t at_ = 0;
  bool failed_ = false;
};

std::optional<LinePattern> LinePattern::read(std::string_view regex) {
  LinePattern pattern;
  if (!LinePatternReader(regex, pattern).run()) return std::nullopt;
  std::vector<bool> seen(pattern.nodes_.size());
  pattern.note_first(pattern.first_, seen);
  return pattern;
}

void LinePattern::note_first(uint16_t node, std::vector<bool>& seen) {
  if (seen[node]) return;
  seen[node] = true;
  const Node& n = nodes_[node];
  switch (n.kind) {
    case Kind::Match:
      may_be_empty_ = true;
      return;
    case Kind::Text: {
      const auto c = static_cast<unsigned char>(text_[n.other]);
      if (c < 0x80) starts_.ascii[c / 64] |= uint64_t{1} << (c % 64);
      return;
    }
    case Kind::Set:
    case Kind::Repeat:
      for (size_t k = 0; k < 2; ++k) starts_.ascii[k] |= sets_[n.other].ascii[k];
      if (n.kind == Kind::Set || n.least > 0) return;
      break;
    case Kind::Split:
      note_first(n.other, seen);
      break;
    case Kind::Begin:
    case Kind::End:
    case Kind::Boundary:
      break;
  }
  note_first(n.next, seen);
}

}  // namespace newsnlp
