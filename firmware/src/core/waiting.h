// The row that waits for its press: one at most, and only the step that comes next or the open one once more.
#pragma once
#include <stdint.h>
#include "wire.gen.h"

namespace waiting {

extern uint16_t step;  // 0 = no row waits

/** @return 0 when the row waits now, else a Refusal */
uint8_t take(uint16_t step, const uint8_t *row);
/** @return as DROP's detail says */
uint16_t drop();
/** Nothing waits and nothing was told: after arming, stopping, a new session. */
void forget();
/** The waiting row becomes the open one, in the sealed place too. @return its bytes */
const uint8_t *open();

}  // namespace waiting
