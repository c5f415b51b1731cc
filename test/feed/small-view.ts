/** The smallest weave that a page can show. */
import type { WeaveView } from '../../protocol/feed';

export function smallView(): WeaveView {
  return {
    dataset: 'small',
    title: 'A small cloth',
    story: 'Four picks.',
    counted: 'nobody',
    source: 'made up',
    licence: 'none',
    caveats: [],
    cloth: {
      ends: 8,
      picks: 4,
      lifts: Buffer.from([0x55, 0xaa, 0x55, 0xaa]).toString('base64'),
      yarns: [
        { name: 'pale', colour: '#e8e2d3' },
        { name: 'red', colour: '#b03030' },
      ],
      warp: Buffer.from([0, 0, 0, 0, 0, 0, 0, 0]).toString('base64'),
      weft: Buffer.from([1, 1, 1, 1]).toString('base64'),
      parts: [{ kind: 'record', from: 0, to: 4, record: 0 }],
      records: [{ number: 1, label: 'One', words: 'One: of every 100 threads, 50 are up.' }],
      legend: [{ colour: '#b03030', title: 'red' }],
      notes: [],
      sett: 8,
      picksPerCm: 8,
    },
    pick: 1,
    step: 1,
    direction: 'forward',
    phase: 'waiting',
    words: '',
    secondsLeft: 32,
    board: null,
  };
}
