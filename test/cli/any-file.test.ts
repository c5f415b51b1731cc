import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isJson } from '../../host/cloth/source';

const file = join(mkdtempSync(join(tmpdir(), 'loom-any-file-')), 'file');
const isCloth = (content: string) => {
  writeFileSync(file, Buffer.from(content, 'latin1'));
  return isJson(file);
};

describe('what is in a file decides how it is read', () => {
  it('JSON begins with a brace and a name in quotes, with or without blanks', () => {
    expect(['{"format":1}', '{\n "format": 1}', ' {}'].map(isCloth)).toEqual([true, true, true]);
  });

  it('a WPO draft begins with a brace as well, and is none', () => {
    expect(['{\x01\x02\x00', '{\x04$\x00"', '[WIF]\n', 'P1\n', ''].map(isCloth)).toEqual(Array(5).fill(false));
  });
});
