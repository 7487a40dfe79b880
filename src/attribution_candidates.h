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

/// Heads of sources: -1 (there is none), ends of noun phrases, pronouns.
void sources(const ArticleView& view, int cue, const Content& content, std::vector<int>& out);
void source_begins(const ArticleView& view, int source, std::vector<int>& out);
void source_ends(const ArticleView& view, int cue, const Content& content, int source, std::vector<int>& out);

void cue_begins(const ArticleView& view, int cue, std::vector<int>& out);
void cue_ends(const ArticleView& view, int cue, std::vector<int>& out);

}  // namespace newsnlp
