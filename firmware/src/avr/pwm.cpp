// Hardware PWM on timers 0 and 2: see pwm.h. Timer 1 keeps the frame.
#include "pwm.h"
#include <avr/io.h>
#include "../core/flash.h"

namespace pwm {
namespace {

/** Pins of OC0A, OC0B, OC2A, OC2B. */
#ifdef __AVR_ATmega2560__
const uint8_t outputs[] PROGMEM = {13, 4, 10, 9};
#else
const uint8_t outputs[] PROGMEM = {6, 5, 11, 3};
#endif

volatile uint8_t *const compares[] PROGMEM = {&OCR0A, &OCR0B, &OCR2A, &OCR2B};

constexpr uint8_t none = 0xFF;

uint8_t place(uint8_t pin) {
  for (uint8_t i = 0; i < sizeof outputs; i++)
    if (pgm_read_byte(outputs + i) == pin) return i;
  return none;
}

volatile uint8_t &compare(uint8_t at) { return *(volatile uint8_t *)pgm_read_word(compares + at); }

}  // namespace

bool can(uint8_t pin) { return place(pin) != none; }

void set(uint8_t pin, uint8_t duty) {
  const uint8_t at = place(pin);
  volatile uint8_t &control = at < 2 ? TCCR0A : TCCR2A;
  const uint8_t connect = at & 1 ? _BV(COM0B1) : _BV(COM0A1);
  compare(at) = duty;
  if (!duty) {  // a compare value of 0 would leave a spike of one tick
    control &= ~connect;
    return;
  }
  TCCR0B = _BV(CS01) | _BV(CS00);
  TCCR2B = _BV(CS22);
  control |= connect | _BV(WGM01) | _BV(WGM00);
}

uint8_t duty(uint8_t pin) { return compare(place(pin)); }

}  // namespace pwm
