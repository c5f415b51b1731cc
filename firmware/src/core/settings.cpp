// The settings in effect: see settings.h and bank.h.
#include "settings.h"
#include "bank.h"
#include "chip.h"
#include "edits.h"
#include "identity.h"

namespace settings {
namespace {

uint8_t atStart;  // the setting `outputs`
bool excepting;   // there are exceptions: kept here because every pulse asks

uint16_t number(uint16_t offset) {
  const uint8_t low = edits::byte(offset);
  return low | edits::byte(offset + 1) << 8;
}

uint16_t slotAt(uint8_t slot) { return bank::exceptionsAt + 6 * slot; }

/** Slot of a heddle, or exceptionCount. */
uint8_t find(uint16_t heddle) {
  uint8_t slot = 0;
  while (slot < exceptionCount && number(slotAt(slot)) != heddle) slot++;
  return slot;
}

/** A width as it is kept, or bank::widthNone. */
uint16_t kept(uint16_t place) {
  return number(bank::widthByte(place)) >> bank::widthShift(place) & bank::widthNone;
}

uint16_t byRule(uint8_t id, uint16_t heddle) {
  return get(id == Setting::heddleOutput ? Setting::outputFirst : Setting::ledFirst) + heddle;
}

uint16_t excepted(uint8_t id, uint16_t heddle) {
  if (excepting) {
    const uint8_t slot = find(heddle);
    if (slot < exceptionCount) {
      const uint16_t value = number(slotAt(slot) + (id == Setting::heddleOutput ? 2 : 4));
      if (value != bank::byRule) return value;
    }
  }
  return byRule(id, heddle);
}

void setWidth(uint16_t place, uint16_t us) {
  const uint16_t value = us ? (us - 500) / 4 : bank::widthNone;
  const uint16_t at = bank::widthByte(place);
  const uint8_t shift = bank::widthShift(place);
  const uint16_t both = (number(at) & ~(bank::widthNone << shift)) | value << shift;
  edits::write(at, (const uint8_t *)&both, sizeof both);
}

void except(uint8_t id, uint16_t heddle, uint16_t value) {
  uint8_t slot = find(heddle);
  if (slot == exceptionCount) slot = find(bank::slotFree);
  Exception entry = exception(slot);
  if (entry.heddle != heddle) entry = {heddle, bank::byRule, bank::byRule};
  (id == Setting::heddleOutput ? entry.output : entry.led) = value == byRule(id, heddle) ? bank::byRule : value;
  if (entry.output == bank::byRule && entry.led == bank::byRule) entry = {bank::slotFree, 0xFFFF, 0xFFFF};
  edits::write(slotAt(slot), (const uint8_t *)&entry, sizeof entry);
  excepting = true;
}

void lookForExceptions() {
  excepting = false;
  for (uint8_t slot = 0; slot < exceptionCount; slot++)
    if (number(slotAt(slot)) != bank::slotFree) excepting = true;
}

const SettingSpec &spec(uint8_t id) {
  return settingSpecs[id <= settingCount ? id - 1 : settingCount + id - firstIndexedSetting];
}

}  // namespace

void begin() {
  edits::begin();
  identity::begin();
  lookForExceptions();
  atStart = get(Setting::outputs);
}

uint16_t get(uint8_t id) { return number(bank::scalarsAt + 2 * (id - 1)); }

uint16_t width(uint16_t heddle, bool up) {
  const uint16_t value = kept(2 * heddle + !up);
  if (value != bank::widthNone) return 500 + 4 * value;
  return get(up ? Setting::servoUp : Setting::servoDown);
}

uint16_t output(uint16_t heddle) { return excepted(Setting::heddleOutput, heddle); }
uint16_t led(uint16_t heddle) { return excepted(Setting::heddleLed, heddle); }
uint16_t boardClock(uint8_t board) { return 22500 + 20 * edits::byte(bank::clocksAt + board); }

bool boardUsed(uint8_t board) {
  const uint16_t from = board * 16, first = get(Setting::outputFirst), count = heddles();
  const uint16_t low = from > first ? from : first, high = from + 16 < first + count ? from + 16 : first + count;
  int16_t here = high > low ? high - low : 0;
  for (uint8_t slot = 0; excepting && slot < exceptionCount; slot++) {
    const Exception entry = exception(slot);
    if (entry.heddle >= count || entry.output == bank::byRule) continue;
    if ((first + entry.heddle) >> 4 == board) here--;
    if (entry.output != none && entry.output >> 4 == board) here++;
  }
  return here > 0;
}

Exception exception(uint8_t slot) {
  const uint16_t at = slotAt(slot);
  return {number(at), number(at + 2), number(at + 4)};
}

bool exceptional() { return excepting; }

uint8_t outputs() { return atStart; }

uint16_t heddles() {
  const uint16_t heddles = get(Setting::heddles);
  return atStart == Output::pins && heddles > pinServos ? pinServos : heddles;
}

uint16_t leds() { return get(Setting::leds); }

uint16_t count(uint8_t id) {
  if (id >= 1 && id <= settingCount) return 1;
  if (id == Setting::boardClock) return maxBoards;
  return id >= firstIndexedSetting && id < firstIndexedSetting + indexedSettingCount ? heddles() : 0;
}

uint16_t value(uint8_t id, uint16_t index) {
  switch (id) {
    case Setting::heddleUp:
    case Setting::heddleDown: {
      const uint16_t value = kept(2 * index + (id == Setting::heddleDown));
      return value == bank::widthNone ? 0 : 500 + 4 * value;
    }
    case Setting::heddleOutput:
    case Setting::heddleLed: return excepted(id, index);
    case Setting::boardClock: return boardClock(index);
    default: return get(id);
  }
}

uint8_t refuses(uint8_t id, uint16_t index, uint16_t value) {
  if (index >= count(id)) return Refusal::range;
  const SettingSpec &range = spec(id);
  const bool fits = value >= pgm_read_word(&range.min) && value <= pgm_read_word(&range.max);
  if (!fits && (id <= settingCount || value != pgm_read_word(&range.initial))) return Refusal::range;
  if (id != Setting::heddleOutput && id != Setting::heddleLed) return 0;
  if (value == settings::value(id, index) || find(index) < exceptionCount) return 0;
  return find(bank::slotFree) < exceptionCount ? 0 : (uint8_t)Refusal::exceptions;
}

void set(uint8_t id, uint16_t index, uint16_t value) {
  const uint8_t step = pgm_read_byte(&spec(id).step);
  const uint16_t min = pgm_read_word(&spec(id).min);
  if (value >= min) value -= (value - min) % step;
  if (value == settings::value(id, index)) return;
  switch (id) {
    case Setting::heddleUp:
    case Setting::heddleDown: return setWidth(2 * index + (id == Setting::heddleDown), value);
    case Setting::heddleOutput:
    case Setting::heddleLed: return except(id, index, value);
    case Setting::boardClock: {
      const uint8_t byte = (value - min) / step;
      return edits::write(bank::clocksAt + index, &byte, 1);
    }
    default: edits::write(bank::scalarsAt + 2 * (id - 1), (const uint8_t *)&value, sizeof value);
  }
}

void load(uint8_t from) {
  if (from) edits::defaults();
  else edits::drop();
  lookForExceptions();
}

bool pump() {
  const bool was = edits::busy(), more = edits::pump();
  if (was && !edits::busy()) lookForExceptions();
  return more;
}

}  // namespace settings
