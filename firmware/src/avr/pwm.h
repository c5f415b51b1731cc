// Hardware PWM on the two timers that the frame leaves alone: 976 Hz, 8 bits.
#pragma once
#include <stdint.h>

namespace pwm {

bool can(uint8_t pin);
/** @param duty 0 and 255 are steady levels */
void set(uint8_t pin, uint8_t duty);
uint8_t duty(uint8_t pin);

}  // namespace pwm
