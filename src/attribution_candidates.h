// Room: attributor. The candidates that the chain's rankers choose from. Every list is bounded, whatever the article.
#pragma once

#include <vector>

#include "analysis.h"
#include "article_view.h"

namespace newsnlp {

/// Tokens where a content to the right of `cue` can begin: no noun phrase is cut, none begins with a finite verb.
void right_begins(const ArticleView& view, int cue, std::vector<int>& out);
/// Tokens where it can end, if it begins at `begin`; a quotation whose marks stay open may go on for three paragraphs.
void right_ends(const ArticleView& view, int begin, std::vector<int>& out);
void left_ends(const ArticleView& view, int cue, std::vector<int>& out);
void left_begins(const ArticleView& view, int end, std::vector<int>& out);

/// The token of a cue in [begin, end] that stands for it, as a parser's head would: the main verb of its first verb
/// group, else its first noun, else a preposition.
int cue_anchor(const ArticleView& view, int begin, int end);

/// Can the token be the head of a source: the end of a noun phrase, a possessor, a pronoun, a stray name?
bool is_source_head(const ArticleView& view, int token);

/// Heads of sources: -1 (there is none), ends of noun phrases, pronouns; those that the content covers are none.
void sources(const ArticleView& view, int cue, std::vector<int>& out);
void source_begins(const ArticleView& view, int source, std::vector<int>& out);
void source_ends(const ArticleView& view, int cue, const Content& content, int source, std::vector<int>& out);

void cue_begins(const ArticleView& view, int cue, std::vector<int>& out);
void cue_ends(const ArticleView& view, int cue, std::vector<int>& out);

}  // namespace newsnlp
