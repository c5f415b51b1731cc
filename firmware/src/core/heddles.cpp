// Moves the heddles: see heddles.h.
#include "heddles.h"
#include <string.h>
#include "chip.h"
#include "outputs.h"
#include "settings.h"

namespace heddles {

Bits lifted;

namespace {

Bits pulsing;  // has a pulse
Bits odd;      // stands elsewhere than up or down, after a test
Bits dirty;    // still to be written
uint8_t tested = 0xFF;
uint16_t testWidth;
uint8_t dirtyByte;  // where the search for the next one goes on
uint8_t quota;
bool writing;  // some are dirty
bool settling;
bool resting;    // the pulses of lowered heddles have been, or are being, taken off
bool releasing;  // what is dirty now loses its pulse
bool frozen;
uint16_t settledFrom;  // ms

inline uint8_t bit(uint8_t heddle) { return 1 << (heddle & 7); }

void mark(uint8_t at, uint8_t bits) {
  if (!bits) return;
  dirty[at] |= bits;
  writing = true;
}

void begin() {
  dirtyByte = 0;
  releasing = resting = false;
  settling = true;
  settledFrom = chip::now();
}

uint16_t width(uint8_t heddle) {
  const uint8_t at = heddle >> 3;
  if (odd[at] & bit(heddle) && heddle == tested) return testWidth;
  if (lifted[at] & bit(heddle)) return settings::get(Setting::servoUp);
  return releasing ? 0 : settings::get(Setting::servoDown);
}

/** @return false when nothing is dirty any more */
bool writeNext() {
  const uint8_t bytes = settings::rowBytes();
  while (dirtyByte < bytes && !dirty[dirtyByte]) dirtyByte++;
  if (dirtyByte == bytes) {
    dirtyByte = 0;
    while (dirtyByte < bytes && !dirty[dirtyByte]) dirtyByte++;
    if (dirtyByte == bytes) return false;
  }
  uint8_t heddle = dirtyByte << 3;
  for (uint8_t left = dirty[dirtyByte]; !(left & 1); left >>= 1) heddle++;
  const uint8_t mask = bit(heddle);
  dirty[dirtyByte] &= ~mask;
  const uint16_t us = width(heddle);
  if (us) pulsing[dirtyByte] |= mask;
  else pulsing[dirtyByte] &= ~mask;
  outputs::put(heddle, us);
  return true;
}

uint8_t usedBits(uint8_t at) {
  const uint16_t left = settings::heddles() - (at << 3);
  return left >= 8 ? 0xFF : (1 << left) - 1;
}

}  // namespace

void rest() {
  begin();
  outputs::prepare();
  memset(lifted, 0, sizeof lifted);
  memset(odd, 0, sizeof odd);
  for (uint8_t at = 0; at < settings::rowBytes(); at++) mark(at, usedBits(at));
}

void open(const uint8_t *row) {
  const bool rested = resting;
  begin();
  resting = rested;
  for (uint8_t at = 0; at < settings::rowBytes(); at++) {
    uint8_t changed = dirty[at] | odd[at] | (row[at] ^ lifted[at]);
    if (!rested) changed |= ~pulsing[at];
    lifted[at] = row[at];
    odd[at] = 0;
    dirty[at] = 0;
    mark(at, changed & usedBits(at));
  }
}

void test(uint8_t heddle, uint16_t us) {
  begin();
  const uint8_t at = heddle >> 3;
  if (us) odd[at] |= bit(heddle);
  else odd[at] &= ~bit(heddle);
  lifted[at] &= ~bit(heddle);
  tested = heddle;
  testWidth = us;
  mark(at, bit(heddle));
}

void release() {
  if (frozen && settling) {  // what had not started stays where it is
    memset(dirty, 0, sizeof dirty);
    settling = false;
  }
  releasing = resting = true;
  for (uint8_t at = 0; at < settings::rowBytes(); at++) {
    mark(at, pulsing[at] & ~lifted[at] & ~odd[at]);
  }
}

void off() {
  outputs::off();
  writing = settling = resting = releasing = frozen = false;
  memset(dirty, 0, sizeof dirty);
  memset(pulsing, 0, sizeof pulsing);
  memset(odd, 0, sizeof odd);
  memset(lifted, 0, sizeof lifted);
}

void freeze(bool on) { frozen = on; }

bool settled() { return !settling; }

void frame() {
  quota = settings::get(Setting::moveK);
  outputs::frame();
}

void pump() {
  outputs::pump();
  while (writing && quota && !(frozen && settling) && outputs::ready()) {
    if (writeNext()) quota--;
    else {
      writing = false;
      settledFrom = chip::now();
    }
  }
  if (settling && !writing) {
    if (!outputs::sent()) settledFrom = chip::now();
    else if ((uint16_t)(chip::now() - settledFrom) >= settings::get(Setting::moveSettle)) {
      settling = false;
      settledFrom = chip::now();
    }
  }
  const uint16_t rest = settings::get(Setting::servoRest);
  if (rest && !settling && !resting && (uint16_t)(chip::now() - settledFrom) >= rest) release();
}

}  // namespace heddles
