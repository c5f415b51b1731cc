// The tests in the console: selftest, exercise [K] [ROUNDS], sweep [N], i2c. Whatever is typed ends them.
#pragma once
#include <stdint.h>

namespace console_tests {

/** What `execute` and `pump` say besides a Refusal or 0. */
constexpr uint8_t notMine = 0xFF;  // not understood
constexpr uint8_t goesOn = 0xFE;   // the answer comes from `pump`
constexpr uint8_t failed = 17;     // something is wrong, and has been said

/** The Arduino IDE's flags need 1.7 KB more flash than the Makefile's, and a Nano's bootloader leaves 1.5 KB less than an Uno's. */
#if defined(ARDUINO_AVR_NANO)
constexpr bool fitted = false;
#define LOOM_LEFT_OUT "left out by the IDE on a Nano"
#else
constexpr bool fitted = true;
#define LOOM_LEFT_OUT
#endif

uint8_t selftest();
uint8_t bus();
/** The rest of their lines. */
uint8_t sweep(const char *rest);
uint8_t exercise(const char *rest);
bool running();
/** Heddles go down, and the test is over. */
void stop();
/** Goes on where there is room. @return the outcome when it has come to its end, else `goesOn` */
uint8_t pump();

}  // namespace console_tests
