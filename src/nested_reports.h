// Room: attributor. Reports inside contents: what grammar says of them, and how it mends what the models read there,
// which have not learned that contents hold any.
#pragma once

#include "analysis.h"
#include "article_view.h"
#include "layers.h"
#include "record_words.h"
#include "workspace.h"

namespace newsnlp {

/// The first token of the verb group that ends with the cue: its auxiliaries and adverbs.
int verb_group_begin(const ArticleView& view, int cue);

/// Can the word be the cue of such a report, whatever is read there? The view is that of the article, the excerpt
/// begins with the token `first`.
bool may_be_nested(const ArticleView& view, int first, int cue);

/// "I say that", "who called you?": what somebody does by saying it, or asks for, is no report of another statement.
bool is_own_voice(const Layers& layers, const ArticleView& view, const CueReading& reading);

/// What grammar thinks of a reading of an excerpt (whose view this is) as a report nested in the content: 0 none, 1
/// sure, or between. A report needs a verb with its own subject beside it, told of as a fact, and something
/// that is reported: a clause, a quotation or an infinitive, less surely a noun phrase. A source that is missing is
/// filled in with the subject, and a content is cut where its clause ends.
float nested_trust(const Layers& layers, const Workspace& workspace, const ArticleView& view, const RecordWords& words,
                   CueReading& reading);

/// A quotation mark right behind the cue, whether or not the view tells it.
bool quotes_behind(const ArticleView& view, int cue);

/// "used to say", "’ll say": what somebody says again and again, or will.
bool is_habit(const Layers& layers, const ArticleView& view, int cue);
/// The same, and a clause is what he says.
bool tells_habit(const Layers& layers, const ArticleView& view, const CueReading& reading);

/// "said, | ‘Why?’ I said, | ‘Why not?’": what stands before the cue is another's.
void leave_quotation_before(const ArticleView& view, CueReading& reading);

/// "he goes, | ‘Got a light?’": a quotation is what the verb says, whatever the verb.
bool says_quotation(const ArticleView& view, const CueReading& reading);

}  // namespace newsnlp
