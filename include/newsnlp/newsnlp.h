// newsnlp: who said what in the news. This header includes the whole library.
#pragma once

#include "newsnlp/analyzer.h"
#include "newsnlp/document.h"
#include "newsnlp/error.h"
#include "newsnlp/json.h"
#include "newsnlp/model.h"
#include "newsnlp/options.h"
#include "newsnlp/span.h"
