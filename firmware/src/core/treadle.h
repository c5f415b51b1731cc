// The treadles and the e-stop contact: when a closing counts as a press.
#pragma once
#include <stdint.h>

namespace treadle {

/** A treadle that is down now counts only after it has been let go. */
void arm();
/** Looks at the contacts; from the main loop. */
void poll();
bool forwardDown();
bool estopOpen();

}  // namespace treadle
