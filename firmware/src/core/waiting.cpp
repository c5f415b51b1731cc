// The row that waits for its press: see waiting.h.
#include "waiting.h"
#include <string.h>
#include "crc.h"
#include "heddles.h"
#include "place.h"
#include "settings.h"

namespace waiting {

uint16_t step;

namespace {

heddles::Bits row;
bool toldIsOpen;  // the last row told is the open one

uint16_t crcOf(uint16_t step, const uint8_t *bytes) {
  const uint16_t crc = crcByte(crcByte(0xFFFF, step), step >> 8);
  return crcBytes(bytes, settings::rowBytes(), crc);
}

}  // namespace

uint8_t take(uint16_t told, const uint8_t *bytes) {
  if (step) return Refusal::waiting;
  const uint8_t length = settings::rowBytes(), spare = -settings::heddles() & 7;
  if (spare && bytes[length - 1] >> (8 - spare)) return Refusal::range;
  if (told == 0) return Refusal::step;
  if (told == place.openStep) {
    if (place.rowCrc && crcOf(told, bytes) != place.rowCrc) return Refusal::step;
  } else if (told != (uint16_t)(place.openStep + 1)) return Refusal::step;
  memcpy(row, bytes, length);
  step = told;
  toldIsOpen = false;
  return 0;
}

uint16_t drop() {
  const uint16_t answer = step ? 1 : toldIsOpen ? 2 : 0;
  step = 0;
  return answer;
}

void forget() {
  step = 0;
  toldIsOpen = false;
}

const uint8_t *open() {
  place.openStep = step;
  place.rowCrc = crcOf(step, row);
  place.seal();
  step = 0;
  toldIsOpen = true;
  return row;
}

}  // namespace waiting
