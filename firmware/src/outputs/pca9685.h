// Heddles on PCA9685 boards: addresses 0x40 and up, 16 heddles each, 50 Hz.
#pragma once
#include <stdint.h>

namespace pca9685 {

/** At boot: all boards off, whether they are there or not. */
void begin();
/** Sets the boards up, everything off; then lets them pulse. */
void prepare();
bool ready();
void put(uint8_t heddle, uint16_t width);
bool sent();
void pump();
void frame();
bool lost();
void off();
/** Nothing of ours is on the bus, or about to be. */
bool idle();
/** One of our boards, or an address that all of them hear. */
bool owns(uint8_t address);

}  // namespace pca9685
