// How settings lie in EEPROM: two banks of layout 2, of which the whole one with the newest generation counts, or what layout 1
// left behind. A bank is made whole by its mark, which is written last and spoilt first.
#pragma once
#include <stdint.h>
#include "capacity.h"

namespace bank {

/** Offsets in a bank. Numbers are little-endian. */
enum : uint16_t {
  markAt = 0,
  layoutAt = 1,
  generationAt = 2,
  scalarsAt = 4,
  widthsAt = scalarsAt + 2 * settingCount,                 // 9 bits each: up, down of heddle 1, then of heddle 2 …
  exceptionsAt = widthsAt + (2 * maxHeddles * 9 + 7) / 8,  // heddle, output, LED: 2 bytes each
  clocksAt = exceptionsAt + 6 * exceptionCount,            // 20 kHz each, from 22,500
  crcAt = clocksAt + maxBoards,                            // of everything from layoutAt on
  size = crcAt + 2,
};

constexpr uint16_t first = 16, second = first + size;
static_assert(second + size <= (onUno ? 1024 : 4096), "two banks must fit the EEPROM");

constexpr uint8_t layout = 2, whole = 0xA5, spoilt = 0x00;
constexpr uint16_t widthNone = 511;     // as servo.up or servo.down
constexpr uint16_t slotFree = 0xFFFF;   // the heddle of an exception that is none
constexpr uint8_t clock25MHz = (25000 - 22500) / 20;
constexpr uint16_t byRule = 0xFFFE;     // output or LED of an exception

/** Where the settings in effect are read from. */
struct Source {
  uint16_t base;     // of the bank; 0 = there is none, and all but the scalars are as the table has them
  uint16_t scalars;  // address of the first
  uint8_t count;     // of scalars there; those after it are as the table has them
};
constexpr Source table = {0, 0, 0};
inline Source in(uint16_t base) { return {base, (uint16_t)(base + scalarsAt), settingCount}; }

/** A byte of EEPROM, or what it is being changed to: so a number changes in one go, though its bytes do not. */
uint8_t byte(uint16_t address);
uint16_t word(uint16_t address);
/** CRC of a bank as it is now. */
uint16_t sum(uint16_t base);
bool isWhole(uint16_t base);

/** What EEPROM has: the newest whole bank, or layout 1, or nothing. @param spoilt something was there and is damaged */
Source find(bool &spoilt);

/** 9 bits as they lie at a place of the widths. */
inline uint16_t widthByte(uint16_t place) { return widthsAt + place + (place >> 3); }
inline uint8_t widthShift(uint16_t place) { return place & 7; }

}  // namespace bank
