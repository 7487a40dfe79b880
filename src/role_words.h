// Room: resolver. What the words of a role say: of somebody lesser, of whose it is, of a thing.
#pragma once

#include <string_view>

#include "newsnlp/document.h"
#include "person_words.h"

namespace newsnlp {

/// "The official", "the leader": an office that an article often has several of; nearness alone says nothing.
bool is_office(const WordFacts& facts);

/// "Deputy governor", "former minister": not who "the governor" is, where somebody else is it.
bool is_lesser(std::string_view role);

/// "The head teacher" is not the teacher.
bool is_head_teacher(std::string_view role);

/// An office of which a text has one that it may leave unsaid: everybody knows who "the president" is.
bool rules(std::string_view noun);

/// "Transport secretary": who may be called "the minister".
bool is_cabinet_secretary(std::string_view role);

/// "Her trainer".
bool is_possessed(std::string_view role);

/// "The planetarium", "the Indian side": a noun that no list knows for people or bodies; `lower` is its word. Not "the
/// ex-president", "the former", "the alderwoman", "the 29-year-old", "the runner-up".
bool names_thing(const WordFacts& noun, std::string_view lower, Tag tag);

/// "The OC", "the PM": initials of words of the role, "officer-in-charge of the station", "Norland's Prime Minister".
bool is_short_for(std::string_view acronym, std::string_view role);

}  // namespace newsnlp
