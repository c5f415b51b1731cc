// What the LED strip shows: the lifted heddles in the weft's colour, colours that the host sent, or a word to the treadler.
#pragma once
#include <stdint.h>
#include "capacity.h"

namespace strip {

void weft(uint8_t red, uint8_t green, uint8_t blue);
/** Own colours from LED `first` on, 3 bytes each; none = back to the weave's. */
void show(uint16_t first, const uint8_t *rgb, uint8_t count);
/** All of it in red (1), green (2), blue (4) or several of them; 0 = what it is meant to show. */
void fill(uint8_t colours);
/** The picture may have changed. */
void changed();
/** A press opened nothing: shows it for a moment. */
void notice();
void frame();
/** Sends the picture, when there is a new one and the strip can be written to. */
void pump();

}  // namespace strip
