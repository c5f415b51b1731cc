// What the LED strip shows: see strip.h. Sent once a frame at most, and only when it changed.
#include "strip.h"
#include <string.h>
#include "heddles.h"
#include "machine.h"
#include "pixels.h"
#include "settings.h"

namespace strip {
namespace {

constexpr uint8_t noticeFrames = 15;

uint8_t colour[3] = {255, 255, 255};
uint8_t own[maxLeds * 3];
bool ownShown;
bool dirty = true;
uint8_t noticeLeft;

void weavePixel(uint8_t led, uint8_t heddle) {
  const bool up = heddles::lifted[heddle >> 3] >> (heddle & 7) & 1;
  if (up) pixels::put(colour[0], colour[1], colour[2]);
  else if (noticeLeft && led & 1) pixels::put(24, 12, 0);
  else if (machine::state == State::fault && !(led & 3)) pixels::put(32, 0, 0);
  else pixels::put(0, 0, 0);
}

}  // namespace

void weft(uint8_t red, uint8_t green, uint8_t blue) {
  colour[0] = red;
  colour[1] = green;
  colour[2] = blue;
  dirty = true;
}

void show(uint16_t first, const uint8_t *rgb, uint8_t count) {
  if (!ownShown) memset(own, 0, sizeof own);
  ownShown = count > 0;
  memcpy(own + first * 3, rgb, count * 3);
  dirty = true;
}

void changed() { dirty = true; }

void notice() {
  noticeLeft = noticeFrames;
  dirty = true;
}

void frame() {
  if (noticeLeft && --noticeLeft == 0) dirty = true;
  const uint8_t leds = settings::get(Setting::leds);
  if (!dirty || leds == 0) return;
  dirty = false;
  pixels::begin();
  const uint8_t heddles = settings::heddles();
  uint8_t heddle = 0, part = 0;  // led * heddles / leds, without a division
  for (uint8_t led = 0; led < leds; led++) {
    const uint8_t *rgb = own + led * 3;
    if (ownShown && !noticeLeft) pixels::put(rgb[0], rgb[1], rgb[2]);
    else weavePixel(led, heddle);
    uint16_t sum = part + heddles;
    for (; sum >= leds; sum -= leds) heddle++;
    part = sum;
  }
  pixels::end(leds);
}

}  // namespace strip
