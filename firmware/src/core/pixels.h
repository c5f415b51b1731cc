// What the core asks of an LED strip: a picture, LED after LED.
#pragma once
#include <stdint.h>

namespace pixels {

void setup();
void begin();
void put(uint8_t red, uint8_t green, uint8_t blue);
void end(uint8_t leds);

}  // namespace pixels
