// Arduino's pin numbers on the ATmega328P: 0–7 are port D, 8–13 port B, 14–19 (A0–A5) port C.
#pragma once
#include <avr/io.h>
#include <util/atomic.h>

namespace pin {

struct Port {
  volatile uint8_t *in, *direction, *out;
  uint8_t mask;
};

inline Port port(uint8_t pin) {
  if (pin < 8) return {&PIND, &DDRD, &PORTD, (uint8_t)(1 << pin)};
  if (pin < 14) return {&PINB, &DDRB, &PORTB, (uint8_t)(1 << (pin - 8))};
  return {&PINC, &DDRC, &PORTC, (uint8_t)(1 << (pin - 14))};
}

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
