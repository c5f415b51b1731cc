// How much one board has room for: the small chip and the large one.
#pragma once
#include <stdint.h>
#include "wire.gen.h"

constexpr uint16_t maxHeddles = onUno ? 128 : 440;
constexpr uint8_t maxRowBytes = (maxHeddles + 7) / 8;
constexpr uint16_t maxLeds = onUno ? 128 : 440;
/** LEDs that can show colours of the host's own: 3 bytes of RAM each. */
constexpr uint16_t ownLeds = onUno ? 64 : maxLeds;
/** Servos on pins. */
constexpr uint8_t pinServos = 12;
/** PCA9685 boards, 16 outputs each. */
constexpr uint8_t maxBoards = onUno ? 8 : 28;
/** A console line: `lift` and a 0 or 1 for each heddle. */
constexpr uint16_t longestLine = maxHeddles + 12;
