// An APA102 strip: on the SPI at 4 MHz, 8 µs an LED, or with its bits banged, up to 30 µs an LED. Interrupts stay on.
#pragma once
#include <stdint.h>

namespace apa102 {

/** @param level brightness, 0–31 @param banged on LED data and clock beside the SPI */
void begin(uint8_t level, bool banged);
void put(uint8_t red, uint8_t green, uint8_t blue, bool banged);
void end(uint16_t leds, bool banged);

}  // namespace apa102
