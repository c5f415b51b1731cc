// A chip on simavr: flash, serial line, pins and the clock, for the programs beside it.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <simavr/sim_avr.h>

typedef struct chip {
  avr_t *avr;
  uint32_t baud;        // of the host's end of the serial line
  avr_irq_t *received;  // raised for every byte that the chip is to receive
  uint8_t *queue;       // bytes on their way to the chip
  size_t queued, taken;
  bool sending;
  void (*on_byte)(uint8_t byte);
} chip_t;

// Makes the chip named so in simavr, such as "atmega328p", at 16 MHz; ends the program when there is none.
void chip_make(chip_t *chip, const char *mcu);
// Puts an Intel HEX file into the flash, over what is there; returns its lowest address.
uint32_t chip_load(chip_t *chip, const char *path);
// The reset line: memory is kept, MCUSR says "external". Execution begins at `start`.
void chip_reset(chip_t *chip, uint32_t start);
// As chip_reset, but the memory is lost: it holds what the seed makes of it, and MCUSR says "power".
void chip_power_cut(chip_t *chip, uint32_t start, uint32_t seed);
// Cycles since the chip was made, resets included.
uint64_t chip_now(const chip_t *chip);
// Runs until so many cycles have passed since it was made; false when the chip has stopped for good (it slept deaf).
bool chip_run_to(chip_t *chip, uint64_t cycle);
// Puts bytes on the line, back to back at `baud`, after those that are still to go.
void chip_send(chip_t *chip, const uint8_t *bytes, size_t count);
// Does the chip's serial line run at the host's rate, within 5 %?
bool chip_hears(const chip_t *chip);
// Drives a pin of port B, C or D from outside.
void chip_pin(chip_t *chip, char port, uint8_t bit, bool high);
