// The states of the machine: see machine.h. One function stops it, and the first reason wins.
#include "machine.h"
#include <string.h>
#include "chip.h"
#include "edits.h"
#include "hands.h"
#include "heddles.h"
#include "messages.h"
#include "outputs.h"
#include "place.h"
#include "settings.h"
#include "silence.h"
#include "strip.h"
#include "treadle.h"
#include "waiting.h"

namespace machine {

uint8_t state;
uint8_t faultReason;
uint8_t faultDetail;
uint16_t stopBytes;

namespace {

enum class Move : uint8_t { none, toRest, toPark, toShed, loose };

Move move;
bool byConsole;  // armed from the console: released when nobody types

void freeze() { heddles::freeze(state == State::held || (hands::in() && live())); }

void enter(uint8_t next, uint16_t arg = 0) {
  if (next == state) return;
  state = next;
  freeze();
  chip::setLive(live());
  strip::changed();
  messages::event(Event::state, arg);
}

/** The waiting row becomes the open one. */
void openWaiting() {
  move = Move::toShed;
  heddles::open(waiting::open());
  strip::changed();
  messages::event(Event::opening, place.openStep);
}

bool estopOpen() { return settings::get(Setting::estopFitted) && !(chip::contacts() & chip::estop); }

Outcome canArm() {
  if (state != State::idle && state != State::released) return Refusal::state;
  if (estopOpen()) return Refusal::estop;
  if (hands::in()) return Refusal::hands;
  return edits::busy() ? (uint8_t)Refusal::busy : done;
}

void beginArm() {
  waiting::forget();
  silence::typed();
  move = Move::toRest;
  treadle::arm();
  enter(State::armed);
  heddles::rest();
  strip::changed();
}

void releaseNow() {
  waiting::forget();
  heddles::release();
  move = Move::none;
  enter(State::released);
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
  if (hands::in()) return Refusal::hands;
  if (move == Move::toPark) return done;
  waiting::forget();
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
  return move == Move::toPark ? (uint8_t)Refusal::moving : waiting::take(step, bytes);
}

Outcome open(uint16_t step) {
  if (state != State::armed && state != State::weaving) return Refusal::state;
  if (hands::in()) return Refusal::hands;
  if (move != Move::none) return Refusal::moving;
  if (!waiting::step) return Refusal::nothing;
  if (step != waiting::step) return Refusal::step;
  enter(State::weaving);
  openWaiting();
  return done;
}

Outcome hold(bool handsIn) {
  if (!handsIn && hands::in() & hands::byHost) {  // the latch opens in any state
    hands::host(false);
    freeze();
    if (state != State::weaving) return done;
  }
  if (state != State::weaving && state != State::held) return Refusal::state;
  hands::host(handsIn);
  enter(State::held);
  return done;
}

Outcome resume() {
  if (state != State::held) return Refusal::state;
  if (hands::in()) return Refusal::hands;
  if (edits::busy()) return Refusal::busy;
  enter(State::weaving);
  return done;
}

Outcome clear() {
  if (state != State::fault) return Refusal::state;
  if (estopOpen()) return Refusal::estop;
  faultReason = Fault::none;
  faultDetail = 0;
  enter(State::idle);
  return done;
}

Outcome release() {
  if (state != State::armed && state != State::held) return Refusal::state;
  if (move == Move::toPark) return Refusal::moving;
  releaseNow();
  return done;
}

void stop(uint8_t reason, uint8_t detail) {
  if (!live()) return;
  heddles::off();
  waiting::forget();
  move = Move::none;
  byConsole = false;
  if (reason == Fault::stopByte && stopBytes < 0xFFFF) stopBytes++;
  faultReason = reason;
  faultDetail = detail;
  enter(State::fault, reason | (uint16_t)detail << 8);
}

Outcome test(uint16_t heddle, uint16_t width) {
  if (state != State::armed || move == Move::toPark) return Refusal::state;
  if (hands::in()) return Refusal::hands;
  if (heddle >= settings::heddles()) return Refusal::range;
  if (width && (width < 500 || width > 2540)) return Refusal::range;
  if (move == Move::none) move = Move::loose;
  heddles::test(heddle, width);
  return done;
}

Outcome lift(const uint8_t *bytes) {
  if (state != State::armed || move == Move::toPark) return Refusal::state;
  if (hands::in()) return Refusal::hands;
  if (move == Move::none) move = Move::loose;
  heddles::open(bytes);
  strip::changed();
  return done;
}

uint8_t press() {
  if (hands::in() && (state == State::weaving || state == State::held)) return Press::hands;
  if (state != State::weaving) return Press::state;
  if (!silence::hostAlive()) return Press::silent;
  if (move != Move::none) return Press::moving;
  if (!waiting::step) return Press::nothing;
  return Press::opened;
}

void openPressed() { openWaiting(); }

void estop(bool open) {
  messages::event(Event::estop, open);
  if (open) stop(Fault::estop);
}

void handsSwitch(bool closed) {
  if (!hands::poll(closed)) return;
  const bool in = hands::in() & hands::bySwitch;
  messages::event(Event::hands, in);
  if (in && state == State::weaving) enter(State::held);
  else freeze();
}

void newSession() {
  waiting::forget();
  byConsole = false;
  if (state == State::weaving) enter(State::held);
}

void frame() {
  heddles::frame();
  const outputs::Loss loss = outputs::lost();
  if (loss.fault) stop(loss.fault, loss.detail);
  const silence::Rule rule = silence::frame(byConsole);
  if (byConsole) {
    if (rule == silence::Rule::release && state == State::armed) releaseNow();
    return;
  }
  if (rule != silence::Rule::none && state == State::weaving) enter(State::held);
  if (rule == silence::Rule::release && state == State::held) releaseNow();
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
