// Text for people, straight into the send queue.
#pragma once
#include <stdint.h>
#include "chip.h"
#include "flash.h"

namespace text {

inline void put(char c) { chip::send(c); }
/** A text that stays in flash. */
void flash(const char *text);
/** The text at a place of a list of texts that stand one behind the other in flash, each with its end. */
const char *of(const char *list, uint8_t place);
void number(uint16_t value);
/** Two digits. */
void hex(uint8_t value);
/** A label in flash and a number. */
void field(const char *label, uint16_t value);

/** A number to 65,535 that stands at `at`, which moves on behind it. @return false when none does */
bool read(const char *&at, uint16_t &value);
/** Two hexadecimal digits. @return false when they are not there */
bool readHex(const char *&at, uint8_t &value);

}  // namespace text
