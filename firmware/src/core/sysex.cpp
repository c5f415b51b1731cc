// Firmata messages to the client: see sysex.h.
#include "sysex.h"
#include "chip.h"

namespace sysex {

constexpr uint8_t stringData = 0x71;

void begin(uint8_t id) {
  chip::send(0xF0);
  chip::send(id);
}

void pair(uint16_t value) {
  chip::send(value & 0x7F);
  chip::send(value >> 7 & 0x7F);
}

void end() { chip::send(0xF7); }

void say(const char *words) {
  begin(stringData);
  for (char c; (c = pgm_read_byte(words)); words++) pair((uint8_t)c);
  end();
}

}  // namespace sysex
