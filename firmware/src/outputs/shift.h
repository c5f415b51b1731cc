// Heddles on a chain of 74HC595 on the SPI: 1 = lifted. Output 0 is Q0 (QA) of the chip next to the board.
#pragma once
#include <stdint.h>

namespace shift {

/** At boot: zeros in every chip, outputs disabled. */
void begin();
/** Zeros in every chip, then the outputs are enabled. */
void prepare();
bool ready();
void put(uint16_t output, bool lifted);
bool sent();
void pump();
void off();

}  // namespace shift
