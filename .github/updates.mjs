// Writes what Tauri's updater asks for: `node updates.mjs FOLDER ADDRESS-OF-LATEST.JSON VERSION`.
// The packages stand beside that address; each has its signature in a file of its own.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [folder, latest, version] = process.argv.slice(2);
if (!folder || !latest || !version) {
	console.error('usage: node updates.mjs FOLDER ADDRESS-OF-LATEST.JSON VERSION');
	process.exit(2);
}

/** The updater's names of systems, by the ending of what is installed there. */
const SYSTEMS = {
	'-setup.exe': 'windows-x86_64',
	'.AppImage': 'linux-x86_64',
	'.deb': 'linux-x86_64-deb',
};

const platforms = {};
for (const name of readdirSync(folder).sort()) {
	const system = Object.entries(SYSTEMS).find(([ending]) => name.endsWith(ending))?.[1];
	if (!system) continue;
	const signature = readFileSync(join(folder, `${name}.sig`), 'utf8').trim();
	platforms[system] = { signature, url: new URL(encodeURIComponent(name), latest).href };
}
if (Object.keys(platforms).length === 0) {
	console.error(`No package in ${folder} can update anything.`);
	process.exit(1);
}
console.log(JSON.stringify({ version, pub_date: new Date().toISOString(), platforms }, null, 2));
