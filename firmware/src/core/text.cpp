// Text for people: see text.h.
#include "text.h"
#include <string.h>

namespace text {

void flash(const char *text) {
  for (char c; (c = pgm_read_byte(text)); text++) put(c);
}

const char *of(const char *list, uint8_t place) {
  while (place--) list += strlen_P(list) + 1;
  return list;
}

void number(uint16_t value) {
  char digits[5];
  uint8_t n = 0;
  do digits[n++] = '0' + value % 10;
  while (value /= 10);
  while (n) put(digits[--n]);
}

void hex(uint8_t value) {
  for (uint8_t i = 0; i < 2; i++, value <<= 4) put((value >> 4) + (value >> 4 > 9 ? 'A' - 10 : '0'));
}

void field(const char *label, uint16_t value) {
  flash(label);
  number(value);
}

bool read(const char *&at, uint16_t &value) {
  const char *const from = at;
  value = 0;
  for (uint8_t digit; (digit = *at - '0') <= 9; at++) {
    if (value > 6553 || (value == 6553 && digit > 5)) return false;
    value = value * 10 + digit;
  }
  return at != from;
}

bool readHex(const char *&at, uint8_t &value) {
  value = 0;
  for (uint8_t i = 0; i < 2; i++, at++) {
    const uint8_t digit = *at - '0', letter = (*at | 0x20) - 'a';
    if (digit > 9 && letter > 5) return false;
    value = value << 4 | (digit <= 9 ? digit : letter + 10);
  }
  return true;
}

}  // namespace text
