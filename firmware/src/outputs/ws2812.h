// A WS2812 strip on the LED data pin: interrupts are off for a byte at a time, and between bytes only what must not wait runs.
#pragma once
#include <stdint.h>

namespace ws2812 {

/**
 * No servo pulse begins or ends by interrupt before so many LEDs are sent, and what waited for the last picture has had as
 * long as that took.
 */
bool ready(uint16_t leds);
/** @param level brightness, 0–31 @param beside on the LED data pin beside the SPI, else on the SPI's */
void begin(uint8_t level, bool beside);
void put(uint8_t red, uint8_t green, uint8_t blue);
void end();

}  // namespace ws2812
