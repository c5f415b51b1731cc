// What the core asks of the outputs, whichever they are: a pulse for each heddle, or none.
#pragma once
#include <stdint.h>
#include "wire.gen.h"

namespace outputs {

/** At boot: everything off. */
void begin();
/** Gets ready to pulse; takes a while, see `ready`. */
void prepare();
/** A width can be taken now. */
bool ready();
/**
 * @param output counted from 0 through all boards, below `count`
 * @param width pulse in µs, 0 = none
 * @param lifted what a solenoid or magnet takes for the width
 */
void put(uint16_t output, uint16_t width, bool lifted);
/** Outputs that this chip can have on what the setting `outputs` says. */
uint16_t count();
/** Everything put is on its way to the servos. */
bool sent();
/** Runs whatever waits; from the main loop. */
void pump();
/** Once a 20 ms frame. */
void frame();
/** What went wrong since `prepare`: a Fault and the I2C address it was at. */
struct Loss {
  uint8_t fault;  // Fault::none = all well
  uint8_t detail;
};
Loss lost();
/** At once: no more pulses. */
void off();

/** Asks an I2C address whether somebody is there. @return false while the bus is in use */
bool ask(uint8_t address);
enum class Answer : uint8_t { waiting, none, yes };
/** What became of `ask`. */
Answer answer();

}  // namespace outputs
