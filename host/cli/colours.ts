/** Colours for people: only where standard output is a terminal, and never with NO_COLOR. */
import pc from 'picocolors';

export const colours = pc.createColors(Boolean(process.stdout.isTTY) && !process.env.NO_COLOR);
