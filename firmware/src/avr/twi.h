// I2C as the only master, driven by its interrupt: one write, read, or write and read at a time.
#pragma once
#include <stdint.h>

namespace twi {

constexpr uint8_t longest = 32;

/** Frees a bus that a reset left in the middle of a byte, then begins. @return false when a line stays low */
bool begin();
/** SDA or SCL is low: somebody holds it, unless a transfer runs. */
bool held();
void end();
/** Starts a transfer: first `write` bytes out, then `read` bytes in. Only when not busy. */
void start(uint8_t address, const uint8_t *bytes, uint8_t write, uint8_t read = 0);
/** A transfer runs. */
bool running();
/** A transfer runs, or what the last one read is still wanted. */
bool busy();
/** Keeps the bus, and what is read, after the transfer's end. */
void keep(bool on);
/** The last transfer was answered in full. */
bool answered();
/** What the last transfer read. */
uint8_t *received();
/** Lets go of the bus at once. */
void abort();

}  // namespace twi
