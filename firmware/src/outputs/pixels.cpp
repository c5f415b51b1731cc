// Which LED strip there is, and on which pins: on the SPI's, or beside them where the SPI is the 74HC595s'.
#include "../core/pixels.h"
#include "../avr/board.h"
#include "../core/settings.h"
#include "apa102.h"
#include "ws2812.h"

namespace pixels {
namespace {

enum class Strip : uint8_t { apa102, apa102Banged, ws2812 };

Strip strip;

bool beside() { return board::outputs == Output::shift; }

}  // namespace

bool ready(uint16_t leds) { return !settings::get(Setting::ledType) || ws2812::ready(leds); }

void begin() {
  const uint8_t level = settings::get(Setting::ledLevel);
  if (settings::get(Setting::ledType)) {
    strip = Strip::ws2812;
    ws2812::begin(level, beside());
  } else {
    strip = beside() ? Strip::apa102Banged : Strip::apa102;
    apa102::begin(level, beside());
  }
}

void put(uint8_t red, uint8_t green, uint8_t blue) {
  if (strip == Strip::ws2812) ws2812::put(red, green, blue);
  else apa102::put(red, green, blue, strip == Strip::apa102Banged);
}

void end(uint16_t leds) {
  if (strip == Strip::ws2812) ws2812::end();
  else apa102::end(leds, strip == Strip::apa102Banged);
}

}  // namespace pixels
