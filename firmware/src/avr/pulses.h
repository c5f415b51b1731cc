// How the servo pulses of the two chips end when they are cut: from interrupts, and with interrupts off.
#pragma once
#include <avr/io.h>

namespace pulses {

constexpr uint16_t period = 40000;  // ticks of 0.5 µs in a 20 ms frame

#ifdef __AVR_ATmega2560__

constexpr uint16_t over = 5500;            // ticks after the rise in which every pulse has ended
constexpr uint8_t mode = _BV(WGM11);       // fast PWM up to ICR, together with `modeB`
constexpr uint8_t modeB = _BV(WGM13) | _BV(WGM12) | _BV(CS11);

/** Takes the pins from the timers. A pin that is high falls. */
static inline __attribute__((always_inline)) void disconnect() { TCCR1A = TCCR3A = TCCR4A = TCCR5A = mode; }

/** All pins are low, and stay so for some µs. */
static inline __attribute__((always_inline)) bool low() {
  const uint16_t at = TCNT1;
  return at > over && at < period - 20;
}

/** The pulses in progress are left whole: the next millisecond's look takes the pins then. */
static inline __attribute__((always_inline)) void cut() {
  if (low()) disconnect();
}

/** At once, whole or not. @param kept bits of port E that stay as they are */
static inline __attribute__((always_inline)) void kill(uint8_t kept) {
  TCCR1A = TCCR3A = TCCR4A = TCCR5A = 0;
  PORTB = PORTG = PORTH = PORTL = 0;
  PORTE &= kept;
}

#else

/** The frame interrupt begins no pulse any more, and ends those in progress. */
static inline __attribute__((always_inline)) void cut() {}

/** At once, whole or not; pull-ups come back with the start. @param kept bits of port D that stay as they are */
static inline __attribute__((always_inline)) void kill(uint8_t kept) {
  PORTB = PORTC = 0;
  PORTD &= kept;
}

#endif

}  // namespace pulses
