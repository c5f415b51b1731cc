// Cuts the outputs from inside an interrupt: OE off at once, servos on pins get no further pulse.
#pragma once
#include "line.h"
#include "pulses.h"

namespace cut {

extern volatile bool live;     // there is something to cut
extern volatile bool latched;  // a stop byte came
extern volatile bool gated;    // OE is wired; else servos are on the pins
extern volatile bool servos;   // no servo pulse may start

/** With interrupts off. */
static inline __attribute__((always_inline)) void now() {
  if (gated) line::OutputEnable::high();
  servos = true;
  pulses::cut();
}

}  // namespace cut
