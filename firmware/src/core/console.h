// The console: a line of text in, exactly one `ok` or `error:N text` out.
#pragma once
#include <stdint.h>

namespace console {

void take(uint8_t byte);
/** Forgets a half-typed line. */
void forget();
void setEcho(bool on);
/** Sends the rest of a listing while there is room; from the main loop. */
void pump();

}  // namespace console
