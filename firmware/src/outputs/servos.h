// Servos on the pins of map uno-12.
#pragma once
#include <stdint.h>

namespace servos {
void enable(bool on);
void put(uint8_t heddle, uint16_t width);
}  // namespace servos
