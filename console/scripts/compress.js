// Lays a gzip and a Brotli copy beside each text file, so that the server has nothing to compress.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const TEXT = /\.(js|css|html|svg|json|webmanifest)$/;
const SMALLEST = 1024;
/** Browsers compare it byte by byte, and it is short. */
const WORKER = 'sw.js';

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

export async function writeCompressed(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name) && entry.name !== WORKER);
  await Promise.all(files.map((entry) => compress(path.join(entry.parentPath, entry.name))));
}

async function compress(file) {
  const content = await readFile(file);
  if (content.length < SMALLEST) return;
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const params = { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_SIZE_HINT]: content.length };
  const [zipped, smaller] = await Promise.all([gzip(content, { level: 9 }), brotli(content, { params })]);
  await writeFile(`${file}.gz`, zipped);
  await writeFile(`${file}.br`, smaller);
}
