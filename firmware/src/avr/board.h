// The Uno's pins as the pin map in use gives them out.
#pragma once

namespace board {

/** Sets every pin of the map, and lets the contacts wake the main loop. Outputs are off afterwards. */
void configure();
/** OE: true lets the PCA9685 boards pulse. */
void enableBoards(bool on);

}  // namespace board
