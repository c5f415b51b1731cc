// CRC-16/MCRF4XX, as protocol/wire.ts computes it.
#pragma once
#include <stdint.h>

inline uint16_t crcByte(uint16_t crc, uint8_t byte) {
  uint8_t d = byte ^ (uint8_t)crc;
  d ^= d << 4;
  return (((uint16_t)d << 8) | (crc >> 8)) ^ (uint8_t)(d >> 4) ^ ((uint16_t)d << 3);
}

inline uint16_t crcBytes(const uint8_t *bytes, uint8_t length, uint16_t crc) {
  while (length--) crc = crcByte(crc, *bytes++);
  return crc;
}
