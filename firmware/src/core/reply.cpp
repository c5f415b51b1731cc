// Frames to the host: see reply.h.
#include "reply.h"
#include "chip.h"
#include "crc.h"

namespace reply {
namespace {

uint16_t crc;
uint16_t held;
uint8_t bits;

void pack(uint8_t byte) {
  held |= (uint16_t)byte << bits;
  bits += 8;
  while (bits >= 7) {
    chip::send(held & 0x7F);
    held >>= 7;
    bits -= 7;
  }
}

}  // namespace

void begin(uint8_t code, uint16_t seed) {
  chip::send(0xF0);
  chip::send(loomSysex);
  crc = seed;
  held = bits = 0;
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
  if (bits) chip::send(held & 0x7F);
  chip::send(0xF7);
}

}  // namespace reply
