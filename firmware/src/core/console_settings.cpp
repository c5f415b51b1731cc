// The settings in the console: see console_settings.h. A part of a line that is left empty stays as it is, and - is none.
#include "console_settings.h"
#include <string.h>
#include "chip.h"
#include "edits.h"
#include "machine.h"
#include "settings.h"
#include "text.h"

namespace console_settings {
namespace {

constexpr uint8_t ofHeddle[] = {Setting::heddleUp, Setting::heddleDown, Setting::heddleOutput, Setting::heddleLed};
constexpr uint8_t parts = sizeof ofHeddle;
constexpr uint8_t lineRoom = 40;

struct Change {
  uint8_t id;
  uint16_t value;
};
Change changes[parts];
uint8_t changeCount, changeNext;
uint16_t changeIndex;
bool writing;
uint16_t listed, listEnd;  // lines of the listing: settings, heddles, boards

uint16_t heddles() { return settings::count(Setting::heddleUp); }
uint16_t lines() { return settingCount + heddles() + settings::count(Setting::boardClock); }

uint16_t special(uint8_t id) { return pgm_read_word(&settingSpecs[settingCount + id - firstIndexedSetting].initial); }

void value(uint8_t id, uint16_t index) {
  const uint16_t is = settings::value(id, index);
  if (id != Setting::boardClock && is == special(id)) text::put('-');
  else text::number(is);
}

void list(uint16_t line) {
  text::put('$');
  if (line < settingCount) {
    text::flash(text::of(settingNames, line));
    text::put('=');
    text::number(settings::get(line + 1));
  } else if ((line -= settingCount) < heddles()) {
    text::field(PSTR("H"), line + 1);
    for (uint8_t i = 0; i < parts; i++) {
      text::put(i ? ',' : '=');
      value(ofHeddle[i], line);
    }
  } else {
    line -= heddles();
    text::field(PSTR("B"), line + 1);
    text::put('=');
    value(Setting::boardClock, line);
  }
  text::flash(PSTR("\r\n"));
}

uint8_t listFrom(uint16_t first, uint16_t end) {
  listed = first;
  listEnd = end;
  return goesOn;
}

/** Values from `at` on, parted by commas. */
uint8_t change(const char *at, const uint8_t *ids, uint8_t count, uint16_t index) {
  changeCount = changeNext = 0;
  changeIndex = index;
  for (uint8_t i = 0; i < count; i++) {
    if (*at && *at != ',') {
      Change &one = changes[changeCount++];
      one.id = ids[i];
      if (*at == '-' && one.id >= firstIndexedSetting) {
        one.value = special(one.id);
        at++;
      } else if (!text::read(at, one.value)) return notMine;
      const uint8_t refusal = settings::refuses(one.id, index, one.value);
      if (refusal) return refusal;
    }
    if (*at == ',') at++;
    else break;
  }
  if (*at || !changeCount) return notMine;
  writing = true;
  return goesOn;
}

uint8_t indexed(const char *at) {
  const bool board = *at++ == 'B';
  uint16_t which;
  if (!text::read(at, which)) return notMine;
  const uint16_t there = board ? settings::count(Setting::boardClock) : heddles();
  if (which < 1 || which > there) return Refusal::range;
  const uint16_t line = settingCount + (board ? heddles() : 0) + which - 1;
  if (!*at) return listFrom(line, line + 1);
  if (*at++ != '=') return notMine;
  static const uint8_t ofBoard[] = {Setting::boardClock};
  return board ? change(at, ofBoard, 1, which - 1) : change(at, ofHeddle, parts, which - 1);
}

uint8_t named(const char *at) {
  for (uint8_t i = 0; i < settingCount; i++) {
    const char *const name = text::of(settingNames, i);
    const uint8_t length = strlen_P(name);
    if (strncmp_P(at, name, length)) continue;
    if (!at[length]) return listFrom(i, i + 1);
    if (at[length] != '=') continue;
    const uint8_t id = i + 1;
    return change(at + length + 1, &id, 1, 0);
  }
  return Refusal::range;
}

}  // namespace

uint8_t execute(const char *line) {
  if (edits::busy()) return Refusal::busy;
  if (!strcmp_P(line, PSTR("$"))) return listFrom(0, lines());
  if (*line == 'H' || *line == 'B') return indexed(line);
  return named(line);
}

uint8_t whenWritten(uint8_t outcome) {
  if (outcome != machine::done) return outcome;
  changeCount = changeNext = 0;
  writing = true;
  return goesOn;
}

bool busy() { return writing || listed < listEnd; }

uint8_t pump() {
  if (writing) {
    if (edits::busy()) return goesOn;
    if (changeNext < changeCount) {
      const Change &one = changes[changeNext++];
      const uint8_t outcome = machine::set(one.id, changeIndex, one.value);
      if (outcome == machine::done) return goesOn;
      writing = false;
      return outcome;
    }
    writing = false;
    return edits::well() ? (uint8_t)machine::done : (uint8_t)Refusal::memory;
  }
  if (edits::busy() || chip::room() < lineRoom) return goesOn;
  list(listed++);
  return listed < listEnd ? goesOn : (uint8_t)machine::done;
}

}  // namespace console_settings
