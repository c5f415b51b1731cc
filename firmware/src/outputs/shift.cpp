// Heddles on a chain of 74HC595: see shift.h. The whole chain is shifted through at once, which takes 3 µs a chip; a chain
// shorter than it may be lets the first bits fall off its end.
#include "shift.h"
#include <avr/io.h>
#include <string.h>
#include "../avr/board.h"
#include "../avr/line.h"
#include "../avr/spi.h"
#include "../core/capacity.h"

namespace shift {
namespace {

uint8_t bits[maxRowBytes];
bool enabled, changed;

void show() {
  for (uint8_t chip = sizeof bits; chip--;) spi::send(bits[chip]);
  line::Latch::high();
  line::Latch::low();
  changed = false;
}

void clear() {
  memset(bits, 0, sizeof bits);
  show();
}

}  // namespace

void begin() {
  spi::begin();
  off();
}

void prepare() {
  if (enabled) return;
  clear();
  board::enableOutputs(true);
  enabled = true;
}

bool ready() { return enabled; }

void put(uint16_t output, bool lifted) {
  const uint8_t mask = 1 << (output & 7);
  if (lifted) bits[output >> 3] |= mask;
  else bits[output >> 3] &= ~mask;
  changed = true;
}

bool sent() { return !changed; }

void pump() {
  if (changed) show();
}

void off() {
  board::enableOutputs(false);
  enabled = false;
  clear();
}

}  // namespace shift
