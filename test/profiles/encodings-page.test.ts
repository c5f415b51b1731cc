/** docs/encodings.md is what the patterns decide today. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../host/paths';
import { encodingsPage } from '../../host/profiles/page';

it('is as npm run generate writes it', () => {
  expect(readFileSync(join(packageRoot, 'docs', 'encodings.md'), 'utf8')).toBe(encodingsPage());
});
