// A chip on simavr that is spoken to by lines on stdin and answers on stdout; its time passes only when it is told to run.
//
//   dialogue MCU HEX          then, one command a line:
//   send HEXBYTES             bytes on the line to the chip
//   run CYCLES                answers `edge PORT BIT LEVEL CYCLE` for each, `bytes HEXBYTES`, `at CYCLE`
//   watch PORT BIT            edges of this pin are told
//   pin PORT BIT LEVEL        drives a pin from outside
//   eeprom                    answers `eeprom HEXBYTES`
//   reset | power SEED        the reset line; the supply, the memory then made of the seed
#include <simavr/avr_eeprom.h>
#include <simavr/avr_ioport.h>
#include <simavr/sim_io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "chip.h"

static chip_t chip;
static uint8_t heard[1 << 16];
static size_t count;

static void hear(uint8_t byte) {
  if (count < sizeof heard) heard[count++] = byte;
}

static void edge(struct avr_irq_t *irq, uint32_t value, void *param) {
  if (value == irq->value) return;
  const char *name = param;
  printf("edge %c %c %u %llu\n", name[0], name[1], value, (unsigned long long)chip_now(&chip));
}

static void watch(char port, int bit) {
  char *name = malloc(2);
  name[0] = port;
  name[1] = '0' + bit;
  avr_irq_register_notify(avr_io_getirq(chip.avr, AVR_IOCTL_IOPORT_GETIRQ(port), bit), edge, name);
}

static void print_bytes(const char *word, const uint8_t *bytes, size_t length) {
  printf("%s ", word);
  for (size_t i = 0; i < length; i++) printf("%02x", bytes[i]);
  printf("\n");
}

static void send(const char *hex) {
  uint8_t bytes[4096];
  size_t length = 0;
  unsigned value;
  for (; sscanf(hex, "%2x", &value) == 1 && length < sizeof bytes; hex += 2) bytes[length++] = value;
  chip_send(&chip, bytes, length);
}

static void run(unsigned long long cycles) {
  count = 0;
  if (!chip_run_to(&chip, chip_now(&chip) + cycles)) printf("stopped\n");
  print_bytes("bytes", heard, count);
  printf("at %llu\n", (unsigned long long)chip_now(&chip));
  fflush(stdout);
}

static void eeprom(void) {
  avr_eeprom_desc_t all = {.ee = NULL, .offset = 0, .size = 0};
  avr_ioctl(chip.avr, AVR_IOCTL_EEPROM_GET, &all);
  print_bytes("eeprom", all.ee, chip.avr->e2end + 1);
  fflush(stdout);
}

static void obey(const char *line) {
  char port;
  int bit, level;
  unsigned long long number;
  if (!strncmp(line, "send ", 5)) send(line + 5);
  else if (sscanf(line, "run %llu", &number) == 1) run(number);
  else if (sscanf(line, "watch %c %d", &port, &bit) == 2) watch(port, bit);
  else if (sscanf(line, "pin %c %d %d", &port, &bit, &level) == 3) chip_pin(&chip, port, bit, level);
  else if (sscanf(line, "power %llu", &number) == 1) chip_power_cut(&chip, 0, number);
  else if (!strncmp(line, "reset", 5)) chip_reset(&chip, 0);
  else if (!strncmp(line, "eeprom", 6)) eeprom();
  else fprintf(stderr, "not a command: %s", line);
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: dialogue MCU HEX\n");
    return 2;
  }
  chip_make(&chip, argv[1]);
  chip_load(&chip, argv[2]);
  chip.on_byte = hear;
  chip_power_cut(&chip, 0, 1);
  static char line[1 << 14];
  while (fgets(line, sizeof line, stdin)) obey(line);
  return 0;
}
