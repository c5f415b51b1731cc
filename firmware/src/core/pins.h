// The free pins, as Firmata sees them: modes, values, reports. Pins that the loom owns refuse everything.
#pragma once
#include <stdint.h>

namespace pins {

/** Numbers of the Firmata protocol. */
enum Mode : uint8_t { input = 0, output = 1, analog = 2, pwm = 3, servo = 4, pullUp = 11, ignored = 0x7F };

/** As at boot: analog pins are analog, the others inputs; nothing is driven, nothing reported. */
void reset();
/** Once a 20 ms frame: looks at one pin, and lets go of what a setting has given to the loom since. */
void frame();
bool free(uint8_t pin);
bool can(uint8_t pin, uint8_t mode);

/** @return false when the pin cannot */
bool setMode(uint8_t pin, uint8_t mode);
uint8_t mode(uint8_t pin);
/** What was written to it: level, duty or µs; of an input its pull-up. */
uint16_t value(uint8_t pin);
/** A level for an output; for an input the pull-up goes on with 1, as with the Arduino. */
void writeDigital(uint8_t pin, bool high);
void writePort(uint8_t port, uint8_t bits);
/** Duty, or a servo's degrees (below 544) or µs. */
void write(uint8_t pin, uint16_t value);
/** µs at 0° and 180°. @return false when the pin cannot be a servo */
bool setServoRange(uint8_t pin, uint16_t least, uint16_t most);

void reportPort(uint8_t port, bool on);
void reportAnalog(uint8_t channel, bool on);
/** A port with changed inputs to report. */
bool portChanged(uint8_t port, uint8_t &bits);
/** Begins a round through the reported channels, unless one is under way. */
void sample();
/** The next value of the round. */
bool sampled(uint8_t &channel, uint16_t &value);

constexpr uint8_t ports = 9;  // of 8 pins; enough for 70

}  // namespace pins
