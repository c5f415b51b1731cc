// Where the weave is. Kept through resets, lost with the power, guarded by a CRC.
#pragma once
#include <stdint.h>
#include "crc.h"

/** What the watchdog leaves behind for the next start. */
enum class Mark : uint8_t { none = 0, hungIdle = 1, hungLive = 2 };

struct Place {
  uint16_t session;   // 0 = none since power came
  uint16_t nonce;     // of the host run that the session belongs to
  uint16_t weave;     // tag, 0 = none known
  uint16_t openStep;  // last step opened, 0 = none
  uint16_t rowCrc;    // of that step and its row
  Mark mark;
  uint8_t resets;     // since power came, to 255
  uint16_t crc;

  void seal() { crc = sum(); }
  bool sealed() const { return crc == sum(); }

 private:
  uint16_t sum() const { return crcBytes((const uint8_t *)this, sizeof(Place) - sizeof(crc), 0x10A3); }
};

extern Place place;
