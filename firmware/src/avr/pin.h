// Arduino's pin numbers as ports and bits of the chip.
#pragma once
#include <avr/io.h>
#include <util/atomic.h>
#include "../core/flash.h"

namespace pin {

struct Port {
  volatile uint8_t *in, *direction, *out;
  uint8_t mask;
};

#ifdef __AVR_ATmega2560__

/** Port (0 = A … 10 = L; there is no port I) in the high half, bit in the low half; pin 54 is A0. */
const uint8_t places[] PROGMEM = {
    0x40, 0x41, 0x44, 0x45, 0x65, 0x43, 0x73, 0x74, 0x75, 0x76, 0x14, 0x15, 0x16, 0x17,  // 0–13
    0x81, 0x80, 0x71, 0x70, 0x33, 0x32, 0x31, 0x30,                                      // 14–21
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07,                                      // 22–29
    0x27, 0x26, 0x25, 0x24, 0x23, 0x22, 0x21, 0x20,                                      // 30–37
    0x37, 0x62, 0x61, 0x60, 0xA7, 0xA6, 0xA5, 0xA4, 0xA3, 0xA2, 0xA1, 0xA0,              // 38–49
    0x13, 0x12, 0x11, 0x10,                                                              // 50–53
    0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57,                                      // A0–A7
    0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97,                                      // A8–A15
};

inline Port port(uint8_t number) {
  const uint8_t place = pgm_read_byte(places + number), letter = place >> 4;
  volatile uint8_t *const in = letter < 7 ? &PINA + 3 * letter : &PINH + 3 * (letter - 7);
  return {in, in + 1, in + 2, (uint8_t)(1 << (place & 7))};
}

#else

/** 0–7 are port D, 8–13 port B, 14–19 (A0–A5) port C. */
inline Port port(uint8_t number) {
  if (number < 8) return {&PIND, &DDRD, &PORTD, (uint8_t)(1 << number)};
  if (number < 14) return {&PINB, &DDRB, &PORTB, (uint8_t)(1 << (number - 8))};
  return {&PINC, &DDRC, &PORTC, (uint8_t)(1 << (number - 14))};
}

#endif

inline bool read(uint8_t number) {
  const Port p = port(number);
  return *p.in & p.mask;
}

inline void write(uint8_t number, bool high) {
  const Port p = port(number);
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { *p.out = high ? *p.out | p.mask : *p.out & ~p.mask; }
}

inline void direct(uint8_t number, bool output) {
  const Port p = port(number);
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { *p.direction = output ? *p.direction | p.mask : *p.direction & ~p.mask; }
}

}  // namespace pin
