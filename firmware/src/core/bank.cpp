// Finds the settings in EEPROM: see bank.h.
#include "bank.h"
#include "chip.h"
#include "crc.h"
#include "edits.h"

namespace bank {
namespace {

/** Layout 1, of version 0.1: layout, count, 13 numbers, CRC over all before it. */
constexpr uint16_t oldBase = first;
constexpr uint8_t oldCount = 13, oldSize = 2 + 2 * oldCount;

bool inRange(uint16_t scalars, uint8_t count) {
  for (uint8_t i = 0; i < count; i++) {
    const uint16_t value = word(scalars + 2 * i);
    if (value < pgm_read_word(&settingSpecs[i].min) || value > pgm_read_word(&settingSpecs[i].max)) return false;
  }
  return true;
}

bool oldIsWhole() {
  if (byte(oldBase) != 1 || byte(oldBase + 1) != oldCount) return false;
  uint16_t crc = 0xFFFF;
  for (uint8_t i = 0; i < oldSize; i++) crc = crcByte(crc, byte(oldBase + i));
  return crc == word(oldBase + oldSize) && inRange(oldBase + 2, oldCount);
}

}  // namespace

uint8_t byte(uint16_t address) {
  uint8_t value;
  return edits::covers(address, value) ? value : chip::memoryRead(address);
}

uint16_t word(uint16_t address) {
  const uint8_t low = byte(address);
  return low | byte(address + 1) << 8;
}

uint16_t sum(uint16_t base) {
  uint16_t crc = 0xFFFF;
  for (uint16_t at = layoutAt; at < crcAt; at++) crc = crcByte(crc, byte(base + at));
  return crc;
}

bool isWhole(uint16_t base) {
  return byte(base + markAt) == whole && byte(base + layoutAt) == layout && word(base + crcAt) == sum(base) &&
         inRange(base + scalarsAt, settingCount);
}

Source find(bool &spoilt) {
  spoilt = false;
  const bool one = isWhole(first), two = isWhole(second);
  if (one && two) {
    const int16_t ahead = word(second + generationAt) - word(first + generationAt);
    return in(ahead > 0 ? second : first);
  }
  if (one || two) return in(one ? first : second);
  if (oldIsWhole()) return {0, oldBase + 2, oldCount};
  spoilt = byte(first) == whole || byte(second) == whole || byte(oldBase) == 1;
  return table;
}

}  // namespace bank
