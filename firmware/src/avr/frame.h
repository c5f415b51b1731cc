// The 20 ms frame, and the servo pulses in it: all rise together, in steps of 0.5 µs. The ATmega328P ends them from a sorted
// list on Timer1 (frame-edges.cpp), the ATmega2560 by its hardware compare outputs (frame-compare.cpp).
#pragma once
#include <stdint.h>

namespace frame {

/** Before the pin map is given out: pins with a compare output are inputs afterwards. */
void begin();
/** This pin can have servo pulses. */
bool can(uint8_t pin);
/** @param width µs, 0 = no pulse; from the next frame on, once `commit` was called */
void setServo(uint8_t pin, uint16_t width);
uint16_t servo(uint8_t pin);
/** Hands what changed to the interrupt. */
void commit();
/** What was committed is being pulsed. */
bool taken();
/** µs until the next edge of a pulse that an interrupt makes; 0 while there are some at short distances. */
uint16_t quiet();

}  // namespace frame
