// The console: a line of text in, exactly one `ok` or `error:N text` out.
#pragma once
#include <stdint.h>

namespace console {

/** A byte of a line; not while `busy`. */
void take(uint8_t byte);
/** An answer is still to come: until then no text is read. */
bool busy();
/** Forgets a half-typed line. */
void forget();
void setEcho(bool on);
/** Sends the rest of a listing while there is room; from the main loop. */
void pump();

}  // namespace console
