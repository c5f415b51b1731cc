// What the LED strip shows: see strip.h. Sent once a frame at most, and only when it changed.
#include "strip.h"
#include <string.h>
#include "bank.h"
#include "heddles.h"
#include "machine.h"
#include "pixels.h"
#include "settings.h"

namespace strip {
namespace {

constexpr uint8_t noticeFrames = 15;

uint8_t colour[3] = {255, 255, 255};
uint8_t own[ownLeds * 3];
bool ownShown;
bool dirty = true;
bool due;  // no picture was sent in this frame
uint8_t noticeLeft;
uint8_t filled;  // see fill

/** Where the heddles are on the strip: by the rule, but for the exceptions. */
struct Places {
  uint16_t first, heddles;
  uint8_t count;
  uint16_t excepted[exceptionCount], leds[exceptionCount];

  Places() : first(settings::get(Setting::ledFirst)), heddles(settings::heddles()), count(0) {
    for (uint8_t slot = 0; settings::exceptional() && slot < exceptionCount; slot++) {
      const settings::Exception entry = settings::exception(slot);
      if (entry.heddle >= heddles || entry.led == bank::byRule) continue;
      excepted[count] = entry.heddle;
      leds[count++] = entry.led;
    }
  }

  static bool lifted(uint16_t heddle) { return heddles::lifted[heddle >> 3] >> (heddle & 7) & 1; }

  /** A lifted heddle is at this LED. */
  bool lit(uint16_t led) const {
    bool ruled = led >= first && led - first < heddles;
    for (uint8_t i = 0; i < count; i++) {
      if (leds[i] == led && lifted(excepted[i])) return true;
      if (excepted[i] == led - first) ruled = false;
    }
    return ruled && lifted(led - first);
  }
};

void weavePixel(uint16_t led, const Places &places) {
  if (filled) pixels::put(-(filled & 1), -(filled >> 1 & 1), -(filled >> 2 & 1));
  else if (noticeLeft && !(led & 1)) pixels::put(24, 12, 0);
  else if (places.lit(led)) pixels::put(colour[0], colour[1], colour[2]);
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

void fill(uint8_t colours) {
  filled = colours;
  dirty = true;
}

void changed() { dirty = true; }

void notice() {
  noticeLeft = noticeFrames;
  dirty = true;
}

void frame() {
  if (noticeLeft && --noticeLeft == 0) dirty = true;
  due = true;
}

void pump() {
  if (!dirty || !due) return;
  const uint16_t leds = settings::leds();
  if (leds == 0 || !pixels::ready(leds)) return;
  dirty = due = false;
  const Places places;
  pixels::begin();
  for (uint16_t led = 0; led < leds; led++) {
    const uint8_t *rgb = own + led * 3;
    if (ownShown && !noticeLeft && !filled) led < ownLeds ? pixels::put(rgb[0], rgb[1], rgb[2]) : pixels::put(0, 0, 0);
    else weavePixel(led, places);
  }
  pixels::end(leds);
}

}  // namespace strip
