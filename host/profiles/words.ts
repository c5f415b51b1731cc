/** A loom in words: what lifts its ends, its edges, its warp and yarns, for people who choose or correct a profile. */
import { areaWords, type Ground, groundOf } from '../../patterns/encodings/ground';
import { type LoomProfile, type Threading, weavableCm } from '../../patterns/profile';

/** "40 heddles", "16 shafts". */
export function actuatorWords({ board, lifting }: LoomProfile): string {
  return `${board.heddles} ${lifting?.by === 'shafts' ? 'shafts' : 'heddles'}`;
}

/** "an Uno, PCA9685 boards". */
export function boardWords({ board: { firmware, outputs } }: LoomProfile): string {
  const moved = { pins: 'servos on pins', pca9685: 'servos on PCA9685 boards', shift: 'solenoids on 74HC595 chips' };
  return `${firmware === 'uno' ? 'Uno' : 'Mega'}, ${moved[outputs]}`;
}

function threadingWords(threading: Threading): string {
  switch (threading.kind) {
    case 'straight':
      return `straight on shafts ${threading.shafts.join(' ')}`;
    case 'point':
      return `to a point on shafts ${threading.shafts.join(' ')}`;
    case 'repeat':
      return `repeats ${threading.order.join(' ')}`;
    case 'blocks':
      return threading.blocks.map(({ shafts, ends }) => `${ends} ends on ${shafts.join(' ')}`).join(', ');
    case 'custom':
      return 'end by end';
  }
}

function edgeWords({ selvedge, selvedgeWeave = 'half-basket', lifting }: LoomProfile): string {
  const ends = `${selvedge} ${selvedge === 1 ? 'end' : 'ends'} each side, ${selvedgeWeave}`;
  if (lifting?.by !== 'shafts' || lifting.threading.kind === 'custom') return ends;
  const { leftSelvedge = [], rightSelvedge = [] } = lifting;
  const shafts = leftSelvedge.length > 0 ? `, on shafts ${leftSelvedge.join(' ')} and ${rightSelvedge.join(' ')}` : '';
  return `${ends}${shafts}`;
}

function groundWords(ground: Ground): string {
  const kind = ground.n === 4 ? 'four-end twill' : `${ground.n}-end satin`;
  return `${kind}; ${ground.across ? `${areaWords(ground)} across` : 'every end turns by itself'}`;
}

/** Names and sentences, one a line of the profile's page in the terminal. */
export function profileLines(profile: LoomProfile): [name: string, words: string][] {
  const { ends, sett, picksPerCm, floatLimit, lifting, shed = 'rising', endOne = 'left', windOnEvery } = profile;
  const ground = groundOf(profile);
  const each = lifting?.by === 'heddles' ? (lifting.endsPerHeddle ?? 1) : 1;
  const lifted =
    lifting?.by === 'shafts'
      ? `${actuatorWords(profile)}, threaded ${threadingWords(lifting.threading)}`
      : `${actuatorWords(profile)}, ${each === 1 ? 'one end each' : `${each} ends each`}`;
  const wind = windOnEvery === undefined ? '' : `; wound on every ${windOnEvery} picks`;
  return [
    ['ends', `${ends}, ${sett} a cm: ${(ends / sett).toFixed(1)} cm wide; end 1 at the ${endOne}`],
    ['picks', `${picksPerCm} a cm; floats of ${floatLimit} threads at most`],
    ['lifts', `${lifted}; ${shed} shed`],
    ['selvedges', edgeWords(profile)],
    ['ground', 'ok' in ground ? `none: ${ground.reason} ${ground.tryInstead}` : groundWords(ground)],
    ['warps', profile.warps.map(({ name }) => name).join(', ')],
    ['warp length', `${profile.warpMetres} m, of which ${weavableCm(profile) / 100} m can be woven${wind}`],
    [
      'wefts',
      profile.wefts.map(({ name, metres }) => `${name}${metres === undefined ? '' : ` ${metres} m`}`).join(', '),
    ],
    ['shuttles', `${profile.shuttles} at most`],
    ['board', `${boardWords(profile)}; ${profile.board.leds} LEDs`],
  ];
}
