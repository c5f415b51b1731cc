// Frames to the host: see reply.h.
#include "reply.h"
#include "chip.h"
#include "crc.h"

namespace reply {
namespace {

uint16_t crc;
uint8_t held;   // bits that wait for the next seven
uint8_t place;  // value of the first free bit: a product shifts faster than a shift

void pack(uint8_t byte) {
  const uint16_t bits = held | (uint16_t)byte * place;
  chip::send(bits & 0x7F);
  held = bits << 1 >> 8;
  place <<= 1;
  if (place < 0x80) return;
  chip::send(held);
  held = 0;
  place = 1;
}

}  // namespace

void begin(uint8_t code, uint16_t seed) {
  chip::send(0xF0);
  chip::send(loomSysex);
  crc = seed;
  held = 0;
  place = 1;
  u8(code);
}

void u8(uint8_t value) {
  crc = crcByte(crc, value);
  pack(value);
}

void u16(uint16_t value) {
  u8(value);
  u8(value >> 8);
}

void end() {
  const uint16_t sum = crc;
  pack(sum);
  pack(sum >> 8);
  if (place > 1) chip::send(held);
  chip::send(0xF7);
}

}  // namespace reply
