// An APA102 strip on the SPI pins, at 4 MHz. One picture takes 8 µs an LED, with interrupts on.
#include <avr/io.h>
#include "../core/pixels.h"
#include "../core/settings.h"

namespace pixels {
namespace {

uint8_t level;

inline void send(uint8_t byte) {
  SPDR = byte;
  while (!(SPSR & _BV(SPIF))) {
  }
}

}  // namespace

void setup() {
  DDRB |= _BV(2) | _BV(3) | _BV(5);  // select (keeps us master), data, clock
  SPCR = _BV(SPE) | _BV(MSTR);
}

void begin() {
  level = 0xE0 | settings::get(Setting::ledLevel);
  for (uint8_t i = 0; i < 4; i++) send(0);
}

void put(uint8_t red, uint8_t green, uint8_t blue) {
  send(level);
  send(blue);
  send(green);
  send(red);
}

/** The picture moves on by half a clock an LED. */
void end(uint8_t leds) {
  for (uint8_t i = 0; i < leds / 16 + 1; i++) send(0);
}

}  // namespace pixels
