// Heddles on their way: see slew.h.
#include "slew.h"

namespace slew {
namespace {

struct Way {
  uint16_t heddle;
  uint16_t at;  // µs, 0 = free
};
Way ways[most];
uint16_t waiting;  // for their step, as bits
uint8_t taken;     // the one that `due` gave

}  // namespace

void clear() {
  for (Way &way : ways) way.at = 0;
  waiting = 0;
}

bool full() {
  for (const Way &way : ways)
    if (!way.at) return false;
  return true;
}

bool any() {
  for (const Way &way : ways)
    if (way.at) return true;
  return false;
}

void begin(uint16_t heddle, uint16_t from) {
  uint8_t place = most;
  for (uint8_t i = 0; i < most; i++) {
    if (ways[i].at && ways[i].heddle == heddle) return;
    if (!ways[i].at) place = i;
  }
  if (place == most) return;
  ways[place] = {heddle, from};
  waiting |= 1 << place;
}

void frame() {
  for (uint8_t i = 0; i < most; i++)
    if (ways[i].at) waiting |= 1 << i;
}

bool due(uint16_t &heddle) {
  if (!waiting) return false;
  taken = 0;
  while (!(waiting >> taken & 1)) taken++;
  heddle = ways[taken].heddle;
  return true;
}

uint16_t step(uint16_t target, uint16_t most) {
  Way &way = ways[taken];
  waiting &= ~(1 << taken);
  const uint16_t from = way.at;
  if (!target || !most || (target > from ? target - from : from - target) <= most) {
    way.at = 0;
    return target;
  }
  return way.at = target > from ? from + most : from - most;
}

}  // namespace slew
