// The chip's pins for Firmata: levels, PWM, servo pulses in the frame, analog values.
#include "../core/gpio.h"
#include <avr/interrupt.h>
#include "../core/chip.h"
#include "../core/pins.h"
#include "cut.h"
#include "frame.h"
#include "pin.h"
#include "pwm.h"
#include "wake.h"

namespace gpio {

#ifdef __AVR_ATmega2560__
const uint8_t count = 70, firstAnalog = 54, channels = 16;
Pin pins[70];
constexpr uint8_t miso = 50;
#else
const uint8_t count = 20, firstAnalog = 14, channels = 6;
Pin pins[20];
constexpr uint8_t miso = 12;
#endif

bool can(uint8_t pin, uint8_t mode) {
  switch (mode) {
    case pins::input:
    case pins::pullUp:
    case pins::analog: return true;
    // An input while the SPI drives the strip, whatever its direction bit says.
    case pins::output: return pin != miso;
    case pins::pwm: return pwm::can(pin);
    // Where servos are the loom's own, none may pulse before it is armed.
    case pins::servo: return pin != miso && cut::gated && frame::can(pin);
    default: return false;
  }
}

bool read(uint8_t pin) { return pin::read(pin); }
void write(uint8_t pin, bool high) { pin::write(pin, high); }

bool written(uint8_t pin) {
  const pin::Port p = pin::port(pin);
  return *p.out & p.mask;
}

void direct(uint8_t pin, bool output) { pin::direct(pin, output); }

void setPwm(uint8_t pin, uint8_t duty) { pwm::set(pin, duty); }
uint8_t pwm(uint8_t pin) { return pwm::duty(pin); }

void setServo(uint8_t pin, uint16_t width) {
  if (width) cut::servos = false;
  frame::setServo(pin, width);
}

uint16_t servo(uint8_t pin) { return frame::servo(pin); }

void measure(uint8_t channel) {
  ADMUX = _BV(REFS0) | (channel & 7);
#ifdef MUX5
  ADCSRB = channel & 8;  // MUX5
#endif
  ADCSRA = _BV(ADEN) | _BV(ADSC) | _BV(ADIF) | _BV(ADIE) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
}

bool measured(uint16_t &value) {
  if (ADCSRA & _BV(ADSC)) return false;
  value = ADC;
  return true;
}

}  // namespace gpio

ISR(ADC_vect) { wake |= Wake::work; }
