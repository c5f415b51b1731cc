/** The microcontrollers that can be emulated, by name. */
import { atmega328p } from './atmega328p';
import { atmega2560 } from './atmega2560';
import type { Chip, ChipName } from './chip';

export type { Chip, ChipName };

export const chips: Readonly<Record<ChipName, Chip>> = { atmega328p, atmega2560 };
