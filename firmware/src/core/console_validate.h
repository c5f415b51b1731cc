// The console's `validate`: the settings against each other, a line for each thing that cannot be meant.
#pragma once
#include <stdint.h>

namespace console_validate {

void begin();
bool running();
/** Goes on where there is room. @return true when it has come to its end */
bool pump();
/** Things that were said. */
uint16_t found();

}  // namespace console_validate
