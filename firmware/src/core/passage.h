// The passage to I2C for Firmata's clients: writes, reads once, reads over and over; never to an address of the loom's.
#pragma once
#include <stdint.h>

namespace passage {

/** A request without its id: address, options, pairs of seven bits. Must stay as it is while `waiting`. */
void request(const uint8_t *request, uint8_t length);
/** A request waits until the loom's own boards are served: no byte must be taken from the line. */
bool waiting();
/** @param us between the register of a read and its bytes */
void setDelay(uint16_t us);
/** Forgets what is read over and over. */
void reset();
/** The sampling interval is over: every continuous read is due. */
void sample();
/** Once a 20 ms frame: gives up what takes too long. */
void frame();
/** From the main loop, before the loom's own boards are served. */
void pump();

}  // namespace passage
