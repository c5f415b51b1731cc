// Moves the heddles: at most K start in a frame, only those that change are written, and after the last comes the settling.
#pragma once
#include <stdint.h>
#include "capacity.h"

namespace heddles {

typedef uint8_t Bits[maxRowBytes];  // bit 0 of byte 0 is heddle 1

/** What is lifted, or about to be. */
extern Bits lifted;

/** All heddles to rest, each written anew. Outputs are prepared first. */
void rest();
/** Opens a shed: `row` has settings::rowBytes() bytes. */
void open(const uint8_t *row);
/** One heddle to a width in µs; 0 = back to rest. */
void test(uint16_t heddle, uint16_t width);
/** Takes the pulses off the lowered heddles, K a frame. */
void release();
/** No pulses at all, at once. */
void off();
/** While frozen no heddle starts, and none goes on. */
void freeze(bool frozen);
/** The output of a heddle is about to change: it gets no more pulses where it is. */
void leave(uint16_t heddle);

/** Nothing moves: all written, and the settling time over. */
bool settled();
void frame();
void pump();

}  // namespace heddles
