// The watchdog and the memory that tells, after a start, why it was.
#pragma once

namespace watchdog {

/** Says why the board started, mends the kept memory, and begins to watch. */
void begin();
void feed();

}  // namespace watchdog
