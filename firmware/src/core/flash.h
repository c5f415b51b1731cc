// Tables that stay in flash on the microcontroller and are plain memory on a PC.
#pragma once
#include <stdint.h>
#ifdef __AVR__
#include <avr/pgmspace.h>
#else
#include <string.h>
#define PROGMEM
#define PSTR(text) text
#define pgm_read_byte(at) (*(const uint8_t *)(at))
#define pgm_read_word(at) (*(const uint16_t *)(at))
#define strlen_P strlen
#define strcmp_P strcmp
#define strncmp_P strncmp
#define memcpy_P memcpy
#endif
