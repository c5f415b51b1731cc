// The loom messages: each is checked, executed once, and answered once.
#pragma once
#include <stdint.h>

namespace messages {

/** The inside of a loom sysex, still packed; unpacked in place. */
void take(uint8_t *packed, uint8_t length);
/** A loom message too long to be kept. */
void tooLong();
/** Tells the host, if there is one, that something happened. */
void event(uint8_t event, uint16_t arg);
/** A HELLO came since this start. */
bool inSession();
uint16_t crcErrors();
/** Answers that had to wait; from the main loop. */
void pump();
/** Once a 20 ms frame. */
void frame();

}  // namespace messages
