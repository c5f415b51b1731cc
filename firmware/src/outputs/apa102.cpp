// An APA102 strip: see apa102.h.
#include "apa102.h"
#include "../avr/line.h"
#include "../avr/spi.h"

namespace apa102 {
namespace {

uint8_t head;  // of every LED: three ones, and the brightness

void bang(uint8_t byte) {
  for (uint8_t bit = 0; bit < 8; bit++) {
    if (byte & 0x80) line::LedData::high();
    else line::LedData::low();
    line::LedClock::toggle();
    line::LedClock::toggle();
    byte <<= 1;
  }
}

void send(uint8_t byte, bool banged) {
  if (banged) bang(byte);
  else spi::send(byte);
}

}  // namespace

void begin(uint8_t level, bool banged) {
  head = 0xE0 | level;
  if (!banged) spi::begin();
  for (uint8_t i = 0; i < 4; i++) send(0, banged);
}

void put(uint8_t red, uint8_t green, uint8_t blue, bool banged) {
  send(head, banged);
  send(blue, banged);
  send(green, banged);
  send(red, banged);
}

/** The picture moves on by half a clock an LED. */
void end(uint16_t leds, bool banged) {
  for (uint8_t i = 0; i < leds / 16 + 1; i++) send(0, banged);
}

}  // namespace apa102
