// The EEPROM's control register: see eeprom.h. ATmega328P and ATmega2560 have it at the same addresses.
#include "eeprom.h"
#include <simavr/avr_eeprom.h>
#include <stdlib.h>

enum { EECR = 0x3f, EEDR = 0x40, EEARL = 0x41, EEARH = 0x42 };
enum { EERE = 1, EEPE = 2, EEMPE = 4, EERIE = 8 };
static const uint32_t write_us = 3400;

typedef struct {
  avr_t *avr;
  uint8_t *bytes;
  uint16_t last;
  avr_int_vector_t *ready;
  uint16_t address;
  uint8_t byte;
} eeprom_t;

// "The interrupt is a level: it comes again and again while EEPE is 0 and EERIE is 1."
static void look(eeprom_t *memory) {
  const uint8_t control = memory->avr->data[EECR];
  if (control & EERIE && !(control & EEPE)) avr_raise_interrupt(memory->avr, memory->ready);
  else avr_clear_interrupt(memory->avr, memory->ready);
}

static avr_cycle_count_t written(avr_t *avr, avr_cycle_count_t when, void *param) {
  (void)when;
  eeprom_t *memory = param;
  memory->bytes[memory->address] = memory->byte;
  avr->data[EECR] &= ~EEPE;
  look(memory);
  return 0;
}

static avr_cycle_count_t permit_ends(avr_t *avr, avr_cycle_count_t when, void *param) {
  (void)when;
  (void)param;
  avr->data[EECR] &= ~EEMPE;
  return 0;
}

static void control(avr_t *avr, avr_io_addr_t address, uint8_t value, void *param) {
  (void)address;
  eeprom_t *memory = param;
  const uint8_t before = avr->data[EECR];
  const uint16_t at = (avr->data[EEARL] | avr->data[EEARH] << 8) & memory->last;
  if (value & EERE) avr->data[EEDR] = before & EEPE ? 0xff : memory->bytes[at];
  uint8_t now = (value & ~(EERE | EEPE)) | (before & EEPE);
  if (value & EEMPE && !(before & EEMPE)) avr_cycle_timer_register(avr, 4, permit_ends, memory);
  if (value & EEPE && before & EEMPE && !(before & EEPE)) {
    memory->address = at;
    memory->byte = avr->data[EEDR];
    now = (now | EEPE) & ~EEMPE;
    avr_cycle_timer_register_usec(avr, write_us, written, memory);
  }
  avr->data[EECR] = now;
  look(memory);
}

void eeprom_mend(avr_t *avr) {
  eeprom_t *memory = calloc(1, sizeof *memory);
  avr_eeprom_desc_t all = {.ee = NULL, .offset = 0, .size = 0};
  avr_ioctl(avr, AVR_IOCTL_EEPROM_GET, &all);
  memory->avr = avr;
  memory->bytes = all.ee;
  memory->last = avr->e2end;
  for (int i = 0; i < avr->interrupts.vector_count; i++) {
    avr_int_vector_t *vector = avr->interrupts.vector[i];
    if (vector->enable.reg == EECR) memory->ready = vector;
  }
  avr->io[AVR_DATA_TO_IO(EECR)].w.c = control;
  avr->io[AVR_DATA_TO_IO(EECR)].w.param = memory;
}
