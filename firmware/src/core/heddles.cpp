// Moves the heddles: see heddles.h.
#include "heddles.h"
#include <string.h>
#include "chip.h"
#include "outputs.h"
#include "settings.h"
#include "slew.h"

namespace heddles {

Bits lifted;

namespace {

Bits ofPulses[3];  // empty where nothing has a pulse
Bits &pulsing = ofPulses[0];
Bits &odd = ofPulses[1];    // stands elsewhere than up or down, after a test
Bits &dirty = ofPulses[2];  // still to be written
Bits raised;   // was lifted when it was last written
uint16_t tested = settings::none;
uint16_t testWidth, testedFrom;
uint16_t left = settings::none;  // output that is to lose its pulse
uint8_t dirtyByte;               // where the search for the next one goes on
uint8_t quota;
bool writing;  // some are dirty
bool settling;
bool resting;    // the pulses of lowered heddles have been, or are being, taken off
bool releasing;  // what is dirty now loses its pulse
bool frozen;
uint16_t settledFrom;  // ms

inline uint8_t bit(uint16_t heddle) { return 1 << (heddle & 7); }
inline bool has(const Bits &bits, uint16_t heddle) { return bits[heddle >> 3] & bit(heddle); }
inline void put(Bits &bits, uint16_t heddle, bool on) {
  if (on) bits[heddle >> 3] |= bit(heddle);
  else bits[heddle >> 3] &= ~bit(heddle);
}

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

uint16_t width(uint16_t heddle) {
  if (has(odd, heddle) && heddle == tested) return testWidth;
  if (has(lifted, heddle)) return settings::width(heddle, true);
  return releasing ? 0 : settings::width(heddle, false);
}

/** Where a heddle that has a pulse stands. */
uint16_t standing(uint16_t heddle) {
  return testedFrom && heddle == tested ? testedFrom : settings::width(heddle, has(raised, heddle));
}

bool nextDirty(uint16_t &heddle) {
  const uint8_t bytes = settings::rowBytes();
  for (uint8_t looked = 0; looked <= bytes; looked++) {
    if (dirtyByte >= bytes) dirtyByte = 0;
    if (dirty[dirtyByte]) {
      heddle = dirtyByte << 3;
      for (uint8_t bits = dirty[dirtyByte]; !(bits & 1); bits >>= 1) heddle++;
      return true;
    }
    dirtyByte++;
  }
  return false;
}

/** Gives a heddle its pulse. @return false when it has no output */
bool write(uint16_t heddle, uint16_t us) {
  const uint16_t output = settings::output(heddle);
  if (output >= outputs::count()) return false;
  put(pulsing, heddle, us);
  put(raised, heddle, has(lifted, heddle));
  outputs::put(output, us, has(lifted, heddle));
  return true;
}

/** Starts a dirty heddle. */
void start(uint16_t heddle) {
  put(dirty, heddle, false);
  const uint16_t target = width(heddle), step = settings::get(Setting::moveSlew);
  if (step && target && has(pulsing, heddle)) {
    slew::begin(heddle, standing(heddle));
    quota--;
  } else if (write(heddle, target)) quota--;
  if (heddle == tested) testedFrom = has(odd, heddle) ? testWidth : 0;
}

/** One pulse. @return false when nothing is left to do in this frame */
bool writeOne() {
  uint16_t heddle;
  if (left != settings::none) {
    outputs::put(left, 0, false);
    left = settings::none;
    return true;
  }
  if (frozen && settling) return false;
  if (slew::due(heddle)) {
    write(heddle, slew::step(width(heddle), settings::get(Setting::moveSlew)));
    return true;
  }
  if (!writing || !quota || slew::full()) return false;
  if (nextDirty(heddle)) start(heddle);
  else {
    writing = false;
    settledFrom = chip::now();
  }
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
  for (uint8_t at = 0, bytes = settings::rowBytes(); at < bytes; at++) mark(at, usedBits(at));
}

void open(const uint8_t *row) {
  const bool rested = resting;
  begin();
  resting = rested;
  for (uint8_t at = 0, bytes = settings::rowBytes(); at < bytes; at++) {
    uint8_t changed = dirty[at] | odd[at] | (row[at] ^ lifted[at]);
    if (!rested) changed |= ~pulsing[at];
    lifted[at] = row[at];
    odd[at] = 0;
    dirty[at] = 0;
    mark(at, changed & usedBits(at));
  }
}

void test(uint16_t heddle, uint16_t us) {
  begin();
  if (heddle != tested) testedFrom = 0;
  put(odd, heddle, us);
  put(lifted, heddle, false);
  tested = heddle;
  testWidth = us;
  mark(heddle >> 3, bit(heddle));
}

void release() {
  if (frozen && settling) {  // what had not started stays where it is
    memset(dirty, 0, sizeof dirty);
    slew::clear();
    settling = false;
  }
  releasing = resting = true;
  for (uint8_t at = 0, bytes = settings::rowBytes(); at < bytes; at++) mark(at, pulsing[at] & ~lifted[at] & ~odd[at]);
}

void off() {
  outputs::off();
  writing = settling = resting = releasing = frozen = false;
  left = settings::none;
  testedFrom = 0;
  slew::clear();
  memset(ofPulses, 0, sizeof ofPulses);
  memset(lifted, 0, sizeof lifted);
}

void freeze(bool on) { frozen = on; }

void leave(uint16_t heddle) {
  if (!has(pulsing, heddle)) return;
  put(pulsing, heddle, false);
  left = settings::output(heddle);
}

bool settled() { return !settling; }

void frame() {
  quota = settings::get(Setting::moveK);
  slew::frame();
  outputs::frame();
}

void pump() {
  outputs::pump();
  while ((writing || left != settings::none || slew::any()) && outputs::ready() && writeOne()) {
  }
  if (settling && !writing) {
    if (!outputs::sent() || slew::any()) settledFrom = chip::now();
    else if ((uint16_t)(chip::now() - settledFrom) >= settings::get(Setting::moveSettle)) {
      settling = false;
      settledFrom = chip::now();
    }
  }
  if (settling || resting) return;
  const uint16_t rest = settings::get(Setting::servoRest);
  if (rest && (uint16_t)(chip::now() - settledFrom) >= rest) release();
}

}  // namespace heddles
