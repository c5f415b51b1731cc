// The states of the machine: see machine.h. One function stops it, and the first reason wins.
#include "machine.h"
#include <string.h>
#include "chip.h"
#include "heddles.h"
#include "messages.h"
#include "outputs.h"
#include "place.h"
#include "settings.h"
#include "strip.h"
#include "treadle.h"

namespace machine {

uint8_t state;
uint8_t faultReason;
uint16_t waitingStep;
bool hands;

namespace {

enum class Move : uint8_t { none, toRest, toPark, toShed, loose };

heddles::Bits waitingRow;
Move move;
bool toldIsOpen;  // the last row told is the open one
bool byConsole;  // armed from the console: released when nobody types
uint16_t silentFrames;
uint16_t heardAt;
uint16_t consoleFrames;
uint8_t consoleMinutes;

constexpr uint16_t inFrames(uint16_t ms) { return ms / Time::frame; }

void enter(uint8_t next, uint16_t arg = 0) {
  if (next == state) return;
  state = next;
  heddles::freeze(next == State::held);
  chip::setLive(live());
  strip::changed();
  messages::event(Event::state, arg);
}

void forgetRow() {
  waitingStep = 0;
  toldIsOpen = false;
}

uint16_t crcOf(uint16_t step, const uint8_t *bytes) {
  uint16_t crc = crcByte(crcByte(0xFFFF, step), step >> 8);
  return crcBytes(bytes, settings::rowBytes(), crc);
}

/** The waiting row becomes the open one. */
void openWaiting() {
  place.openStep = waitingStep;
  place.rowCrc = crcOf(waitingStep, waitingRow);
  place.seal();
  waitingStep = 0;
  toldIsOpen = true;
  move = Move::toShed;
  heddles::open(waitingRow);
  strip::changed();
  messages::event(Event::opening, place.openStep);
}

Outcome canArm() {
  if (state != State::idle && state != State::released) return Refusal::state;
  if (settings::get(Setting::estopFitted) && !(chip::contacts() & chip::estop)) return Refusal::estop;
  if (hands) return Refusal::hands;
  return done;
}

void beginArm() {
  forgetRow();
  move = Move::toRest;
  treadle::arm();
  enter(State::armed);
  heddles::rest();
  strip::changed();
}

}  // namespace

void begin(uint8_t resetCause) {
  state = State::idle;
  faultReason = Fault::none;
  if (resetCause == ResetCause::watchdog && place.mark == Mark::hungLive) {
    state = State::fault;
    faultReason = Fault::watchdog;
  }
}

bool live() { return state >= State::armed && state <= State::released; }

Outcome arm(uint16_t weave, uint16_t openStep, uint16_t rowCrc) {
  const Outcome outcome = canArm();
  if (outcome) return outcome;
  place.weave = weave;
  place.openStep = openStep;
  place.rowCrc = openStep ? rowCrc : 0;
  place.seal();
  byConsole = false;
  beginArm();
  return done;
}

Outcome armFromConsole() {
  const Outcome outcome = canArm();
  if (outcome) return outcome;
  byConsole = true;
  beginArm();
  return done;
}

Outcome park() {
  if (state < State::armed || state > State::held) return Refusal::state;
  if (hands) return Refusal::hands;
  if (move == Move::toPark) return done;
  forgetRow();
  move = Move::toPark;
  enter(State::armed);
  heddles::Bits none;
  memset(none, 0, sizeof none);
  heddles::open(none);
  strip::changed();
  return done;
}

Outcome row(uint16_t step, const uint8_t *bytes) {
  if (state < State::armed || state > State::held) return Refusal::state;
  if (move == Move::toPark) return Refusal::moving;
  if (waitingStep) return Refusal::waiting;
  const uint8_t spare = -settings::heddles() & 7;
  if (spare && bytes[settings::rowBytes() - 1] >> (8 - spare)) return Refusal::range;
  if (step == 0) return Refusal::step;
  if (step == place.openStep) {
    if (place.rowCrc && crcOf(step, bytes) != place.rowCrc) return Refusal::step;
  } else if (step != (uint16_t)(place.openStep + 1)) return Refusal::step;
  memcpy(waitingRow, bytes, settings::rowBytes());
  waitingStep = step;
  toldIsOpen = false;
  return done;
}

uint16_t drop() {
  const uint16_t answer = waitingStep ? 1 : toldIsOpen ? 2 : 0;
  waitingStep = 0;
  return answer;
}

Outcome open(uint16_t step) {
  if (state != State::armed && state != State::weaving) return Refusal::state;
  if (hands) return Refusal::hands;
  if (move != Move::none) return Refusal::moving;
  if (!waitingStep) return Refusal::nothing;
  if (step != waitingStep) return Refusal::step;
  enter(State::weaving);
  openWaiting();
  return done;
}

Outcome hold(bool handsIn) {
  if (!handsIn && hands) {  // the latch opens in any state
    hands = false;
    if (state != State::weaving) return done;
  }
  if (state != State::weaving && state != State::held) return Refusal::state;
  hands = handsIn;
  enter(State::held);
  return done;
}

Outcome resume() {
  if (state != State::held) return Refusal::state;
  if (hands) return Refusal::hands;
  enter(State::weaving);
  return done;
}

Outcome clear() {
  if (state != State::fault) return Refusal::state;
  if (settings::get(Setting::estopFitted) && !(chip::contacts() & chip::estop)) return Refusal::estop;
  faultReason = Fault::none;
  enter(State::idle);
  return done;
}

void stop(uint8_t reason) {
  if (!live()) return;
  heddles::off();
  forgetRow();
  move = Move::none;
  byConsole = false;
  faultReason = reason;
  enter(State::fault, reason);
}

Outcome test(uint16_t heddle, uint16_t width) {
  if (state != State::armed || move == Move::toPark) return Refusal::state;
  if (heddle >= settings::heddles()) return Refusal::range;
  if (width && (width < 500 || width > 2540)) return Refusal::range;
  if (move == Move::none) move = Move::loose;
  heddles::test(heddle, width);
  return done;
}

Outcome lift(const uint8_t *bytes) {
  if (state != State::armed || move == Move::toPark) return Refusal::state;
  if (move == Move::none) move = Move::loose;
  heddles::open(bytes);
  strip::changed();
  return done;
}

uint8_t press() {
  if (state != State::weaving) return Press::state;
  if (silentFrames > inFrames(Time::pressAlive) || (uint16_t)(chip::now() - heardAt) > Time::pressAlive)
    return Press::silent;
  if (move != Move::none) return Press::moving;
  if (!waitingStep) return Press::nothing;
  return Press::opened;
}

void openPressed() { openWaiting(); }

void estop(bool open) {
  messages::event(Event::estop, open);
  if (open) stop(Fault::estop);
}

void newSession() {
  forgetRow();
  byConsole = false;
  if (state == State::weaving) enter(State::held);
}

void heard() {
  silentFrames = 0;
  heardAt = chip::now();
}

void typed() {
  consoleFrames = 0;
  consoleMinutes = 0;
}

void frame() {
  heddles::frame();
  if (outputs::lost()) stop(Fault::output);
  if (silentFrames < 0xFFFF) silentFrames++;
  if (messages::inSession() && !byConsole) {
    if (state == State::weaving && silentFrames >= inFrames(Time::hold)) enter(State::held);
    if (state == State::held && silentFrames >= inFrames(Time::release)) {
      forgetRow();
      heddles::release();
      move = Move::none;
      enter(State::released);
    }
  }
  if (byConsole && state == State::armed && ++consoleFrames == inFrames(60000)) {
    consoleFrames = 0;
    if (++consoleMinutes >= settings::get(Setting::consoleRelease)) {
      heddles::release();
      move = Move::none;
      enter(State::released);
    }
  }
}

void pump() {
  heddles::pump();
  if (move == Move::none || !heddles::settled()) return;
  const Move ended = move;
  move = Move::none;
  if (ended == Move::toRest) messages::event(Event::rest, 0);
  if (ended == Move::toShed) messages::event(Event::opened, place.openStep);
  if (ended == Move::toPark) {
    heddles::off();
    byConsole = false;
    enter(State::idle);
    messages::event(Event::rest, 1);
  }
}

}  // namespace machine
