// Room: resolver. On what ground a speaker was found. Each ground has a probability of its own, counted on labelled
// articles (section speakers.bin); the order is part of the model format: append only.
#pragma once

#include <cstddef>
#include <cstdint>

namespace newsnlp {

enum class Ground : uint8_t {
  NamedPerson,     // "Ann Lee"; "his lawyer, Ann Lee"
  NamedBody,       // "the Kremlin", "Norway"
  NewPerson,       // "a witness", "the foreman": nobody of the article
  NewGroup,        // "analysts", "Kelly and Mark Probert"
  NewBody,         // "the council", where no council has a name
  RoleHeld,        // "the minister": somebody whose role it is
  RoleAhead,       // the same, named further down: a lead, a headline
  RoleStem,        // "the hotelier": somebody who "runs a hotel"
  RoleNear,        // "the 35-year-old", "the sociologist": whom the sentences before are about
  Spouse,          // "her husband": the other one of that surname
  BodyNamed,       // "the court": "Supreme Court"
  BodyNear,        // "the company": the last body that may be one
  They,            //
  It,              //
  FirstPerson,     // "I" inside of what somebody says
  Relative,        // "…, who said"
  PronounUnnamed,  // "she": "a spokeswoman" of the sentence before
  SameParagraph,   // a quotation without source goes on: with the speaker of its paragraph
  NextParagraph,   // and with the speaker of the paragraph above
  Count
};

}  // namespace newsnlp
