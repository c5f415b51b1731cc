// The settings in effect: scalars of the table, from EEPROM when what is there is whole, else as the table has them.
#pragma once
#include <stdint.h>
#include "wire.gen.h"

namespace settings {

/** Loads the saved image, or the table's values. */
void begin();
/** @param id 1…settingCount */
uint16_t get(uint8_t id);
/** @return false when the value is out of range or does not fit the others; nothing changed then */
bool set(uint8_t id, uint16_t value);
/** CRC-16 of the values in effect. */
uint16_t version();
bool unsaved();
/** Begins to write the image; done when chip::memoryBusy() is false. */
void save();

uint16_t heddles();
inline uint8_t rowBytes() { return (heddles() + 7) / 8; }
uint32_t boardId();

}  // namespace settings
