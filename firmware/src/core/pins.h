// The free pins, as Firmata sees them.
#pragma once
#include <stdint.h>

namespace pins {

constexpr uint8_t count = 20;
constexpr uint8_t modes = 5;

void begin();
bool free(uint8_t pin);
/** @param mode 0…modes-1: input, output, analog, servo, pull-up */
bool can(uint8_t pin, uint8_t mode);
uint8_t wireMode(uint8_t mode);
uint8_t resolution(uint8_t mode);

void setMode(uint8_t pin, uint8_t wireMode);
uint8_t mode(uint8_t pin);
uint16_t value(uint8_t pin);
void writeDigital(uint8_t pin, bool high);
void writePort(uint8_t port, uint8_t bits);
/** Angle or width to a pin in servo mode. */
void write(uint8_t pin, uint16_t value);
void setServoRange(uint8_t pin, uint16_t min, uint16_t max);
void reportPort(uint8_t port, bool on);
void reportAnalog(uint8_t channel, bool on);
void setInterval(uint16_t ms);
void reset();

/** A port with changed inputs to report. */
bool portChanged(uint8_t port, uint16_t &bits);
/** A fresh analog sample to report. */
bool sampled(uint8_t &channel, uint16_t &value);

/** Firmata's I2C request. @return false when its address is the loom's own, or reserved, or the bus is busy */
bool wireRequest(const uint8_t *request, uint8_t length);
/** The answer to a read: address, register and bytes. @return their number, 0 = none */
uint8_t wireReply(uint8_t *&bytes);

}  // namespace pins
