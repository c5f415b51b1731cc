/** avr8js as it comes, with its own peripherals and no sleep skipping: what our emulator is compared with. */
import * as avr from 'avr8js';
import { flashFromHex } from '../../host/emulator/hex';

/** Emulated over wall time for half a second of an idle board. */
export function stockSpeed(hex: string): number {
  const cpu = new avr.CPU(flashFromHex(hex), 2048);
  for (const port of [avr.portBConfig, avr.portCConfig, avr.portDConfig]) new avr.AVRIOPort(cpu, port);
  for (const timer of [avr.timer0Config, avr.timer1Config, avr.timer2Config]) new avr.AVRTimer(cpu, timer);
  const hertz = 16e6;
  new avr.AVRUSART(cpu, avr.usart0Config, hertz);
  new avr.AVRSPI(cpu, avr.spiConfig, hertz);
  new avr.AVRTWI(cpu, avr.twiConfig, hertz);
  new avr.AVREEPROM(cpu, new avr.EEPROMMemoryBackend(1024));
  new avr.AVRWatchdog(cpu, avr.watchdogConfig, new avr.AVRClock(cpu, hertz));
  const seconds = 0.5;
  const wall = performance.now();
  while (cpu.cycles < seconds * hertz) {
    avr.avrInstruction(cpu);
    cpu.tick();
  }
  return (seconds * 1000) / (performance.now() - wall);
}
