// Cuts the outputs from inside an interrupt: OE off at once, servos on pins get no further pulse.
#pragma once
#include <avr/io.h>

namespace cut {

extern volatile bool live;     // there is something to cut
extern volatile bool latched;  // a stop byte came
extern volatile bool boards;   // OE (pin 5) is wired; else servos are on the pins
extern volatile bool servos;   // no servo pulse may start

static inline __attribute__((always_inline)) void now() {
  if (boards) PORTD |= _BV(5);
  servos = true;
}

}  // namespace cut
