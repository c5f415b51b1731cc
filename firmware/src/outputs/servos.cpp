// Servos on the pins of the map, pulsed by the frame: see servos.h.
#include "servos.h"
#include <util/atomic.h>
#include "../avr/cut.h"
#include "../avr/frame.h"
#include "../avr/map.h"

namespace servos {

static_assert(count == servoPins::servoCount, "the map has as many");

void put(uint8_t output, uint16_t width) { frame::setServo(pgm_read_byte(servoPins::servos + output), width); }

void off() {
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { cut::now(); }
  for (uint8_t i = 0; i < count; i++) put(i, 0);
  frame::commit();
}

bool ready() {
  if (cut::servos && frame::taken()) cut::servos = false;
  return !cut::servos;
}

}  // namespace servos
