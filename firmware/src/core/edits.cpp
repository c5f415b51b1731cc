// Writes settings to EEPROM: see edits.h.
#include "edits.h"
#include <string.h>
#include "chip.h"

namespace edits {
namespace {

enum class Step : uint8_t { none, spoil, copy, change, generation, crc, mark };

constexpr uint8_t compared = 32;  // bytes looked at before the main loop goes round

bank::Source saved;     // what a reset brings back
bank::Source inEffect;
bank::Source copied;    // what the copy is made of
bool changed;           // the other bank is in effect
bool damaged;
bool good = true;
bool savesCopy;
Step step;
uint16_t at;            // offset in the copy
uint16_t offset;        // of the bytes to be written after it
uint8_t bytes[6];
uint8_t length, written;

/** The bank that is not the saved one. The first is never it at first: layout 1 lies there. */
uint16_t other() { return saved.base == bank::second ? bank::first : bank::second; }

uint8_t image(const bank::Source &from, uint16_t offset) {
  if (offset == bank::layoutAt) return bank::layout;
  if (offset >= bank::scalarsAt && offset < bank::widthsAt) {
    const uint8_t place = offset - bank::scalarsAt, index = place >> 1;
    if (index < from.count) return bank::byte(from.scalars + place);
    return pgm_read_word(&settingSpecs[index].initial) >> (place & 1 ? 8 : 0);
  }
  if (from.base) return bank::byte(from.base + offset);
  return offset >= bank::clocksAt && offset < bank::crcAt ? bank::clock25MHz : 0xFF;
}

/** @return true when a write was begun; false when the byte is as it should be */
bool put(uint16_t offset, uint8_t byte) {
  const uint16_t address = other() + offset;
  if (chip::memoryRead(address) == byte) return false;
  chip::memoryWrite(address, byte);
  return true;
}

void next(Step then, uint16_t where, uint16_t number, uint8_t count) {
  step = then;
  offset = where;
  bytes[0] = number;
  bytes[1] = number >> 8;
  length = count;
  written = 0;
}

void end(bool well) {
  step = Step::none;
  length = 0;
  good = well;
}

void beginSaving() {
  const uint16_t before = saved.base ? bank::word(saved.base + bank::generationAt) : 0;
  next(Step::generation, bank::generationAt, before + 1, 2);
}

void beginCopy(const bank::Source &from, bool saves) {
  copied = from;
  savesCopy = saves;
  at = bank::layoutAt;
  step = Step::spoil;
}

void copyEnds() {
  inEffect = bank::in(other());
  changed = true;
  if (savesCopy) beginSaving();
  else step = Step::change;
}

/** The bytes of a step are written. */
void stepEnds() {
  length = 0;  // from here on what is read is what EEPROM kept
  switch (step) {
    case Step::generation: return next(Step::crc, bank::crcAt, bank::sum(other()), 2);
    case Step::crc:
      if (bank::word(other() + bank::crcAt) != bank::sum(other())) return end(false);
      return next(Step::mark, bank::markAt, bank::whole, 1);
    case Step::mark:
      if (!bank::isWhole(other())) return end(false);
      saved = inEffect = bank::in(other());
      changed = damaged = false;
      return end(true);
    default: return end(true);
  }
}

/** Looks at one byte. @return true when a write was begun */
bool go() {
  if (step == Step::spoil) {
    step = Step::copy;
    return put(bank::markAt, bank::spoilt);
  }
  if (step == Step::copy) {
    if (at == bank::crcAt) {
      copyEnds();
      return false;
    }
    const uint16_t here = at++;
    if (at == bank::generationAt) at = bank::scalarsAt;
    return put(here, image(copied, here));
  }
  if (written < length) {
    const uint8_t here = written++;
    return put(offset + here, bytes[here]);
  }
  stepEnds();
  return false;
}

}  // namespace

void begin() {
  step = Step::none;
  changed = false;
  length = 0;
  saved = inEffect = bank::find(damaged);
  if (saved.base || !saved.count) return;
  beginCopy(saved, true);
  const bank::Source old = saved;
  while (busy()) {
    chip::alive();
    pump();
  }
  if (!good) saved = inEffect = old;
  changed = false;
}

uint8_t byte(uint16_t offset) { return image(inEffect, offset); }
bool spoilt() { return damaged; }
bool intact() { return !damaged && (!saved.base || bank::isWhole(saved.base)); }
bool savedBefore() { return saved.count; }
bool unsaved() { return changed; }

void write(uint16_t where, const uint8_t *from, uint8_t count) {
  offset = where;
  memcpy(bytes, from, count);
  length = count;
  written = 0;
  if (changed) step = Step::change;
  else beginCopy(inEffect, false);
}

void save() {
  if (changed) beginSaving();
  else end(true);
}

void drop() {
  inEffect = saved;
  changed = false;
  end(true);
}

void defaults() {
  inEffect = bank::table;
  beginCopy(bank::table, false);
}

bool busy() { return step != Step::none; }
bool well() { return good; }

bool pump() {
  if (chip::memoryBusy()) return false;
  for (uint8_t i = 0; i < compared; i++) {
    if (!busy() || go()) return false;
  }
  return true;
}

bool covers(uint16_t address, uint8_t &value) {
  if (step < Step::change) return false;  // not yet
  const uint16_t place = address - other() - offset;
  if (place >= length) return false;
  value = bytes[place];
  return true;
}

}  // namespace edits
