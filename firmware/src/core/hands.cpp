// Hands in the shed: see hands.h.
#include "hands.h"
#include "chip.h"
#include "wire.gen.h"

namespace hands {
namespace {

uint8_t who;
uint16_t closedAt;  // ms

}  // namespace

uint8_t in() { return who; }

void host(bool in) {
  if (in) who |= byHost;
  else who &= ~byHost;
}

bool poll(bool closed) {
  if (closed) {
    closedAt = chip::now();
    if (who & bySwitch) return false;
    who |= bySwitch;
    return true;
  }
  if (!(who & bySwitch)) return false;
  if ((uint16_t)(chip::now() - closedAt) < Time::debounceUp) {
    chip::wakeSoon();
    return false;
  }
  who &= ~bySwitch;
  return true;
}

}  // namespace hands
