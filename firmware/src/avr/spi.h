// The SPI as master at 4 MHz, sending only.
#pragma once
#include <avr/io.h>

namespace spi {

inline void begin() { SPCR = _BV(SPE) | _BV(MSTR); }

/** Takes 2 µs, with interrupts on. */
inline void send(uint8_t byte) {
  SPDR = byte;
  while (!(SPSR & _BV(SPIF))) {
  }
}

}  // namespace spi
