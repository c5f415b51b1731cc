// EEPROM, a byte at a time. The ready interrupt only wakes the main loop: whoever reads there can never meet a byte that was
// begun behind its back. What an interrupted write leaves is for core/bank.h to find out.
#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>
#include "../core/chip.h"
#include "wake.h"

ISR(EE_READY_vect) {
  EECR &= ~_BV(EERIE);
  wake |= Wake::work;
}

namespace chip {

bool memoryBusy() { return EECR & _BV(EEPE); }

uint8_t memoryRead(uint16_t address) {
  while (EECR & _BV(EEPE)) {
  }
  EEAR = address;
  EECR |= _BV(EERE);
  return EEDR;
}

/** Erasing or writing alone takes half the time: ATmega328P datasheet, table 8-1. */
void memoryWrite(uint16_t address, uint8_t byte) {
  const uint8_t old = memoryRead(address);
  const uint8_t mode = byte == 0xFF ? _BV(EEPM0) : byte & ~old ? 0 : _BV(EEPM1);
  EEAR = address;
  EEDR = byte;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) {
    EECR = mode;
    EECR |= _BV(EEMPE);
    EECR |= _BV(EEPE);
    EECR |= _BV(EERIE);
  }
}

}  // namespace chip
