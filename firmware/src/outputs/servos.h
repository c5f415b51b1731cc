// Servos on the pins of the maps uno-12 and mega-12.
#pragma once
#include <stdint.h>

namespace servos {

constexpr uint8_t count = 12;

void off();
/** Pulses may begin once what went before has ended. */
bool ready();
void put(uint8_t output, uint16_t width);

}  // namespace servos
