// The Arduino's pins as the pin map in use gives them out.
#pragma once
#include <stdint.h>
#include "../core/wire.gen.h"

namespace board {

/** What the heddles hang on, since the start: an Output. */
extern uint8_t outputs;

/** Sets every pin of the map, and lets the contacts wake the main loop. Outputs are off afterwards. */
void configure();
/** OE: true lets the PCA9685 boards or the 74HC595 chips drive their outputs. */
void enableOutputs(bool on);

}  // namespace board
