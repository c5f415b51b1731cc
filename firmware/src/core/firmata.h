// The Firmata face: enough for unmodified clients to find out about the board and to use the pins that the loom leaves free.
#pragma once
#include <stdint.h>

namespace firmata {

/** Version and firmware name, as at boot. */
void banner();
/** A message of one to three bytes. */
void brief(const uint8_t *message);
/** A sysex other than the loom's; `length` counts its id. */
void sysex(const uint8_t *message, uint8_t length);
/** Answers a message that is empty. */
void refuseEmpty();
/** Answers a message too long to be kept. */
void refuseLong();
/** 0xFF in idle or fault: the free pins as they were at boot. */
void reset();
/** Reports; once a 20 ms frame. */
void frame();
/** What waits for the bus, the converter or the line; from the main loop, before the loom's own boards are served. */
void pump();

}  // namespace firmata
