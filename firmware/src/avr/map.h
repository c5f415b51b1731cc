// The pin maps of this chip, by the setting `outputs`.
#pragma once
#include "../core/wire.gen.h"

struct PinMap {
  uint8_t treadle, back, estop, hands;
  uint8_t oe, sda, scl;
  uint8_t shiftData, shiftClock, shiftLatch;
  uint8_t ledData, ledClock;
};
constexpr uint8_t pinMapSize = sizeof(PinMap);

#define LOOM_MAP(map)                                                                                                    \
  {                                                                                                                      \
    map::treadle, map::back, map::estop, map::hands, map::oe, map::sda, map::scl, map::shiftData, map::shiftClock,       \
        map::shiftLatch, map::ledData, map::ledClock                                                                     \
  }

#ifdef __AVR_ATmega2560__
namespace servoPins = mega12;
const PinMap pinMaps[] PROGMEM = {LOOM_MAP(mega440), LOOM_MAP(mega12), LOOM_MAP(mega595)};
#else
namespace servoPins = uno12;
const PinMap pinMaps[] PROGMEM = {LOOM_MAP(exhibition40), LOOM_MAP(uno12), LOOM_MAP(uno595)};
#endif
static_assert(Output::pca9685 == 0 && Output::pins == 1 && Output::shift == 2, "the maps stand in the order of Output");

#undef LOOM_MAP
