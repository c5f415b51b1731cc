// What the core asks of the outputs, whichever they are: a pulse for each heddle, or none.
#pragma once
#include <stdint.h>

namespace outputs {

/** At boot: everything off. */
void begin();
/** Gets ready to pulse; takes a while, see `ready`. */
void prepare();
/** A width can be taken now. */
bool ready();
/** @param width pulse in µs, 0 = none */
void put(uint8_t heddle, uint16_t width);
/** Everything put is on its way to the servos. */
bool sent();
/** Runs whatever waits; from the main loop. */
void pump();
/** Once a 20 ms frame. */
void frame();
/** A board stopped answering since `prepare`. */
bool lost();
/** At once: no more pulses. */
void off();

}  // namespace outputs
