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
extern uint16_t waitingStep;  // 0 = no row waits
extern bool hands;            // hands in the shed

void begin(uint8_t resetCause);

Outcome arm(uint16_t weave, uint16_t openStep, uint16_t rowCrc);
Outcome armFromConsole();
Outcome park();
Outcome row(uint16_t step, const uint8_t *bytes);
/** @return as DROP's detail says */
uint16_t drop();
Outcome open(uint16_t step);
Outcome hold(bool hands);
Outcome resume();
Outcome clear();
/** Outputs off at once; the first reason stays. Does nothing where there is nothing to stop. */
void stop(uint8_t reason);
/** Heddles in `armed`, one at a time or as a shed of no step. */
Outcome test(uint16_t heddle, uint16_t width);
Outcome lift(const uint8_t *bytes);
/** What a press of the forward treadle does now, see Press. Moves nothing. */
uint8_t press();
/** Opens the waiting row after `press` said opened. */
void openPressed();
void estop(bool open);

/** A new session: nothing waits, nothing moves. */
void newSession();
/** A valid frame of the session came. */
void heard();
/** Somebody typed a line. */
void typed();
/** The outputs are, or are about to be, in use. */
bool live();

void frame();
void pump();

}  // namespace machine
