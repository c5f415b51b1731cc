// A chip on simavr: see chip.h.
#include "chip.h"
#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_hex.h>
#include <simavr/sim_io.h>
#include <simavr/sim_time.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "eeprom.h"

static const uint32_t frequency = 16000000;

// simavr tells of every watchdog reset and of every byte that a busy chip leaves lying; only what is wrong is worth a line.
static void log_errors(avr_t *avr, const int level, const char *format, va_list arguments) {
  (void)avr;
  if (level == LOG_ERROR && strncmp(format, "UART", 4)) vfprintf(stderr, format, arguments);
}

// simavr would sleep on the wall's clock.
static void sleep_in_no_time(avr_t *avr, avr_cycle_count_t cycles) {
  (void)avr;
  (void)cycles;
}

static void hear(struct avr_irq_t *irq, uint32_t value, void *param) {
  (void)irq;
  chip_t *chip = param;
  if (chip->on_byte) chip->on_byte(value);
}

void chip_make(chip_t *chip, const char *mcu) {
  avr_global_logger_set(log_errors);
  memset(chip, 0, sizeof *chip);
  chip->baud = 57600;
  avr_t *avr = chip->avr = avr_make_mcu_by_name(mcu);
  if (!avr) {
    fprintf(stderr, "simavr knows no chip %s\n", mcu);
    exit(1);
  }
  avr_init(avr);
  avr->frequency = frequency;
  avr->sleep = sleep_in_no_time;
  avr->codeend = avr->flashend;
  memset(avr->flash, 0xff, avr->flashend + 1);
  eeprom_mend(avr);
  uint32_t flags = 0;  // neither lines printed nor naps on the wall's clock
  avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
  chip->received = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), hear, chip);
}

static void give_up(const char *path, int line, const char *why) {
  fprintf(stderr, "%s, line %d: %s\n", path, line, why);
  exit(1);
}

// simavr's own reader stops at the records in which Debian's bootloaders tell where they start.
uint32_t chip_load(chip_t *chip, const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) give_up(path, 0, "cannot be opened");
  uint32_t lowest = UINT32_MAX, base = 0;
  char line[600];
  for (int number = 1; fgets(line, sizeof line, file); number++) {
    uint8_t record[300];
    const int length = read_hex_string(line + 1, record, sizeof record);
    if (line[0] != ':' || length < 5 || length != record[0] + 5) give_up(path, number, "no Intel HEX record");
    const uint8_t type = record[3];
    const uint32_t word = record[4] << 8 | record[5], at = base + (record[1] << 8 | record[2]);
    if (type == 2) base = word << 4;
    if (type == 4) base = word << 16;
    if (type != 0) continue;
    if (at + record[0] > chip->avr->flashend + 1) give_up(path, number, "outside the flash");
    memcpy(chip->avr->flash + at, record + 4, record[0]);
    if (at < lowest) lowest = at;
  }
  fclose(file);
  return lowest;
}

// What parts put on the pins: bits that are driven, and their levels, by the letter of the port.
static uint8_t driven['L' + 1], levels['L' + 1];

// A reset of simavr forgets what is on its pins, and it does not look again before that changes.
static void look_at_pins(avr_t *avr) {
  enum { PINB = 0x23, PINC = 0x26, PIND = 0x29 };
  avr->data[PINB] = driven['B'] & levels['B'];
  avr->data[PINC] = driven['C'] & levels['C'];
  avr->data[PIND] = driven['D'] & levels['D'];
}

static void begin(chip_t *chip, uint32_t start, avr_regbit_t cause) {
  avr_t *avr = chip->avr;
  chip->queued = chip->taken = 0;
  chip->sending = false;
  avr->reset_pc = start;
  avr_reset(avr);
  avr_regbit_set(avr, cause);
  look_at_pins(avr);
}

void chip_reset(chip_t *chip, uint32_t start) { begin(chip, start, chip->avr->reset_flags.extrf); }

void chip_power_cut(chip_t *chip, uint32_t start, uint32_t seed) {
  begin(chip, start, chip->avr->reset_flags.porf);
  for (uint32_t at = chip->avr->ioend + 1; at <= chip->avr->ramend; at++) {
    seed = seed * 1664525 + 1013904223;
    chip->avr->data[at] = seed >> 24;
  }
}

uint64_t chip_now(const chip_t *chip) { return chip->avr->cycle; }

// A sleeping chip must wake no later than the time that is asked for.
static avr_cycle_count_t stop(avr_t *avr, avr_cycle_count_t when, void *param) {
  (void)avr;
  (void)when;
  (void)param;
  return 0;
}

bool chip_run_to(chip_t *chip, uint64_t cycle) {
  avr_t *avr = chip->avr;
  while (chip_now(chip) < cycle) {
    avr_cycle_timer_register(avr, cycle - chip_now(chip), stop, chip);
    const int state = avr_run(avr);
    if (state == cpu_Done || state == cpu_Crashed) return false;
  }
  avr_cycle_timer_cancel(avr, stop, chip);
  return true;
}

static avr_cycle_count_t next_byte(avr_t *avr, avr_cycle_count_t when, void *param) {
  (void)avr;
  chip_t *chip = param;
  if (chip->taken == chip->queued) {
    chip->sending = false;
    return 0;
  }
  avr_raise_irq(chip->received, chip->queue[chip->taken++]);
  return when + 10ull * frequency / chip->baud;
}

void chip_send(chip_t *chip, const uint8_t *bytes, size_t count) {
  memmove(chip->queue, chip->queue + chip->taken, chip->queued - chip->taken);
  chip->queued -= chip->taken;
  chip->taken = 0;
  chip->queue = realloc(chip->queue, chip->queued + count + 1);
  memcpy(chip->queue + chip->queued, bytes, count);
  chip->queued += count;
  if (chip->sending || !count) return;
  chip->sending = true;
  avr_cycle_timer_register(chip->avr, 10ull * frequency / chip->baud, next_byte, chip);
}

bool chip_hears(const chip_t *chip) {
  enum { UCSR0A = 0xc0, U2X = 2, UBRR0L = 0xc4, UBRR0H = 0xc5 };
  const uint8_t *data = chip->avr->data;
  const uint32_t divisor = (data[UBRR0L] | data[UBRR0H] << 8) + 1;
  const uint32_t rate = frequency / (data[UCSR0A] & U2X ? 8 : 16) / divisor;
  return rate > chip->baud * 0.95 && rate < chip->baud * 1.05;
}

void chip_pin(chip_t *chip, char port, uint8_t bit, bool high) {
  const uint8_t name = port;
  driven[name] |= 1 << bit;
  if (high) levels[name] |= 1 << bit;
  else levels[name] &= ~(1 << bit);
  // Told as an outside level too, or simavr would put its pull-up in its place at the next write to the port.
  avr_ioport_external_t outside = {.name = name, .mask = driven[name], .value = levels[name]};
  avr_ioctl(chip->avr, AVR_IOCTL_IOPORT_SET_EXTERNAL(port), &outside);
  avr_raise_irq(avr_io_getirq(chip->avr, AVR_IOCTL_IOPORT_GETIRQ(port), bit), high);
}
