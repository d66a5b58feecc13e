// What is done to a build when Vite has made it: icons, the service worker, and compressed copies of all.
import { writeCompressed } from './compress.js';
import { writeIcons } from './icons.js';
import { writeWorker } from './worker.js';

const folder = process.argv[2];
await writeIcons(folder);
await writeWorker(folder);
await writeCompressed(folder);
