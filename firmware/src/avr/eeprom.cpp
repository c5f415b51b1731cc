// EEPROM writes in the background. The first byte is started by hand, the rest by the ready interrupt.
#include <avr/interrupt.h>
#include <avr/io.h>
#include "../core/chip.h"
#include "wake.h"

namespace {

const uint8_t *volatile source;
volatile uint16_t target;
volatile uint8_t left;

/** Starts the next byte that differs; none = done. Nothing is being written when it is called. */
void next() {
  while (left) {
    const uint8_t byte = *source;
    EEAR = target;
    source = source + 1;
    target = target + 1;
    left = left - 1;
    EECR |= _BV(EERE);
    if (EEDR == byte) continue;
    EEDR = byte;
    EECR |= _BV(EEMPE);
    EECR |= _BV(EEPE);
    return;
  }
  EECR &= ~_BV(EERIE);
  wake |= Wake::work;
}

}  // namespace

ISR(EE_READY_vect) { next(); }

namespace chip {

bool memoryBusy() { return left || EECR & (_BV(EEPE) | _BV(EERIE)); }

void memoryWrite(uint16_t address, const uint8_t *bytes, uint8_t length) {
  target = address;
  source = bytes;
  left = length;
  const uint8_t interrupts = SREG;
  cli();
  next();
  if (EECR & _BV(EEPE)) EECR |= _BV(EERIE);
  SREG = interrupts;
}

uint8_t memoryRead(uint16_t address) {
  EEAR = address;
  EECR |= _BV(EERE);
  return EEDR;
}

}  // namespace chip
