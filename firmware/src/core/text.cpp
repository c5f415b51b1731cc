// Text for people: see text.h.
#include "text.h"

namespace text {

void flash(const char *text) {
  for (char c; (c = pgm_read_byte(text)); text++) put(c);
}

void number(uint16_t value) {
  char digits[5];
  uint8_t n = 0;
  do digits[n++] = '0' + value % 10;
  while (value /= 10);
  while (n) put(digits[--n]);
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

}  // namespace text
