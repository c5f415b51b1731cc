// The board's id: a random number that is made at the first session of its life and kept in EEPROM.
#pragma once
#include <stdint.h>

namespace identity {

void begin();
/** @return never 0 */
uint32_t number();
/** Writes what is not yet written, a byte at a time; from the main loop, after all reading. */
void pump();

}  // namespace identity
