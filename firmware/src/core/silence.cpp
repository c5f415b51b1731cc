// How long nobody has been heard: see silence.h.
#include "silence.h"
#include "chip.h"
#include "messages.h"
#include "settings.h"

namespace silence {
namespace {

uint16_t silentFrames;
uint16_t heardAt;  // ms
uint16_t consoleFrames;
uint8_t consoleMinutes;

constexpr uint16_t inFrames(uint16_t ms) { return ms / Time::frame; }

}  // namespace

void heard() {
  silentFrames = 0;
  heardAt = chip::now();
}

void typed() {
  consoleFrames = 0;
  consoleMinutes = 0;
}

bool hostAlive() {
  return silentFrames <= inFrames(Time::pressAlive) && (uint16_t)(chip::now() - heardAt) <= Time::pressAlive;
}

Rule frame(bool byConsole) {
  if (silentFrames < 0xFFFF) silentFrames++;
  if (byConsole) {
    if (++consoleFrames < inFrames(60000)) return Rule::none;
    consoleFrames = 0;
    return ++consoleMinutes >= settings::get(Setting::consoleRelease) ? Rule::release : Rule::none;
  }
  if (!messages::inSession() || silentFrames < inFrames(Time::hold)) return Rule::none;
  return silentFrames >= inFrames(Time::release) ? Rule::release : Rule::hold;
}

}  // namespace silence
