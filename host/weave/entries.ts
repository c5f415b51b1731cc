/** What a journal holds: one JSON object a line, each on disk before anyone else hears of it. */
import { z } from 'zod';

const number = z.number().int().min(0);
const step = z.number().int().min(1).max(0xffff);
const crc = number.max(0xffff);

export const journalEntry = z.discriminatedUnion('what', [
  /** the first line; `weave` is the tag that the board keeps with the place */
  z.object({
    what: z.literal('begin'),
    at: z.string(),
    weave: step,
    dataset: z.string(),
    title: z.string(),
    profile: z.string(),
    picks: number,
    clothSha256: z.string(),
  }),
  /** the row is about to go to the board: from here on the board may open it */
  z.object({ what: z.literal('told'), at: z.string(), step, pick: number, crc }),
  /** the shed is open and settled; `reopened` when the same step was open before, `by` how it is known */
  z.object({
    what: z.literal('open'),
    at: z.string(),
    step,
    pick: number,
    crc,
    by: z.enum(['board', 'asked', 'answer']),
    reopened: z.boolean().optional(),
    /** with `answer`: the thread of this pick was in already */
    threadIn: z.boolean().optional(),
  }),
  /** the thread of this pick is in (forward) or out (back): somebody went on */
  z.object({ what: z.literal('passed'), at: z.string(), step, pick: number, direction: z.enum(['forward', 'back']) }),
  /** the waiting row was taken back before it opened */
  z.object({ what: z.literal('dropped'), at: z.string(), step }),
  /** the hand turned round: the next press goes the other way */
  z.object({ what: z.literal('turned'), at: z.string(), direction: z.enum(['forward', 'back']) }),
  /** the hand held the weave, went on, stopped it, put hands in the shed */
  z.object({
    what: z.literal('hand'),
    at: z.string(),
    act: z.enum(['hold', 'resume', 'hands in', 'hands out', 'stop', 'go on']),
  }),
  /** all heddles that are masked from now on, by number: nothing drives them, a hand lifts them */
  z.object({ what: z.literal('masked'), at: z.string(), heddles: z.array(z.number().int().min(1)) }),
  z.object({ what: z.literal('parked'), at: z.string(), pick: number }),
  z.object({ what: z.literal('finished'), at: z.string(), picks: number }),
]);
export type JournalEntry = z.infer<typeof journalEntry>;

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;
/** An entry before it is written; the journal adds the time. */
export type NewEntry = WithoutTime<JournalEntry>;
export type Direction = 'forward' | 'back';
