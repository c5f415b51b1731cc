// What the core asks of the chip's pins, by Arduino's numbers. Each chip says how many there are.
#pragma once
#include <stdint.h>

namespace gpio {

extern const uint8_t count;
extern const uint8_t firstAnalog;  // the pin of channel 0
extern const uint8_t channels;

/** What a Firmata client made of a pin. */
struct Pin {
  uint8_t mode;        // see pins::Mode
  int8_t least, most;  // of a servo, in 4 µs from 544 and 2400 µs
};
extern Pin pins[];  // `count` of them

/** The chip can do this with the pin, whoever owns it. */
bool can(uint8_t pin, uint8_t mode);
bool read(uint8_t pin);
/** The level of an output, the pull-up of an input. */
void write(uint8_t pin, bool high);
bool written(uint8_t pin);
void direct(uint8_t pin, bool output);

/** @param duty 0–255 of 255; only where `can` says so */
void setPwm(uint8_t pin, uint8_t duty);
uint8_t pwm(uint8_t pin);
/** @param width µs, 0 = no pulse */
void setServo(uint8_t pin, uint16_t width);
uint16_t servo(uint8_t pin);

/** Begins to measure; the main loop is woken when it is done. */
void measure(uint8_t channel);
/** @return false while it goes on */
bool measured(uint16_t &value);

}  // namespace gpio
