// Text for people, straight into the send queue.
#pragma once
#include <stdint.h>
#include "chip.h"
#include "flash.h"

namespace text {

inline void put(char c) { chip::send(c); }
/** A text that stays in flash. */
void flash(const char *text);
void number(uint16_t value);
/** A label in flash and a number. */
void field(const char *label, uint16_t value);

/** A number to 65,535 that stands at `at`, which moves on behind it. @return false when none does */
bool read(const char *&at, uint16_t &value);

}  // namespace text
