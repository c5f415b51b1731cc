// Writes settings to EEPROM in the background. The first change copies what is in effect to the other bank; changes go there
// and are in effect at once; saving makes that bank whole. Power may fail at any byte: then it is as it was before, or as it
// is after, and never in between.
#pragma once
#include <stdint.h>
#include "bank.h"

namespace edits {

/** Begins with what EEPROM has. Settings of an older layout are moved to a bank here, which takes up to 2 s once in a life. */
void begin();

/** A byte of the settings in effect, by its offset in a bank from layoutAt on, whether they lie in a bank or not. */
uint8_t byte(uint16_t offset);
/** Something was saved and is damaged: the table's values are in effect. */
bool spoilt();
/** What was saved is still whole. */
bool intact();
/** There is something that a reset brings back. */
bool savedBefore();
/** There are changes that are not saved. */
bool unsaved();

/** Begins to change bytes, by their offset in a bank: 6 at most. They are in effect together. Only when not busy. */
void write(uint16_t offset, const uint8_t *bytes, uint8_t length);
/** Begins to save the changes. */
void save();
/** Forgets the changes, at once. */
void drop();
/** Begins to change everything to the table's values, which are in effect at once. */
void defaults();

/** What began is not over. */
bool busy();
/** The last thing that began came to a good end. If not, EEPROM did not keep what was written. */
bool well();
/** Goes on; at the end of the main loop, after all reading. @return true when there is more to do at once */
bool pump();

/** @return true when the byte at an address is being changed: `value` is what it becomes */
bool covers(uint16_t address, uint8_t &value);

}  // namespace edits
