// Heddles on PCA9685 boards: addresses 0x40 and up, 16 outputs each, about 50 Hz.
#pragma once
#include <stdint.h>
#include "../core/outputs.h"

namespace pca9685 {

/** At boot: all boards off, whether they are there or not. */
void begin();
/** Sets up the boards that heddles hang on, everything off; then lets them pulse. */
void prepare();
bool ready();
/** @param width µs, 0 = no pulse */
void put(uint16_t output, uint16_t width);
bool sent();
void pump();
void frame();
/** See outputs::lost: `output` with the address of a board that did not answer, `bus` with the one that was to be reached. */
outputs::Loss lost();
void off();
/** Nothing of ours is on the bus, or about to be. */
bool idle();
/** A board that heddles hang on, or an address that all of them hear. */
bool owns(uint8_t address);
/** See outputs::ask. */
bool ask(uint8_t address);
outputs::Answer answer();

}  // namespace pca9685
