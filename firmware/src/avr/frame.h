// The 20 ms frame on Timer1 at 0.5 µs, and the servo pulses in it: all rise together, then fall from a sorted list.
#pragma once
#include <stdint.h>

namespace frame {

constexpr uint8_t pins = 20;
constexpr uint8_t maxServos = 12;

void begin();
/** @param width µs, 0 = no pulse; from the next frame on, once `commit` was called */
void setServo(uint8_t pin, uint16_t width);
uint16_t servo(uint8_t pin);
void noServos();
/** Hands what changed to the interrupt. */
void commit();
/** What was committed is being pulsed. */
bool taken();

}  // namespace frame
