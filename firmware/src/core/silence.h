// How long nobody has been heard: the host in a session, or whoever armed the heddles from the console.
#pragma once
#include <stdint.h>

namespace silence {

/** A valid frame of the session came. */
void heard();
/** Somebody typed a line. */
void typed();
/** A host frame came within pressAlive: a press may open. */
bool hostAlive();

enum class Rule : uint8_t { none, hold, release };
/** Once a 20 ms frame. @param byConsole the heddles were armed from the console @return what the silence asks for now */
Rule frame(bool byConsole);

}  // namespace silence
