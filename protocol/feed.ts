/**
 * The WebSocket feed at `/feed`: what the host tells its pages, and what they may say.
 *
 * On connect the page says `resume` (with what it last saw, or nothing). The host answers with the events it missed, or
 * with one snapshot when it cannot (other epoch, too long ago, too slow). Every message carries the epoch (boot id of the
 * host's run) and a sequence number that grows by one an event. Numbers of picks, steps and records count from 1.
 */
import { z } from 'zod';

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const colour = z.string().regex(/^#[0-9a-f]{6}$/i);

/** The cloth as a page needs it: everything to draw it and to say it in words. */
export const clothMessage = z.object({
  ends: z.number().int(),
  picks: z.number().int(),
  /** rows of BitRows.bytes, pick 1 first, 1 = warp up */
  lifts: base64,
  yarns: z.array(z.object({ name: z.string(), colour })),
  /** one byte an end / a pick: index into yarns */
  warp: base64,
  weft: base64,
  /** from and to as pick indexes, `to` excluded */
  parts: z.array(
    z.object({
      kind: z.enum(['frame', 'legend', 'ruler', 'record', 'divider']),
      from: z.number().int(),
      to: z.number().int(),
      record: z.number().int().optional(),
    }),
  ),
  records: z.array(z.object({ number: z.number().int(), label: z.string(), words: z.string() })),
  legend: z.array(z.object({ colour, title: z.string() })),
  notes: z.array(z.string()),
  sett: z.number(),
  picksPerCm: z.number(),
});
export type ClothMessage = z.infer<typeof clothMessage>;

/**
 * What a person in the room sees of the loom.
 * `waiting`: a shed is open, a pick may be thrown. `asking`: the host waits for a person's answer in its terminal.
 */
export const phase = z.enum([
  'starting',
  'ready',
  'moving',
  'waiting',
  'held',
  'hands',
  'released',
  'stopped',
  'silent',
  'lost',
  'asking',
  'finished',
  'parked',
]);
export type Phase = z.infer<typeof phase>;

const count = z.number().int().min(0);
/** How the wire to the board does; counted since the host began this run. */
export const linkReport = z.object({
  sent: count,
  resent: count,
  bytesSent: count,
  received: count,
  /** mean, ms */
  roundTripMs: z.number(),
  crcErrors: count,
  frameErrors: count,
  overruns: count,
  eventGaps: count,
  falseStops: count,
  i2cErrors: count,
  resets: z.object({ power: count, line: count, watchdog: count }),
  unplugged: count,
  /** all is well, or what is wrong and what to do: it tells a cable from a processor from a supply */
  words: z.string(),
  well: z.boolean(),
});
export type LinkReport = z.infer<typeof linkReport>;

export const weaveView = z.object({
  dataset: z.string(),
  title: z.string(),
  story: z.string(),
  counted: z.string(),
  source: z.string(),
  licence: z.string(),
  caveats: z.array(z.string()),
  cloth: clothMessage,
  /** number of the pick whose shed is open or opening, 0 = none yet */
  pick: z.number().int(),
  /** picks whose weft lies in the cloth; absent: all before `pick` */
  woven: z.number().int().optional(),
  step: z.number().int(),
  direction: z.enum(['forward', 'back']),
  phase,
  /** a sentence about the phase: why it stopped, what to do */
  words: z.string(),
  secondsLeft: z.number().nullable(),
  board: z.object({ kind: z.string(), mcu: z.string(), firmware: z.string(), heddles: z.number().int() }).nullable(),
  /** numbers of dead heddles, whose ends a hand lifts; absent: none */
  masked: z.array(z.number().int()).optional(),
  /** absent until the first report */
  link: linkReport.optional(),
});
export type WeaveView = z.infer<typeof weaveView>;

/** What happens, as pages hear it. The same stream feeds journal, terminal and feed. */
export const feedEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opening'), pick: z.number().int(), step: z.number().int() }),
  z.object({ type: z.literal('opened'), pick: z.number().int(), step: z.number().int(), secondsLeft: z.number() }),
  z.object({ type: z.literal('passed'), pick: z.number().int(), step: z.number().int() }),
  z.object({ type: z.literal('turned'), direction: z.enum(['forward', 'back']) }),
  z.object({ type: z.literal('press'), outcome: z.string() }),
  z.object({ type: z.literal('phase'), phase, words: z.string() }),
  z.object({ type: z.literal('board'), board: weaveView.shape.board }),
  z.object({ type: z.literal('link'), link: linkReport }),
  z.object({ type: z.literal('masked'), heddles: z.array(z.number().int()) }),
  z.object({ type: z.literal('finished'), picks: z.number().int(), seconds: z.number() }),
]);
export type FeedEvent = z.infer<typeof feedEvent>;

/** Host to page. */
export const hostMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), epoch: z.string(), seq: z.number().int(), weave: weaveView.nullable() }),
  z.object({ type: z.literal('event'), epoch: z.string(), seq: z.number().int(), event: feedEvent }),
  /** every 2 s, so that a page knows that it is not stale */
  z.object({ type: z.literal('beat'), epoch: z.string(), seq: z.number().int() }),
  z.object({ type: z.literal('error'), message: z.string() }),
]);
export type HostMessage = z.infer<typeof hostMessage>;

/** Page to host. */
export const pageMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('resume'),
    epoch: z.string().max(64).optional(),
    seq: z.number().int().min(0).optional(),
  }),
  /** the last event that the page has taken in: keeps the number of unacknowledged events bounded */
  z.strictObject({ type: z.literal('seen'), seq: z.number().int().min(0) }),
]);
export type PageMessage = z.infer<typeof pageMessage>;
