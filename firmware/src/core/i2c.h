// What the core asks of the I2C bus for Firmata's clients. The loom's own boards have a driver of their own, and go first.
#pragma once
#include <stdint.h>

namespace i2c {

constexpr uint8_t longest = 32;  // bytes of a transfer, as on an Arduino

/** The pin map in use has a bus. */
bool present();
/** Not for clients: heddles' boards, addresses that all of them hear, muxes. */
bool owned(uint8_t address);
/** Nobody is on the bus, or about to be. */
bool ready();
/** Takes the bus until `release`: first `write` bytes out, then, after a repeated START, `read` bytes in. */
void start(uint8_t address, const uint8_t *bytes, uint8_t write, uint8_t read);
bool busy();
/** The transfer was answered in full. */
bool answered();
/** What it read, until `release`. */
const uint8_t *received();
void release();
/** Gives a transfer up that does not end. */
void abort();

}  // namespace i2c
