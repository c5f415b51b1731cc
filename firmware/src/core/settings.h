// The settings in effect: read from EEPROM when they are needed, or as the table has them when EEPROM has none.
#pragma once
#include <stdint.h>
#include "capacity.h"

namespace settings {

/** Finds what was saved. Before everything else at boot. */
void begin();

/** @param id 1…settingCount */
uint16_t get(uint8_t id);

/** Output of a heddle that has none: it is masked, a hand lifts it. LED likewise. */
constexpr uint16_t none = 0xFFFF;

/** Pulse in µs of a heddle, by its index, when lifted or lowered. */
uint16_t width(uint16_t heddle, bool up);
/** Output of a heddle, counted from 0 through all boards, or `none`. */
uint16_t output(uint16_t heddle);
/** LED of a heddle, or `none`. */
uint16_t led(uint16_t heddle);
/** Oscillator of a PCA9685 board in kHz. */
uint16_t boardClock(uint8_t board);
/** Some heddle has an output on this board. */
bool boardUsed(uint8_t board);

/** An exception from the rule of outputs and LEDs. */
struct Exception {
  uint16_t heddle;  // bank::slotFree = none
  uint16_t output;  // bank::byRule = by the rule
  uint16_t led;
};
/** @param slot 0…exceptionCount-1 */
Exception exception(uint8_t slot);
/** Some heddle has one. */
bool exceptional();

/** What the heddles are on. The setting when the board started: a change needs a save and a reset. */
uint8_t outputs();
uint16_t heddles();
inline uint8_t rowBytes() { return (heddles() + 7) / 8; }
uint16_t leds();

/** How many there are of a setting: 1, or heddles, or boards; 0 = no such setting. */
uint16_t count(uint8_t id);
/** Any setting, as GET answers. @param index below `count` */
uint16_t value(uint8_t id, uint16_t index);
/** Why a value cannot be set, or 0. */
uint8_t refuses(uint8_t id, uint16_t index, uint16_t value);
/** Begins to set it; in effect when edits::busy() is false. Not to be called where `refuses`. */
void set(uint8_t id, uint16_t index, uint16_t value);

/** Begins to forget what was changed since saving (0), or to set everything to what it is at first (1). */
void load(uint8_t from);
/** Writes on; at the end of the main loop, after all reading. @return true when there is more to do at once */
bool pump();

/** CRC-16 of what is in effect: the same on every board that has the same settings. */
uint16_t version();

}  // namespace settings
