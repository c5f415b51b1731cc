// Firmata messages to the client, from F0 to F7. They go out as they are made, and wait for the line where they must.
#pragma once
#include <stdint.h>
#include "flash.h"

namespace sysex {

void begin(uint8_t id);
/** Fourteen bits, the lower seven first. */
void pair(uint16_t value);
void end();
/** A string message: how every refusal is told. @param words in flash */
void say(const char *words);

}  // namespace sysex
