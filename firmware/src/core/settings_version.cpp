// The number that tells settings apart: of the values alone, so that it is the same on every board that has them.
#include "bank.h"
#include "crc.h"
#include "settings.h"

namespace settings {
namespace {

uint16_t add(uint16_t crc, uint16_t number) { return crcByte(crcByte(crc, number), number >> 8); }

uint16_t addEach(uint16_t crc, uint8_t id, uint16_t count, uint16_t usual) {
  for (uint16_t index = 0; index < count; index++) {
    const uint16_t number = value(id, index);
    if (number != usual) crc = add(add(add(crc, id), index), number);
  }
  return crc;
}

/** By heddle, because the slots are filled in the order in which they were asked for. */
uint16_t addExceptions(uint16_t crc) {
  for (uint16_t from = 0;;) {
    Exception next = {bank::slotFree, 0, 0};
    for (uint8_t slot = 0; slot < exceptionCount; slot++) {
      const Exception entry = exception(slot);
      if (entry.heddle >= from && entry.heddle < next.heddle) next = entry;
    }
    if (next.heddle == bank::slotFree) return crc;
    crc = add(add(add(crc, next.heddle), next.output), next.led);
    from = next.heddle + 1;
  }
}

}  // namespace

uint16_t version() {
  uint16_t crc = 0xFFFF;
  for (uint8_t id = 1; id <= settingCount; id++) crc = add(crc, get(id));
  crc = addEach(crc, Setting::heddleUp, maxHeddles, 0);
  crc = addEach(crc, Setting::heddleDown, maxHeddles, 0);
  crc = addEach(crc, Setting::boardClock, maxBoards, pgm_read_word(&settingSpecs[settingCount + indexedSettingCount - 1].initial));
  return exceptional() ? addExceptions(crc) : crc;
}

}  // namespace settings
