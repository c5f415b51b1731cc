// Servos on the pins of map uno-12, pulsed by the frame interrupt.
#include "servos.h"
#include <util/atomic.h>
#include "../avr/cut.h"
#include "../avr/frame.h"
#include "../core/wire.gen.h"

namespace servos {

void enable(bool on) {
  if (!on) {
    cut::servos = true;
    for (uint8_t i = 0; i < uno12::servoCount; i++) frame::setServo(pgm_read_byte(uno12::servos + i), 0);
    frame::commit();
  } else if (frame::taken()) cut::servos = false;
}

void put(uint8_t heddle, uint16_t width) { frame::setServo(pgm_read_byte(uno12::servos + heddle), width); }

}  // namespace servos
