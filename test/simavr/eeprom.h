// The EEPROM as the data sheet has it. simavr 1.6 reads EEPE as 0 while a byte is being written, and never raises EE_READY
// when it is enabled while nothing is: a firmware that waits by interrupt would wait for ever.
#pragma once
#include <simavr/sim_avr.h>

// Puts our registers in the place of simavr's; the bytes stay simavr's own (AVR_IOCTL_EEPROM_GET).
void eeprom_mend(avr_t *avr);
