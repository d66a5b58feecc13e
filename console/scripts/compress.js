// Lays a gzip and a Brotli copy beside each text file that was built, so that the server has nothing to compress.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const TEXT = /\.(js|css|html|svg|json|webmanifest|txt|map)$/;
const SMALLEST = 1024;

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

const folder = process.argv[2];
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
await Promise.all(entries.filter((entry) => entry.isFile() && TEXT.test(entry.name)).map(compress));

async function compress(entry) {
  const file = path.join(entry.parentPath, entry.name);
  const content = await readFile(file);
  if (content.length < SMALLEST) return;
  const [zipped, smaller] = await Promise.all([
    gzip(content, { level: 9 }),
    brotli(content, {
      params: {
        [zlib.constants.BROTLI_PARAM_QUALITY]: 9,
        [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  ]);
  await writeFile(`${file}.gz`, zipped);
  await writeFile(`${file}.br`, smaller);
}
