// What the core asks of an LED strip: a picture, LED after LED.
#pragma once
#include <stdint.h>

namespace pixels {

/** So many LEDs can be sent now; else the main loop runs again when they can. */
bool ready(uint16_t leds);
void begin();
void put(uint8_t red, uint8_t green, uint8_t blue);
void end(uint16_t leds);

}  // namespace pixels
