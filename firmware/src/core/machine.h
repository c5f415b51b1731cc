// The states of the machine and everything that may change them; docs/wire.md lists them.
#pragma once
#include <stdint.h>
#include "wire.gen.h"

namespace machine {

/** Answer of an act: 0 = done, else a Refusal. */
typedef uint8_t Outcome;
constexpr Outcome done = 0;

extern uint8_t state;
extern uint8_t faultReason;
extern uint8_t faultDetail;  // I2C address, else 0
extern uint16_t stopBytes;   // stops by the byte 0xFF since boot

void begin(uint8_t resetCause);

Outcome arm(uint16_t weave, uint16_t openStep, uint16_t rowCrc);
Outcome armFromConsole();
Outcome park();
Outcome row(uint16_t step, const uint8_t *bytes);
Outcome open(uint16_t step);
Outcome hold(bool hands);
Outcome resume();
Outcome clear();
/** Pulses off the lowered heddles, as after a long silence; armed or held. */
Outcome release();
/** Outputs off at once; the first reason stays. Does nothing where there is nothing to stop. */
void stop(uint8_t reason, uint8_t detail = 0);
/** Heddles in `armed`, one at a time or as a shed of no step. */
Outcome test(uint16_t heddle, uint16_t width);
Outcome lift(const uint8_t *bytes);

/** Settings: what begins here is in effect, or written, when edits::busy() is false. */
Outcome set(uint8_t id, uint16_t index, uint16_t value);
Outcome save();
/** @param from 0 = as saved, 1 = as at first */
Outcome load(uint8_t from);

/** What a press of the forward treadle does now, see Press. Moves nothing. */
uint8_t press();
/** Opens the waiting row after `press` said opened. */
void openPressed();
void estop(bool open);
/** The hands-in switch as it is now. */
void handsSwitch(bool closed);

/** A new session: nothing waits, nothing moves. */
void newSession();
/** The outputs are, or are about to be, in use. */
bool live();

void frame();
void pump();

}  // namespace machine
