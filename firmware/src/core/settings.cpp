// The settings in effect, and the board's id beside them in EEPROM.
#include "settings.h"
#include "chip.h"
#include "crc.h"

namespace settings {
namespace {

constexpr uint16_t idAddress = 4;  // never address 0: a brown-out may spoil it
constexpr uint16_t imageAddress = 16;
constexpr uint8_t layout = 1;

struct Image {
  uint8_t layout;
  uint8_t count;
  uint16_t values[settingCount];
  uint16_t crc;
};
struct Id {
  uint32_t number;
  uint16_t crc;
};
Image image;
Id id;
bool changed;

void read(uint16_t address, uint8_t *into, uint8_t length) {
  while (length--) *into++ = chip::memoryRead(address++);
}
uint16_t sum() { return crcBytes((const uint8_t *)&image, sizeof image - 2, 0xFFFF); }
uint16_t idSum() { return crcBytes((const uint8_t *)&id, sizeof id - 2, 0x1D1D); }
uint16_t limit(uint8_t index, uint8_t word) {
  return pgm_read_word((const uint16_t *)((const char *)&settingSpecs[index] + sizeof settingSpecs[0].name) + word);
}

bool whole() {
  if (image.layout != layout || image.count != settingCount || image.crc != sum()) return false;
  for (uint8_t i = 0; i < settingCount; i++)
    if (image.values[i] < limit(i, 0) || image.values[i] > limit(i, 1)) return false;
  return true;
}

}  // namespace

void begin() {
  read(imageAddress, (uint8_t *)&image, sizeof image);
  changed = false;
  if (!whole()) {
    image.layout = layout;
    image.count = settingCount;
    for (uint8_t i = 0; i < settingCount; i++) image.values[i] = limit(i, 2);
  }
  read(idAddress, (uint8_t *)&id, sizeof id);
  if (id.crc != idSum()) id.number = 0;
}

uint16_t get(uint8_t setting) { return image.values[setting - 1]; }

bool set(uint8_t setting, uint16_t value) {
  if (setting < 1 || setting > settingCount) return false;
  const uint8_t index = setting - 1;
  if (value < limit(index, 0) || value > limit(index, 1)) return false;
  if (setting == Setting::servoDown || setting == Setting::servoUp) value &= ~3;
  if (image.values[index] != value) changed = true;
  image.values[index] = value;
  return true;
}

uint16_t version() { return crcBytes((const uint8_t *)image.values, sizeof image.values, 0xFFFF); }
bool unsaved() { return changed; }

void save() {
  image.crc = sum();
  chip::memoryWrite(imageAddress, (const uint8_t *)&image, sizeof image);
  changed = false;
}

uint16_t heddles() {
  const uint16_t heddles = get(Setting::heddles);
  return get(Setting::outputs) == Output::pins && heddles > uno12::servoCount ? uno12::servoCount : heddles;
}

uint32_t boardId() {
  if (id.number == 0) {  // the first session of a new board: nobody can foretell when it comes
    while (id.number == 0) id.number = ((uint32_t)chip::noise() << 16) | (uint16_t)(chip::noise() + chip::now());
    id.crc = idSum();
    if (!chip::memoryBusy()) chip::memoryWrite(idAddress, (const uint8_t *)&id, sizeof id);
  }
  return id.number;
}

}  // namespace settings
