// Writes the service worker with the list of what it keeps, and a name that changes with any of it.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const SOURCE = path.join(import.meta.dirname, '../worker/worker.js');

/** What every page needs; pages themselves are kept too, so that a version works whole or not at all. */
const KEPT = /\.(js|css|svg|woff2|webmanifest|wav|mp3)$/;
/** Parts of a font for letters that none of our languages has are fetched when somebody needs them. */
const NOT_KEPT = /(cyrillic|greek|vietnamese)/;

export async function writeWorker(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && KEPT.test(entry.name) && !NOT_KEPT.test(entry.name))
    .map((entry) => `/${path.relative(folder, path.join(entry.parentPath, entry.name))}`)
    .sort();
  const total = createHash('sha256');
  const source = await readFile(SOURCE, 'utf8');
  total.update(source);
  for (const file of ['/index.html', ...files]) {
    total.update(file).update(await readFile(path.join(folder, file)));
  }
  const version = total.digest('hex').slice(0, 16);
  const written = source
    .replace("'__VERSION__'", JSON.stringify(version))
    .replace("['__FILES__']", JSON.stringify(files));
  await writeFile(path.join(folder, 'sw.js'), written);
}
