// The fake chip as the fuzzer sees it: time, contacts, faults of the bus, and what must never happen.
#pragma once
#include <stdint.h>

namespace bench {

/** Everything as after power-on. */
void power();
/** A byte arrives; 174 µs pass, as at 57,600 baud. */
void byte(uint8_t value);
void pass(uint16_t ms);
void contacts(uint8_t closed);
/** Bits of what fails from now on: 1 = the outputs, 2 = answers on I2C, 4 = the bus hangs. */
void faults(uint8_t bits);
/** Looks at everything that must hold, whatever arrived. */
void check();

}  // namespace bench

/** Ends the run with a sentence. */
#define MUST(condition, sentence) \
  do \
    if (!(condition)) bench_failed(sentence); \
  while (0)
[[noreturn]] void bench_failed(const char *sentence);
