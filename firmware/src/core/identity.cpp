// The board's id: see identity.h.
#include "identity.h"
#include "chip.h"
#include "crc.h"
#include "edits.h"

namespace identity {
namespace {

constexpr uint16_t address = 4;  // never address 0: a brown-out may spoil it

struct Id {
  uint32_t number;
  uint16_t crc;
};
Id id;
uint8_t unwritten;  // bytes

uint16_t sum() { return crcBytes((const uint8_t *)&id, sizeof id - 2, 0x1D1D); }

}  // namespace

void begin() {
  for (uint8_t i = 0; i < sizeof id; i++) ((uint8_t *)&id)[i] = chip::memoryRead(address + i);
  if (id.crc != sum()) id.number = 0;
  unwritten = 0;
}

uint32_t number() {
  if (id.number == 0) {  // the first session of a new board: nobody can foretell when it comes
    while (id.number == 0) id.number = ((uint32_t)chip::noise() << 16) | (uint16_t)(chip::noise() + chip::now());
    id.crc = sum();
    unwritten = sizeof id;
  }
  return id.number;
}

void pump() {
  if (!unwritten || edits::busy() || chip::memoryBusy()) return;
  unwritten--;
  chip::memoryWrite(address + unwritten, ((const uint8_t *)&id)[unwritten]);
}

}  // namespace identity
